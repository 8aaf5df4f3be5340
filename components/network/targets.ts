// Whether what Loki and Tempo send by itself arrives: each address must lead to the pods or networks that the policies open.
import type { Problem } from "../config/problems";
import type { GranaryConfig } from "../config/schema";
import { metricsTarget } from "./policy";

interface Sending {
  readonly path: string;
  readonly url: string;
  /** Whose pods or addresses are open, and the key that says so. */
  readonly target: ReturnType<typeof metricsTarget>;
  readonly key: string;
}

export function targetProblems({ namespace, network, logs, traces }: GranaryConfig): Problem[] {
  const metrics = { target: metricsTarget(network), key: "granary:network.metricsTarget" };
  const rules = logs.ruler;
  const generator = traces.enabled ? traces.metricsGenerator : undefined;
  const sendings = [
    {
      path: "granary:logs.ruler.alertmanagerUrl",
      url: rules.alertmanagerUrl,
      target: network.alertmanager,
      key: "granary:network.alertmanager",
    },
    { path: "granary:logs.ruler.remoteWriteUrl", url: rules.remoteWriteUrl, ...metrics },
    { path: "granary:traces.metricsGenerator.remoteWriteUrl", url: generator?.remoteWriteUrl, ...metrics },
  ].filter((sending): sending is Sending => sending.url !== undefined);
  const unused = network.metricsTarget && !sendings.some(({ key }) => key === metrics.key);
  return [
    ...sendings.flatMap((sending) => dropped(sending, namespace)),
    ...(unused
      ? [
          {
            path: metrics.key,
            message:
              "opens a way for metrics that nothing sends; set granary:logs.ruler.remoteWriteUrl or granary:traces.metricsGenerator.remoteWriteUrl, or leave this out",
          },
        ]
      : []),
  ];
}

function dropped({ path, url, target, key }: Sending, home: string): Problem[] {
  const { hostname, port, protocol } = new URL(url);
  const wanted = Number(port || (protocol === "https:" ? 443 : 80));
  const namespace = namespaceOf(hostname, home, "namespace" in target ? target.namespace : undefined);
  const problem = (opened: string, right: string): Problem[] => [
    { path, message: `leads to ${hostname}, which network policies would not let through: ${key} opens ${opened}; ${right}` },
  ];
  if (namespace !== undefined) {
    if ("namespace" in target && target.namespace === namespace) return [];
    const opened = "namespace" in target ? `the namespace ${target.namespace}` : "addresses";
    return problem(opened, `set there namespace: ${namespace}, with the podLabels and port of the pods behind it`);
  }
  if ("namespace" in target) return problem(`the namespace ${target.namespace}`, `set there cidrs, with port: ${wanted}`);
  return target.port === wanted ? [] : problem(`port ${target.port}`, `set there port: ${wanted}`);
}

/** The namespace of a Service's name; undefined for what is outside the cluster. A name of two parts can be either: the target tells. */
function namespaceOf(host: string, home: string, target: string | undefined): string | undefined {
  if (host.startsWith("[")) return undefined;
  const parts = host.split(".");
  const service = parts.indexOf("svc");
  if (service >= 2) return parts[service - 1];
  if (parts.length === 1) return home;
  return parts.length === 2 && parts[1] === target ? target : undefined;
}
