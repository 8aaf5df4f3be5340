// Keys live in Secrets. Everything else that a stack writes is read by many: values, ConfigMaps, commands, environments, annotations, outputs.
import { credential, isSecretName } from "../readers/credentials";
import { containersOf, isChart, podOf } from "../readers/kubernetes";
import { configMapType } from "../readers/programs";
import { at, fields, isUnknown, leaves, list, NotYetKnown, objects, text } from "../readers/values";
import type { Resource } from "../resource";
import type { ResourceRule, StackRule } from "../rule";

const common = {
  group: "secrets",
  severity: "critical",
  level: "mandatory",
  fix: "Put the key into a Secret (made by Granary, given as a Pulumi secret, or by External Secrets) and name that Secret.",
} as const;

/** Faults of every text under a value. */
function* scan(root: unknown, from: string): Generator<string> {
  for (const { path, key, value } of leaves(root, from)) {
    const fault = credential(key, value);
    if (fault) yield `${path} ${fault}`;
  }
}

export const notInChartValues: ResourceRule = {
  ...common,
  id: "secret-not-in-chart-values",
  scope: "resource",
  demands: "Chart values hold no keys.",
  reason: "Helm keeps values in a release Secret that every chart reader sees, and previews print them.",
  names: { checkov: ["CKV_SECRET_2"] },
  *check(resource) {
    if (!isChart(resource)) return;
    yield* scan(resource.props.values, "values");
    yield* scan(resource.props.set, "set");
  },
};

/** An ExternalSecret only names keys that are elsewhere. */
const isCustomResource = (type: string): boolean =>
  /^kubernetes:[^/]*\b(grafana\.(org|com)|integreatly\.org|coreos\.com|rook\.io|objectbucket\.io)\//.test(type);

export const notInConfigMaps: ResourceRule = {
  ...common,
  id: "secret-not-in-config-maps",
  scope: "resource",
  demands: "ConfigMaps and custom resources hold no keys.",
  reason: "Whoever may look at a namespace may read them, and backups and dashboards copy them.",
  *check({ type, props }) {
    if (isCustomResource(type)) yield* scan(props.spec, "spec");
    if (type !== configMapType) return;
    yield* scan(props.data, "data");
    for (const [key, encoded] of Object.entries(fields(props.binaryData))) {
      const fault = isUnknown(encoded) ? undefined : credential(key, Buffer.from(String(encoded), "base64").toString("latin1"));
      if (fault) yield `binaryData.${key} ${fault}`;
    }
  },
};

const commandTypes = new Set(["command:local:Command", "command:remote:Command", "command:local:run"]);

export const notInCommands: ResourceRule = {
  ...common,
  id: "secret-not-in-commands",
  scope: "resource",
  demands: "Command lines hold no keys.",
  reason: "Command lines show in process lists, in logs and in the state.",
  fix: "Pass the key in the environment or on standard input, from a secret.",
  *check(resource) {
    if (commandTypes.has(resource.type)) {
      for (const name of ["create", "update", "delete"]) yield* scan(resource.props[name], name);
    }
    const pod = podOf(resource);
    for (const { path, fields: container } of pod ? containersOf(pod) : []) {
      for (const name of ["command", "args"]) yield* scanArguments(container[name], `${path}.${name}`);
    }
    if (isChart(resource)) {
      for (const { path, key, value } of argumentLists(resource)) yield* scanArguments(value, `${path}.${key}`);
    }
  },
};

function* argumentLists({ props }: Resource): Generator<{ path: string; key: string; value: unknown }> {
  for (const { path, fields: holder } of objects(props.values, "values")) {
    for (const key of ["args", "extraArgs", "command"]) if (holder[key] !== undefined) yield { path, key, value: holder[key] };
  }
}

/** `--password x` is two arguments. */
function* scanArguments(value: unknown, path: string): Generator<string> {
  const words = list(value).map(String);
  for (const [i, word] of words.entries()) {
    if (isUnknown(word)) throw new NotYetKnown(`${path}[${i}]`);
    const flag = /^--?([\w.-]+)$/.exec(words[i - 1] ?? "")?.[1];
    const fault = credential(flag ?? "", word) ?? credential("", word);
    if (fault) yield `${path}[${i}] ${fault}`;
  }
}

export const notInEnvironment: ResourceRule = {
  ...common,
  id: "secret-not-in-environment",
  scope: "resource",
  demands: "Environment variables get keys by reference, never as a literal.",
  reason: "A literal stands in the pod's description, which everyone who may list pods can read.",
  fix: "Use valueFrom.secretKeyRef or envFrom.secretRef.",
  *check(resource) {
    const pod = podOf(resource);
    for (const { path, fields: container } of pod ? containersOf(pod) : []) yield* scanEnvironment(container.env, `${path}.env`);
    if (isChart(resource)) {
      for (const { path, fields: holder } of objects(resource.props.values, "values")) {
        for (const key of ["env", "extraEnv"]) yield* scanEnvironment(holder[key], `${path}.${key}`);
      }
    }
  },
};

function* scanEnvironment(variables: unknown, path: string): Generator<string> {
  for (const [i, variable] of list(variables).entries()) {
    const name = text(fields(variable).name) ?? "";
    const fault = credential(name, at(variable, "value"));
    if (fault) yield `${path}[${i}] (${name}) ${fault}`;
  }
}

export const notInMetadata: ResourceRule = {
  ...common,
  id: "secret-not-in-metadata",
  scope: "resource",
  demands: "Annotations, labels and tags hold no keys.",
  reason: "They are copied into events, metrics, bills and every listing.",
  *check({ props, type }) {
    if (type.startsWith("kubernetes:")) {
      const metadata = fields(props.metadata);
      yield* scan(metadata.annotations, "metadata.annotations");
      yield* scan(metadata.labels, "metadata.labels");
    } else if (type.startsWith("aws:")) yield* scan(props.tags, "tags");
  },
};

export const notInOutputs: StackRule = {
  ...common,
  id: "secret-not-in-outputs",
  scope: "stack",
  demands: "Stack outputs hold no keys, not even as secrets.",
  reason: "Whoever may read the stack's outputs, in another stack or in a pipeline, would have the bucket.",
  fix: "Export the Secret's name or the role's ARN instead.",
  subjects: (graph) => graph.ofType("pulumi:pulumi:Stack"),
  *check(stack) {
    for (const { path, key, value } of leaves(stack.props, "")) {
      // A secret output is unwrapped before a policy sees it, so its name alone is enough.
      const fault = isSecretName(key) && typeof value === "string" ? "is a key" : credential(key, value);
      if (fault) yield `the output ${path} ${fault}`;
    }
  },
};
