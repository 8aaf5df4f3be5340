// What the schema alone can't see: parts of the collection's configuration that don't fit each other or the tenants.
import type { Problem } from "../config/problems";
import { problemsBelow } from "../config/problems-below";
import type { GranaryConfig } from "../config/schema";
import { kubernetesQuantity } from "../config/units";
import { releaseProblems } from "../helm/problems";
import { limitsOf, settingsOf } from "../logs/derived";
import { re2Problem } from "./re2";

type Collection = GranaryConfig["collection"];
/** Where below `granary:collection`, and what. */
type Found = readonly [path: string, message: string];

export function collectionProblems({ collection, tenants, namespace, logs }: GranaryConfig): Problem[] {
  if (!collection.enabled) return [];
  const known = tenants.map(({ name }) => name);
  const found = [
    ...purposeProblems(collection),
    ...namespaceProblems(collection, namespace),
    ...expressionProblems(collection.podLogs),
    ...labelProblems("externalLabels", Object.keys(collection.externalLabels)),
    ...labelProblems("podLogs.podLabels", Object.keys(collection.podLogs.podLabels)),
    ...tenantProblems(collection, known),
    ...pushProblems(collection.push),
    ...batchProblems(collection.push, logs, tenants),
    ...queueProblems(collection.traces),
  ];
  return [
    ...found.map(([path, message]) => ({ path: path ? `granary:collection.${path}` : "granary:collection", message })),
    ...releaseProblems(collection.release, problemsBelow("granary:collection")),
  ];
}

function purposeProblems({ podLogs, journal, events, traces }: Collection): Found[] {
  if ([podLogs, journal, events, traces].some(({ enabled }) => enabled)) return [];
  return [["enabled", "found true, but podLogs, journal, events and traces are all off; enable one of them, or set this to false"]];
}

function namespaceProblems({ namespace }: Collection, own: string): Found[] {
  if (namespace !== own) return [];
  return [["namespace", `found ${own}, which is Loki's own; Alloy reads paths of its nodes and needs a namespace that permits that`]];
}

function expressionProblems({ dropNamespaces, onlyNamespaces, multiline, dropLines }: Collection["podLogs"]): Found[] {
  const texts: Found[] = [
    ...dropNamespaces.map((text, i): Found => [`podLogs.dropNamespaces[${i}]`, text]),
    ...onlyNamespaces.map((text, i): Found => [`podLogs.onlyNamespaces[${i}]`, text]),
    ...multiline.map(({ firstLine }, i): Found => [`podLogs.multiline[${i}].firstLine`, firstLine]),
    ...dropLines.map(({ matching }, i): Found => [`podLogs.dropLines[${i}].matching`, matching]),
  ];
  const unreadable = texts.flatMap(([path, text]): Found[] => {
    const problem = re2Problem(text);
    return problem ? [[path, `found ${JSON.stringify(text)}; allowed is a regular expression that RE2 reads, and ${problem}`]] : [];
  });
  const both = onlyNamespaces.filter((name) => dropNamespaces.includes(name));
  return [
    ...unreadable,
    ...both.map((name): Found => ["podLogs.onlyNamespaces", `${name} is also in dropNamespaces; name it in one of them`]),
  ];
}

const ownLabels = new Set(["namespace", "pod", "container", "app", "stream", "filename"]);

function labelProblems(path: string, names: readonly string[]): Found[] {
  return names.flatMap((name): Found[] => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name.startsWith("__")) {
      return [
        [`${path}.${name}`, "is no label's name; allowed are letters, digits and underscores, without a digit or two underscores in front"],
      ];
    }
    return ownLabels.has(name)
      ? [[`${path}.${name}`, `is a label that Granary sets itself; choose a name other than ${[...ownLabels].join(", ")}`]]
      : [];
  });
}

function tenantProblems({ tenants, podLogs }: Collection, known: readonly string[]): Found[] {
  const owner = new Map<string, string>();
  const ask = known.length > 0 ? `allowed is one of ${known.join(", ")}` : "list it in granary:tenants first";
  return Object.entries(tenants).flatMap(([tenant, namespaces]) => [
    ...(known.includes(tenant) ? [] : [[`tenants.${tenant}`, `is not a tenant of this stack; ${ask}`] as const]),
    ...namespaces.flatMap((namespace, i): Found[] => {
      const path = `tenants.${tenant}[${i}]`;
      const other = owner.get(namespace);
      owner.set(namespace, tenant);
      if (other !== undefined) return [[path, `${namespace} belongs to ${other} already; a namespace's lines go to one tenant`]];
      return podLogs.dropNamespaces.includes(namespace)
        ? [[path, `${namespace} is in podLogs.dropNamespaces, so its lines never arrive`]]
        : [];
    }),
  ]);
}

function pushProblems({ minBackoff, maxBackoff }: Collection["push"]): Found[] {
  if (minBackoff.seconds <= maxBackoff.seconds) return [];
  return [["push.minBackoff", "is longer than push.maxBackoff; allowed is that or less"]];
}

/** What is larger than a burst is over the limit however long it waits, and whatever comes behind it waits too. */
function batchProblems({ batchSize }: Collection["push"], logs: GranaryConfig["logs"], tenants: GranaryConfig["tenants"]): Found[] {
  const senders = tenants.length > 0 ? tenants : [{ name: undefined, logs: {} }];
  return senders.flatMap(({ name, logs: own }): Found[] => {
    const { ingestionBurst } = limitsOf(settingsOf(logs, own));
    if (batchSize.bytes <= ingestionBurst.bytes) return [];
    const whose = name === undefined ? "Loki" : `tenant ${name}`;
    const most = kubernetesQuantity(ingestionBurst);
    return [["push.batchSize", `found ${kubernetesQuantity(batchSize)}; allowed is ${most} or less, for ${whose} takes no more at once`]];
  });
}

/** Of two requests at the least, each of which a program may make 4 MiB large. */
const smallestQueue = 8 * 2 ** 20;

function queueProblems({ enabled, queueSize }: Collection["traces"]): Found[] {
  if (!enabled || queueSize.bytes >= smallestQueue) return [];
  return [
    ["traces.queueSize", `found ${kubernetesQuantity(queueSize)}; allowed is 8Mi or more, because one request of a program may hold 4Mi`],
  ];
}
