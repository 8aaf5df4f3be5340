// Lines and spans travel in plain text only where the stack itself says who may come in.
import { type Block, walkBlocks } from "../readers/alloy";
import { mayBePlain, plainHosts, serviceNamespace } from "../readers/hosts";
import { alloyOf, carriesPrograms, type ProgramConfig, programsOf } from "../readers/programs";
import { leaves, objects } from "../readers/values";
import type { Graph } from "../resource";
import { localStacks, type StackRule } from "../rule";
import { deniedDirections } from "./network";
import { isStorePath, isTrue, skipsVerification } from "./transport";

export const telemetryTls: StackRule = {
  id: "telemetry-tls",
  group: "encryption",
  severity: "high",
  level: "mandatory",
  scope: "stack",
  settings: {
    ...localStacks,
    plainHosts: plainHosts(
      ["localhost", "127.0.0.1"],
      "Hosts that may be spoken to without TLS, such as prometheus.monitoring.svc or *.monitoring.svc, beside Services in namespaces that the stack itself closes.",
    ),
  },
  demands:
    "Alloy, Loki, Tempo and Grafana speak TLS, but to Services in namespaces that this stack closes by a default deny, and never skip the check of a certificate.",
  reason: "Log lines hold what nobody meant to send; where nobody says who may come in, anyone may read or change them on the way.",
  fix: "Use https, and give the other side's CA instead of skipping verification; or list the host in plainHosts where others guard its namespace.",
  subjects: (graph, { local }) => (local ? [] : graph.resources.filter(({ type }) => carriesPrograms(type))),
  *check(resource, graph, { settings }) {
    const allowed = (address: string) => mayBePlain(address, settings.plainHosts) || isClosed(graph, serviceNamespace(address));
    for (const config of programsOf(resource)) yield* plainSettings(config, allowed);
    for (const { path, blocks } of alloyOf(resource)) {
      for (const { path: block, block: found } of walkBlocks(blocks)) {
        for (const fault of plainBlock(found.attributes, enclosingEndpoint(blocks, found), allowed)) yield `${path}: ${block}: ${fault}`;
      }
    }
  },
};

const isClosed = (graph: Graph, namespace: string | undefined): boolean =>
  namespace !== undefined && deniedDirections(graph, namespace).has("Ingress");

type Allowed = (address: string) => boolean;

function* plainSettings({ path: from, value }: ProgramConfig, allowed: Allowed): Generator<string> {
  for (const { path, fields: holder } of objects(value, from)) {
    for (const [key, setting] of Object.entries(holder)) {
      if (!isStorePath(path) && skipsVerification(key) && isTrue(setting)) yield `${path}.${key} is true`;
    }
  }
  for (const { path, value: setting } of leaves(value, from)) {
    if (typeof setting !== "string" || isStorePath(path)) continue;
    for (const [url] of setting.matchAll(plainUrl)) if (!allowed(url)) yield `${path} is ${url}`;
  }
}

const plainUrl = /\bhttp:\/\/[^\s"'`,]+/gi;

/** `tls { insecure = true }` stands beside the endpoint that it is about. */
function enclosingEndpoint(blocks: readonly Block[], wanted: Block): string | undefined {
  for (const { block } of walkBlocks(blocks))
    if (block.blocks.includes(wanted)) return block.attributes.get("endpoint") ?? block.attributes.get("url");
  return undefined;
}

function* plainBlock(attributes: ReadonlyMap<string, string>, endpoint: string | undefined, allowed: Allowed): Generator<string> {
  for (const [key, written] of attributes) {
    if (skipsVerification(key) && written === "true") yield `${key} is true`;
    if (key === "insecure" && written === "true" && !allowed(endpoint ?? ""))
      yield `insecure is true for ${endpoint ?? "an endpoint that is not beside it"}`;
    for (const [url] of written.matchAll(plainUrl)) if (!allowed(url)) yield `${key} is ${url}`;
  }
}
