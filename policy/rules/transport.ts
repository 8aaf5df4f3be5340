// Nothing that leaves the cluster, and no object, travels in plain text.

import { mayBePlain, plainHosts } from "../readers/hosts";
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
export const isStorePath = (path: string): boolean => /(^|\.)(storage|storage_config|ruler_storage|object_store|s3|aws)(\.|$)/.test(path);

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

export const isTrue = (value: unknown): boolean => value === true || value === "true";
export const skipsVerification = (key: string): boolean => /^(tls_?)?insecure_?skip_?verify$|^tlsSkipVerify$/i.test(key);

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
    plainHosts: plainHosts([], "Hosts that secrets may be fetched from without TLS, such as *.vault.svc; none by default."),
  },
  demands: "Secrets are fetched over TLS.",
  reason: "Over plain http the very keys that protect the buckets travel readable, with the token that fetches them.",
  fix: "Use https for the store's address, with its CA where that is not a public one; or list the host in plainHosts.",
  *check(resource, { local, settings }) {
    if (local || !secretStores.has(resource.type)) return;
    const provider = at(resource.props, "spec.provider");
    for (const { path, value } of leaves(isFields(provider) ? provider : ({} as Fields), "spec.provider")) {
      if (typeof value === "string" && /^http:/i.test(value) && !mayBePlain(value, settings.plainHosts)) yield `${path} is ${value}`;
    }
  },
};
