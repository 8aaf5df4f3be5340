// Which of Loki's programs run in each mode, and where they find one another.
import { type Component, type LogsConfig, sizing } from "./sizes";
import { release } from "./versions";

export type Mode = LogsConfig["mode"];

/** Loki's own programs: the gateway is none. */
export type Workload = Exclude<Component, "gateway">;

const components: Readonly<Record<Mode, readonly Workload[]>> = {
  monolithic: ["monolithic"],
  "simple-scalable": ["write", "read", "backend"],
  distributed: [
    "distributor",
    "ingester",
    "querier",
    "queryFrontend",
    "queryScheduler",
    "indexGateway",
    "compactor",
    "ruler",
    "patternIngester",
  ],
};

export const everyWorkload: readonly Workload[] = Object.values(components).flat();

/** Those that run with this configuration. */
export function runningComponents(config: LogsConfig): readonly Workload[] {
  const off = new Set<Workload>([
    ...(config.ruler.enabled ? [] : ["ruler" as const]),
    ...(config.patterns ? [] : ["patternIngester" as const]),
  ]);
  return components[config.mode].filter((component) => !off.has(component));
}

const writers: Readonly<Record<Mode, Component>> = { monolithic: "monolithic", "simple-scalable": "write", distributed: "ingester" };

/** The component that holds lines before they reach the store. */
export const writer = (mode: Mode): Component => writers[mode];

const readers: Readonly<Record<Mode, Component>> = { monolithic: "monolithic", "simple-scalable": "read", distributed: "querier" };

/** The component that reads chunks for queries. */
export const reader = (mode: Mode): Component => readers[mode];

/** Three copies of every line as soon as there are three ingesters; with two, losing one would stop writes, so two count as one. */
export const replicationFactor = (config: LogsConfig): 1 | 3 => (sizing(config, writer(config.mode)).replicas >= 3 ? 3 : 1);

/** As the chart calls it, in labels and in the names of services: `query-frontend`. */
export const componentName = (component: Component): string =>
  component === "monolithic" ? "single-binary" : component.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The monolithic service alone bears the release's own name. */
const service = (component: Component): string => (component === "monolithic" ? release : `${release}-${componentName(component)}`);

export interface Addresses {
  readonly push: string;
  readonly query: string;
  readonly gateway: string;
  readonly memberlist: string;
  readonly compactor: string;
  /** Only where these run as programs of their own. */
  readonly indexGateway?: string;
  readonly queryScheduler?: string;
  readonly querier?: string;
}

export function addresses(mode: Mode, namespace: string): Addresses {
  const host = (name: string): string => `${name}.${namespace}.svc.cluster.local`;
  const http = (component: Component): string => `http://${host(service(component))}:3100`;
  const headless = (component: Component): string => `${host(`${service(component)}-headless`)}:9095`;
  const common = { gateway: `http://${host(service("gateway"))}:80`, memberlist: `${host(`${release}-memberlist`)}:7946` };
  const grpc = (component: Component): string => `${host(service(component))}:9095`;
  switch (mode) {
    case "monolithic":
      return { ...common, push: http("monolithic"), query: http("monolithic"), compactor: grpc("monolithic") };
    case "simple-scalable":
      return {
        ...common,
        push: http("write"),
        query: http("read"),
        compactor: grpc("backend"),
        indexGateway: `dns+${headless("backend")}`,
      };
    case "distributed":
      return {
        ...common,
        push: http("distributor"),
        query: http("queryFrontend"),
        compactor: grpc("compactor"),
        indexGateway: `dns+${headless("indexGateway")}`,
        queryScheduler: headless("queryScheduler"),
        querier: http("querier"),
      };
  }
}
