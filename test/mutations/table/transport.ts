import { both, replace, set, unset, yaml } from "../edit";
import type { Mutation } from "../harness";
import { alloyText, datasources, loki, notLocal, tempo, types } from "./types";

const lokiStore = "values.loki.config";
const s3 = "storage_config.object_store.s3";
const tempoS3 = "storage.trace.s3";
const store = (path: string, value: string | boolean) => yaml(lokiStore, set(path, value));
const tempoStore = (path: string, value: string | boolean) => yaml("values.config", set(path, value));
const lokiOut = { ...loki, stacks: notLocal };
const tempoOut = { ...tempo, stacks: notLocal };

export const transport: readonly Mutation[] = [
  { rule: "rgw-secure-port", what: "RGW opens a plain port too", at: { type: types.objectStore }, edit: set("spec.gateway.port", 80) },
  {
    rule: "rgw-secure-port",
    what: "RGW opens a plain port instead",
    at: { type: types.objectStore },
    edit: both(unset("spec.gateway.securePort"), set("spec.gateway.port", 80)),
  },
  {
    rule: "rgw-secure-port",
    what: "RGW has no certificate",
    at: { type: types.objectStore },
    edit: unset("spec.gateway.sslCertificateRef"),
  },
  { rule: "object-store-tls", what: "Loki's chunks go over plain http", at: lokiOut, edit: store(`${s3}.insecure`, true) },
  { rule: "object-store-tls", what: "Loki's rules come over plain http", at: lokiOut, edit: store("ruler_storage.s3.insecure", true) },
  { rule: "object-store-tls", what: "Loki has an http endpoint", at: lokiOut, edit: store(`${s3}.endpoint`, "http://store.example.com") },
  {
    rule: "object-store-tls",
    what: "Loki has an http endpoint in capitals",
    at: lokiOut,
    edit: store(`${s3}.endpoint`, "HTTP://store.example.com"),
  },
  {
    rule: "object-store-tls",
    what: "Loki skips the store's certificate",
    at: lokiOut,
    edit: store(`${s3}.http.insecure_skip_verify`, true),
  },
  {
    rule: "object-store-tls",
    what: "Loki's older client skips the certificate",
    at: lokiOut,
    edit: store("storage_config.aws.http_config.insecure_skip_verify", true),
  },
  {
    rule: "object-store-tls",
    what: "Loki's older client has an http address",
    at: lokiOut,
    edit: store("storage_config.aws.s3", "http://rook-ceph-rgw.storage.svc/loki"),
  },
  {
    rule: "object-store-tls",
    what: "structuredConfig overrides it with http",
    at: lokiOut,
    edit: set("values.loki.structuredConfig", { storage_config: { object_store: { s3: { endpoint: "store", insecure: true } } } }),
  },
  { rule: "object-store-tls", what: "Tempo's blocks go over plain http", at: tempoOut, edit: tempoStore(`${tempoS3}.insecure`, true) },
  {
    rule: "object-store-tls",
    what: "Tempo has an http endpoint",
    at: tempoOut,
    edit: tempoStore(`${tempoS3}.endpoint`, "http://store.example.com"),
  },
  {
    rule: "object-store-tls",
    what: "Tempo skips the store's certificate",
    at: tempoOut,
    edit: tempoStore(`${tempoS3}.tls_insecure_skip_verify`, true),
  },
  {
    rule: "telemetry-tls",
    what: "Loki's ruler writes to an outside address over http",
    at: lokiOut,
    edit: store("ruler.remote_write.client.url", "http://metrics.example.com/write"),
  },
  {
    rule: "telemetry-tls",
    what: "Loki's ruler alerts over http",
    at: lokiOut,
    edit: store("ruler.alertmanager_url", "http://alerts.example.com"),
  },
  {
    rule: "telemetry-tls",
    what: "Loki's ruler writes over http to a namespace that the stack does not close",
    at: lokiOut,
    edit: store("ruler.remote_write.client.url", "http://prometheus.monitoring.svc:9090/api/v1/write"),
  },
  {
    rule: "telemetry-tls",
    what: "the namespace of Loki and Tempo is no longer closed",
    at: { type: types.networkPolicy, name: /network-default-deny$/, stacks: notLocal },
    removed: true,
  },
  {
    rule: "telemetry-tls",
    what: "Alloy pushes to an outside address over http",
    at: { ...alloyText, stacks: notLocal },
    edit: replace("data.config\\.alloy", /http:\/\/loki[^/"]*/, "http://loki.example.com"),
  },
  {
    rule: "telemetry-tls",
    what: "Alloy skips Loki's certificate",
    at: { ...alloyText, stacks: notLocal },
    edit: replace("data.config\\.alloy", /(loki\.write "[^"]+" \{\s+endpoint \{)/, "$1\n tls_config { insecure_skip_verify = true }\n"),
  },
  {
    rule: "telemetry-tls",
    what: "Alloy hands spans to an outside address in plain",
    at: { ...alloyText, stacks: notLocal },
    edit: replace("data.config\\.alloy", /"[^"]*:4317"(?=[\s\S]*insecure)/g, '"tempo.example.com:4317"'),
  },
  {
    rule: "telemetry-tls",
    what: "Grafana asks an outside Loki over http",
    at: { ...datasources, stacks: notLocal },
    edit: replace("data.granary\\.yaml", /http:\/\/loki[^/\n]*/, "http://loki.example.com"),
  },
  {
    rule: "telemetry-tls",
    what: "Grafana skips the certificate",
    at: { ...datasources, stacks: notLocal },
    edit: yaml("data.granary\\.yaml", set("datasources.0.jsonData.tlsSkipVerify", true)),
  },
  {
    rule: "telemetry-tls",
    what: "a data source of the operator is plain",
    at: { type: types.datasource },
    edit: set("spec.datasource.url", "http://loki.example.com"),
  },
  {
    rule: "telemetry-tls",
    what: "a data source of the operator skips the certificate",
    at: { type: types.datasource },
    edit: set("spec.datasource.jsonData.tlsSkipVerify", true),
  },
  {
    rule: "tempostack-tls",
    what: "the TempoStack's TLS flag is off",
    at: { type: types.tempoStack },
    edit: set("spec.storage.tls.enabled", false),
  },
  {
    rule: "tempostack-tls",
    what: "the TempoStack's TLS part is left out",
    at: { type: types.tempoStack },
    edit: unset("spec.storage.tls"),
  },
  {
    rule: "secret-store-tls",
    what: "keys are fetched over http from outside",
    at: { type: types.secretStore },
    edit: set("spec.provider.onepassword.connectHost", "http://connect.example.com"),
  },
  {
    rule: "secret-store-tls",
    what: "keys are fetched over http from a Service of the cluster",
    at: { type: types.secretStore },
    edit: set("spec.provider.onepassword.connectHost", "http://onepassword-connect.onepassword.svc:8080"),
  },
  {
    rule: "secret-store-tls",
    what: "Vault is asked over http",
    at: { type: types.secretStore },
    edit: set("spec.provider", { vault: { server: "http://vault.example.com:8200" } }),
  },
  {
    rule: "configuration-readable",
    what: "Loki's configuration gives a key twice",
    at: loki,
    edit: replace("values.loki.config", /^/, "auth_enabled: true\n"),
  },
  {
    rule: "configuration-readable",
    what: "Tempo's configuration is broken off",
    at: tempo,
    edit: replace("values.config", /$/, "storage: ["),
  },
  {
    rule: "configuration-readable",
    what: "Alloy's configuration is broken off",
    at: alloyText,
    edit: replace("data.config\\.alloy", /\}\s*$/, ""),
  },
  {
    rule: "configuration-readable",
    what: "a data source file is no YAML",
    at: datasources,
    edit: set("data.granary\\.yaml", "datasources: [}"),
  },
];
