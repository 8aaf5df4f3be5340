// How much each of Loki's programs gets, by size. `components` in the configuration overrides any cell.
import type { GranaryConfig } from "../config/schema";
import { kubernetesQuantity, parseSize } from "../config/units";

export type LogsConfig = GranaryConfig["logs"];
export type Component = keyof LogsConfig["components"];

interface Preset {
  readonly replicas: number;
  readonly cpu: string;
  readonly memory: string;
  /** For the write-ahead log, the index being built or the compactor's working files. */
  readonly disk?: string;
  /** What it may take at the most; memory is bounded by `memory` unless this says otherwise. */
  readonly limits?: { readonly cpu?: string; readonly memory: string };
}

const modest = (cpu: string, memory: string, limit: string, disk?: string): Preset => ({
  replicas: 1,
  cpu,
  memory,
  limits: { cpu: "1", memory: limit },
  ...(disk ? { disk } : {}),
});

const full = (replicas: number, cpu: string, memory: string, disk?: string): Preset => ({
  replicas,
  cpu,
  memory,
  ...(disk ? { disk } : {}),
});

const presets: Readonly<Record<LogsConfig["size"], Readonly<Record<Component, Preset>>>> = {
  homelab: {
    monolithic: modest("100m", "256Mi", "1Gi", "10Gi"),
    write: { ...modest("100m", "256Mi", "1Gi", "10Gi"), replicas: 3 },
    read: modest("100m", "128Mi", "1Gi"),
    backend: modest("100m", "128Mi", "512Mi", "5Gi"),
    distributor: modest("50m", "64Mi", "256Mi"),
    ingester: { ...modest("100m", "256Mi", "1Gi", "10Gi"), replicas: 3 },
    querier: modest("100m", "128Mi", "1Gi"),
    queryFrontend: modest("50m", "64Mi", "256Mi"),
    queryScheduler: modest("25m", "64Mi", "128Mi"),
    indexGateway: modest("50m", "64Mi", "256Mi", "5Gi"),
    compactor: modest("50m", "128Mi", "512Mi", "5Gi"),
    ruler: modest("50m", "64Mi", "256Mi", "5Gi"),
    patternIngester: modest("50m", "64Mi", "256Mi"),
    gateway: modest("10m", "32Mi", "128Mi"),
  },
  production: {
    monolithic: full(3, "1", "4Gi", "20Gi"),
    write: full(3, "1", "2Gi", "10Gi"),
    read: full(3, "1", "2Gi"),
    backend: full(1, "500m", "1Gi", "10Gi"),
    distributor: full(3, "500m", "512Mi"),
    ingester: full(3, "1", "4Gi", "20Gi"),
    querier: full(3, "1", "2Gi"),
    queryFrontend: full(2, "250m", "512Mi"),
    queryScheduler: full(2, "100m", "256Mi"),
    indexGateway: full(2, "250m", "1Gi", "10Gi"),
    compactor: full(1, "500m", "2Gi", "20Gi"),
    ruler: full(2, "250m", "512Mi", "10Gi"),
    patternIngester: full(2, "250m", "1Gi"),
    gateway: full(2, "500m", "512Mi"),
  },
};

/**
 * Those that keep nothing between two starts: they ask the ingesters for what is new, the index gateway for the index and the store for the
 * rest, and cache in memory or memcached.
 */
const keepNothing: ReadonlySet<Component> = new Set(["read", "distributor", "querier", "queryFrontend", "queryScheduler", "gateway"]);

export const hasVolume = (component: Component): boolean => !keepNothing.has(component);

export interface Sizing {
  readonly replicas: number;
  readonly resources: { readonly requests: Readonly<Record<string, string>>; readonly limits: Readonly<Record<string, string>> };
  readonly disk?: string;
}

export function sizing(config: LogsConfig, component: Component): Sizing {
  const preset = presets[config.size][component];
  const own = config.components[component] ?? {};
  const limits: Record<string, string> = { ...(preset.limits ?? { memory: preset.memory }) };
  const requests: Record<string, string> = { cpu: preset.cpu, memory: preset.memory };
  const { resources } = own;
  if (resources?.requests?.cpu) requests.cpu = resources.requests.cpu;
  if (resources?.requests?.memory) requests.memory = kubernetesQuantity(resources.requests.memory);
  if (resources?.limits?.cpu) limits.cpu = resources.limits.cpu;
  if (resources?.limits?.memory) limits.memory = kubernetesQuantity(resources.limits.memory);
  const disk = own.disk ? kubernetesQuantity(own.disk) : preset.disk;
  return { replicas: own.replicas ?? preset.replicas, resources: { requests, limits }, ...(disk ? { disk } : {}) };
}

/** The memory that a component may take, which its caches and buffers are cut to. */
export function memoryMebibytes(config: LogsConfig, component: Component): number {
  const { limits, requests } = sizing(config, component).resources;
  return (parseSize(limits.memory ?? requests.memory ?? "1Gi")?.bytes ?? 2 ** 30) / 2 ** 20;
}
