// Keys where many read them, and programs that nobody reviewed.
import type { Properties, Value } from "../../../preview/wire/values";
import { type Edit, push, replace, set, unset } from "../edit";
import type { Mutation } from "../harness";
import { alloy, alloyText, datasources, loki, tempo, types } from "./types";

// Shaped like keys, and none: they open nothing.
const accessKey = `AKIA${"EXAMPLE7".repeat(2)}`;
const privateKey = "-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAK\n-----END RSA PRIVATE KEY-----";
const token = `ey${"JhbGciOiJub25lIn0"}.ey${"JzdWIiOiJleGFtcGxlIn0"}.c2lnbmF0dXJl`;
const password = "correct-horse-battery";

const values: readonly [string, Edit][] = [
  ["an access key in an annotation of Loki's pods", set("values.loki.podAnnotations.note", accessKey)],
  ["a secret key beside the bucket", set("values.loki.storage.s3.secretAccessKey", password)],
  ["a password for the gateway", set("values.gateway.basicAuth.password", password)],
  ["a key in Loki's configuration", replace("values.loki.config", /^/, `x_access_key_id: ${accessKey}\n`)],
  ["a secret key in Loki's configuration", replace("values.loki.config", "    s3:\n", `    s3:\n      secret_access_key: ${password}\n`)],
  ["a tenant's password", set("values.loki.tenants", [{ name: "shop", password }])],
  ["a private key", set("values.loki.tls", privateKey)],
  ["a URL with a password", set("values.loki.storage.address", `https://loki:${password}@store.example.com/bucket`)],
  ["a web token", set("values.gateway.header", `Bearer ${token}`)],
];

const configMaps: readonly [string, Edit][] = [
  ["an access key", set("data.note", `the key is ${accessKey}`)],
  ["a private key", set("data.tls\\.key", privateKey)],
  ["a password under its name", set("data.password", password)],
  ["a password inside a text", set("data.settings\\.ini", `[auth]\npassword = ${password}\n`)],
  ["a key in base64", set("binaryData.file", Buffer.from(`aws_secret_access_key=${password}`).toString("base64"))],
];

const command = (inputs: Properties) => ({ type: "command:local:Command", name: "a-command", inputs });
const pod = (container: Properties) => ({
  type: types.deployment,
  name: "somebody",
  inputs: {
    metadata: { name: "somebody", namespace: "observability" },
    spec: { template: { spec: { containers: [{ name: "main", image: "docker.io/grafana/loki:3.7.8", ...container }] } } },
  },
});
const beside = { type: types.namespace, name: /^granary-namespace/ } as const;

const secrets: Mutation[] = [
  ...values.map(([what, edit]): Mutation => ({ rule: "secret-not-in-chart-values", what: `chart values hold ${what}`, at: loki, edit })),
  ...configMaps.map(
    ([what, edit]): Mutation => ({ rule: "secret-not-in-config-maps", what: `a ConfigMap holds ${what}`, at: datasources, edit }),
  ),
  {
    rule: "secret-not-in-config-maps",
    what: "Alloy's text holds a password",
    at: alloyText,
    edit: replace("data.config\\.alloy", /\}\s*$/, `\n basic_auth { password = "${password}" }\n}\n`),
  },
  {
    rule: "secret-not-in-config-maps",
    what: "a data source of the operator holds a password",
    at: { type: types.datasource },
    edit: set("spec.datasource.secureJsonData", { basicAuthPassword: password }),
  },
  {
    rule: "secret-not-in-commands",
    what: "a command line holds a key",
    at: beside,
    added: () => command({ create: `aws configure set aws_secret_access_key=${password}` }),
  },
  {
    rule: "secret-not-in-commands",
    what: "a command line holds an access key",
    at: beside,
    added: () => command({ create: `curl -u ${accessKey}: https://example.com` }),
  },
  {
    rule: "secret-not-in-commands",
    what: "a pod's arguments hold a password",
    at: beside,
    added: () => pod({ args: ["-log.level=info", `--password=${password}`] }),
  },
  {
    rule: "secret-not-in-commands",
    what: "a pod's arguments hold a password after its flag",
    at: beside,
    added: () => pod({ args: ["--secret-key", password] }),
  },
  {
    rule: "secret-not-in-commands",
    what: "Loki's extra arguments hold a key",
    at: loki,
    edit: set("values.loki.extraArgs", [`-s3.secret-access-key=${password}`]),
  },
  {
    rule: "secret-not-in-environment",
    what: "a pod's variable is a key",
    at: beside,
    added: () => pod({ env: [{ name: "AWS_SECRET_ACCESS_KEY", value: password }] }),
  },
  {
    rule: "secret-not-in-environment",
    what: "a pod's variable holds an access key",
    at: beside,
    added: () => pod({ env: [{ name: "NOTE", value: accessKey }] }),
  },
  {
    rule: "secret-not-in-environment",
    what: "Tempo's variable is a key",
    at: tempo,
    edit: push("values.tempo.extraEnv", { name: "AWS_SECRET_ACCESS_KEY", value: password }),
  },
  {
    rule: "secret-not-in-environment",
    what: "Alloy's variable is a token",
    at: alloy,
    edit: push("values.alloy.extraEnv", { name: "GRAFANA_API_TOKEN", value: password }),
  },
  {
    rule: "secret-not-in-metadata",
    what: "an annotation holds a key",
    at: { type: types.namespace },
    edit: set("metadata.annotations.note", accessKey),
  },
  {
    rule: "secret-not-in-metadata",
    what: "a label is a token",
    at: { type: types.namespace },
    edit: set("metadata.labels.api-token", "abcdef0123456789"),
  },
  { rule: "secret-not-in-metadata", what: "a tag holds a password", at: { type: types.bucket }, edit: set("tags", { password }) },
  { rule: "secret-not-in-outputs", what: "an output is a secret key", at: { type: types.stack }, edit: set("secretAccessKey", password) },
  {
    rule: "secret-not-in-outputs",
    what: "an output holds an access key",
    at: { type: types.stack },
    edit: set("loki", { note: accessKey }),
  },
  { rule: "secret-not-in-outputs", what: "an output is a private key", at: { type: types.stack }, edit: set("certificate", privateKey) },
  {
    rule: "secret-inputs-marked",
    what: "a Secret's data is not marked",
    at: { type: types.secret },
    edit: set("stringData", { AWS_SECRET_ACCESS_KEY: password }),
  },
  {
    rule: "secret-inputs-marked",
    what: "the provider's key is not marked",
    at: { type: "pulumi:providers:aws" },
    edit: set("secretKey", password),
  },
  {
    rule: "secret-inputs-marked",
    what: "the provider's kubeconfig with a token is not marked",
    at: { type: "pulumi:providers:kubernetes" },
    edit: set("kubeconfig", `users: [{name: deployer, user: {token: ${password}}}]`),
  },
];

const version = (rule: string, what: string, place: Mutation["at"], edit: Edit): Mutation => ({ rule, what, at: place, edit });
const releases = { type: types.release } as const;
const tags: readonly string[] = ["latest", "3", "3.7", "main", "v2-edge"];
const ranges: readonly Value[] = ["^18.0.0", "18.x", ">=18.0.0", "latest", "*", "18.11"];
const affected = ["3.6.11", "3.6.15", "3.7.0", "3.7.1", "3.7.6", "v3.7.5", "3.7.6-amd64"];

const supply: Mutation[] = [
  ...ranges.map((range) => version("chart-version-pinned", `a chart's version is ${String(range)}`, releases, set("version", range))),
  version("chart-version-pinned", "a chart's version is left out", releases, unset("version")),
  version("chart-version-pinned", "a chart may be unreleased", releases, set("devel", true)),
  ...tags.map((tag) => version("image-version-pinned", `Loki's tag is ${tag}`, loki, set("values.loki.image.tag", tag))),
  ...tags.slice(0, 3).map((tag) => version("image-version-pinned", `Tempo's tag is ${tag}`, tempo, set("values.tempo.tag", tag))),
  version("image-version-pinned", "Alloy's tag is latest", alloy, set("values.image.tag", "latest")),
  version("image-version-pinned", "a digest is none", loki, set("values.loki.image.digest", "sha256:abc")),
  { rule: "image-version-pinned", what: "a pod's image has no tag", at: beside, added: () => pod({ image: "docker.io/grafana/loki" }) },
  {
    rule: "image-version-pinned",
    what: "a pod's image is latest",
    at: beside,
    added: () => pod({ image: "docker.io/grafana/loki:latest" }),
  },
  ...affected.map((tag) => version("loki-version-uploads-whole", `Loki is ${tag}`, loki, set("values.loki.image.tag", tag))),
  version("loki-version-uploads-whole", "Loki's tag is left to the chart", loki, unset("values.loki.image.tag")),
  {
    rule: "loki-version-uploads-whole",
    what: "a pod runs an affected Loki",
    at: beside,
    added: () => pod({ image: "docker.io/grafana/loki:3.7.3" }),
  },
  version("registry-allowed", "Loki's chart comes from elsewhere", loki, set("chart", "oci://ghcr.io/grafana-comunity/helm-charts/loki")),
  version("registry-allowed", "Alloy's chart comes from elsewhere", alloy, set("repositoryOpts.repo", "https://charts.example.com")),
  version("registry-allowed", "a chart comes from no named place", alloy, unset("repositoryOpts")),
  version("registry-allowed", "Loki's image comes from elsewhere", loki, set("values.loki.image.registry", "registry.example.com")),
  version("registry-allowed", "Tempo's image has another name", tempo, set("values.tempo.repository", "grafanas/tempo")),
  {
    rule: "registry-allowed",
    what: "a pod's image comes from elsewhere",
    at: beside,
    added: () => pod({ image: "registry.example.com/grafana/loki:3.7.8" }),
  },
  version(
    "chart-values-visible",
    "values come from a file",
    releases,
    set("valueYamlFiles", [{ "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", path: "values.yaml", hash: "0" }]),
  ),
];

export const secretsAndSupply = [...secrets, ...supply] satisfies readonly Mutation[];
