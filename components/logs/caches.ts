// Caches are memcached programs of their own where there is room for them, and a small part of Loki's own memory where not.
import { type LogsConfig, memoryMebibytes } from "./sizes";
import { reader } from "./topology";
import { release } from "./versions";

export type Cache = keyof LogsConfig["caches"];

/** On with the size `production`, off with `homelab`, unless the configuration says which. */
export const cacheEnabled = (config: LogsConfig, cache: Cache): boolean => config.caches[cache].enabled ?? config.size === "production";

export const memcachedAddresses = (cache: Cache, namespace: string): string =>
  `dnssrvnoa+_memcached-client._tcp.${release}-${cache}-cache.${namespace}.svc.cluster.local`;

/** A sixteenth of the reader's memory: 64 MB of 1Gi. */
export const embeddedCacheMegabytes = (config: LogsConfig): number =>
  Math.max(16, Math.floor(memoryMebibytes(config, reader(config.mode)) / 16));
