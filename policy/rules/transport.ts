// Nothing that leaves the cluster, and no object, travels in plain text.
import { type Block, walkBlocks } from "../readers/alloy";
import { alloyOf, carriesPrograms, type ProgramConfig, programsOf, tempoStackType } from "../readers/programs";
import { at, type Fields, isFields, leaves, objects, text } from "../readers/values";
import { localStacks, type ResourceRule } from "../rule";

export const configurationReadable: ResourceRule = {
  id: "configuration-readable",
  group: "encryption",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  demands: "The configuration of Loki, Tempo, Alloy and data sources can be read, with each key given once.",
  reason: "What this pack can't read it can't judge, and of two equal keys a program may take the other one.",
  fix: "Correct the text at the place that the message names.",
  *check(resource) {
    if (!carriesPrograms(resource.type)) return;
    for (const { path, problem } of [...programsOf(resource), ...alloyOf(resource)]) if (problem) yield `${path}: ${problem}`;
  },
};

/** Where Loki's and Tempo's configuration speaks of the object store. */
const isStorePath = (path: string): boolean => /(^|\.)(storage|storage_config|ruler_storage|object_store|s3|aws)(\.|$)/.test(path);

export const objectStoreTls: ResourceRule = {
  id: "object-store-tls",
  group: "encryption",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  settings: localStacks,
  demands: "Loki and Tempo speak TLS to the object store and check its certificate.",
  reason: "Keys are signed, not hidden, and the objects themselves travel readable: every log line and every trace.",
  fix: "Use an https endpoint, insecure: false and the store's CA instead of insecure_skip_verify.",
  names: { fsbp: ["S3.5"], cis: ["2.1.1"] },
  *check(resource, { local }) {
    if (local || !carriesPrograms(resource.type)) return;
    for (const config of programsOf(resource)) {
      if (config.program !== "datasource" && resource.type !== tempoStackType) yield* plainStore(config);
    }
  },
};

function* plainStore({ path: from, value }: ProgramConfig): Generator<string> {
  for (const { path, fields: holder } of objects(value, from)) {
    if (!isStorePath(path)) continue;
    for (const [key, setting] of Object.entries(holder)) {
      const place = `${path}.${key}`;
      if (key === "insecure" && isTrue(setting) && ("endpoint" in holder || "bucket" in holder || "bucket_name" in holder))
        yield `${place} is true`;
      if (skipsVerification(key) && isTrue(setting)) yield `${place} is true`;
      if (typeof setting === "string" && /^http:/i.test(setting)) yield `${place} is ${setting}`;
    }
  }
}

const isTrue = (value: unknown): boolean => value === true || value === "true";
const skipsVerification = (key: string): boolean => /^(tls_?)?insecure_?skip_?verify$|^tlsSkipVerify$/i.test(key);

/** 1Password Connect, Loki and Tempo serve plain http inside a cluster, where network policies say who may speak to whom. */
const inCluster = ["*.svc", "*.svc.cluster.local", "localhost", "127.0.0.1"];

export const telemetryTls: ResourceRule = {
  id: "telemetry-tls",
  group: "encryption",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  settings: {
    ...localStacks,
    plainHosts: {
      type: "array",
      items: { type: "string" },
      default: inCluster,
      description:
        "Hosts that may be spoken to without TLS. By default services of the same cluster, behind network policies; [] allows none.",
    },
  },
  demands: "Alloy, Loki, Tempo and Grafana speak TLS to everything outside the cluster and never skip the check of a certificate.",
  reason: "Log lines hold what nobody meant to send; on the way out of the cluster anyone may read or change them.",
  fix: "Use https, and give the other side's CA instead of skipping verification.",
  *check(resource, { local, settings }) {
    if (local || !carriesPrograms(resource.type)) return;
    const mayBePlain = hostMatcher(settings.plainHosts);
    for (const config of programsOf(resource)) yield* plainSettings(config, mayBePlain);
    for (const { path, blocks } of alloyOf(resource)) {
      for (const { path: block, block: found } of walkBlocks(blocks)) {
        for (const fault of plainBlock(found.attributes, enclosingEndpoint(blocks, found), mayBePlain)) yield `${path}: ${block}: ${fault}`;
      }
    }
  },
};

type MayBePlain = (url: string) => boolean;

function* plainSettings({ path: from, value }: ProgramConfig, mayBePlain: MayBePlain): Generator<string> {
  for (const { path, fields: holder } of objects(value, from)) {
    for (const [key, setting] of Object.entries(holder)) {
      if (!isStorePath(path) && skipsVerification(key) && isTrue(setting)) yield `${path}.${key} is true`;
    }
  }
  for (const { path, value: setting } of leaves(value, from)) {
    if (typeof setting !== "string" || isStorePath(path)) continue;
    for (const [url] of setting.matchAll(/\bhttp:\/\/[^\s"'`,]+/gi)) if (!mayBePlain(url)) yield `${path} is ${url}`;
  }
}

/** `tls { insecure = true }` stands beside the endpoint that it is about. */
function enclosingEndpoint(blocks: readonly Block[], wanted: Block): string | undefined {
  for (const { block } of walkBlocks(blocks))
    if (block.blocks.includes(wanted)) return block.attributes.get("endpoint") ?? block.attributes.get("url");
  return undefined;
}

function* plainBlock(attributes: ReadonlyMap<string, string>, endpoint: string | undefined, mayBePlain: MayBePlain): Generator<string> {
  for (const [key, written] of attributes) {
    if (skipsVerification(key) && written === "true") yield `${key} is true`;
    if (key === "insecure" && written === "true" && !mayBePlain(endpoint ?? ""))
      yield `insecure is true for ${endpoint ?? "an endpoint that is not beside it"}`;
    for (const [url] of written.matchAll(/\bhttp:\/\/[^\s"'`,]+/gi)) if (!mayBePlain(url)) yield `${key} is ${url}`;
  }
}

function hostMatcher(patterns: unknown): MayBePlain {
  const allowed = (Array.isArray(patterns) ? patterns : []).filter((pattern): pattern is string => typeof pattern === "string");
  return (url) => {
    const host =
      url
        .replace(/^[a-z]+:\/\//i, "")
        .replace(/^[^@/]*@/, "")
        .split(/[:/?]/, 1)[0]
        ?.toLowerCase() ?? "";
    return allowed.some((pattern) => (pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern));
  };
}

export const tempoStackTls: ResourceRule = {
  id: "tempostack-tls",
  group: "encryption",
  severity: "high",
  level: "mandatory",
  scope: "resource",
  type: tempoStackType,
  settings: localStacks,
  demands: "A TempoStack with static credentials says storage.tls.enabled: true.",
  reason: "The operator sets insecure to the opposite of that flag, whatever scheme the endpoint in the Secret has.",
  fix: "Set spec.storage.tls.enabled to true, and caName where the store's CA is not a public one.",
  *check(stack, { local }) {
    if (local) return;
    const mode = text(at(stack.props, "spec.storage.secret.credentialMode")) ?? "static";
    if (mode === "static" && at(stack.props, "spec.storage.tls.enabled") !== true) yield "spec.storage.tls.enabled is not true";
  },
};

const secretStores = new Set(["kubernetes:external-secrets.io/v1:SecretStore", "kubernetes:external-secrets.io/v1:ClusterSecretStore"]);

export const secretStoreTls: ResourceRule = {
  id: "secret-store-tls",
  group: "encryption",
  severity: "critical",
  level: "mandatory",
  scope: "resource",
  settings: {
    ...localStacks,
    plainHosts: {
      type: "array",
      items: { type: "string" },
      default: inCluster,
      description: "Hosts that secrets may be fetched from without TLS. By default services of the same cluster; [] allows none.",
    },
  },
  demands: "Secrets are fetched over TLS.",
  reason: "Over plain http the very keys that protect the buckets travel readable, with the token that fetches them.",
  fix: "Use https for the store's address, with its CA where that is not a public one.",
  *check(resource, { local, settings }) {
    if (local || !secretStores.has(resource.type)) return;
    const mayBePlain = hostMatcher(settings.plainHosts);
    const provider = at(resource.props, "spec.provider");
    for (const { path, value } of leaves(isFields(provider) ? provider : ({} as Fields), "spec.provider")) {
      if (typeof value === "string" && /^http:/i.test(value) && !mayBePlain(value)) yield `${path} is ${value}`;
    }
  },
};
