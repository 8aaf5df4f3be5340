// What would send or keep data readable.
import type { Properties } from "../../../preview/wire/values";
import { both, type Edit, json, replace, set, unset, yaml } from "../edit";
import type { Mutation } from "../harness";
import { alloyText, datasources, loki, notLocal, tempo, types } from "./types";

const isDefault = "rules.0.applyServerSideEncryptionByDefault";
const kept = { type: types.encryption, name: /loki|tempo/ };
const cephTls = (path: string) => replace(path, '"BoolIfExists":{"aws:SecureTransport"', '"Bool":{"aws:SecureTransport"');
const plain = 'DenyPlainHttp","Effect":"Deny"';

const key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const trail: Properties = { s3BucketName: "trail", kmsKeyId: key, enableLogFileValidation: true };
const replica: Properties = {
  status: "Enabled",
  destination: { bucket: "arn:aws:s3:::copy", encryptionConfiguration: { replicaKmsKeyId: key } },
  sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
};
/** Beside a bucket of AWS, what its stack does not have yet, with one fault. */
const added = (rule: string, what: string, type: string, inputs: Properties): Mutation => ({
  rule,
  what,
  at: { type: types.bucket, name: /loki-chunks/ },
  added: () => ({ type, name: "another", inputs }),
});

const withoutDeny: Edit = (document) => {
  document.Statement = (document.Statement as Properties[]).filter(({ Effect }) => Effect === "Allow");
};

const buckets: readonly Mutation[] = [
  { rule: "s3-customer-key", what: "default encryption is taken away", at: kept, removed: true },
  { rule: "s3-customer-key", what: "default encryption becomes AES256", at: kept, edit: set(`${isDefault}.sseAlgorithm`, "AES256") },
  { rule: "s3-customer-key", what: "default encryption names no key", at: kept, edit: unset(`${isDefault}.kmsMasterKeyId`) },
  {
    rule: "s3-customer-key",
    what: "default encryption uses AWS's own key",
    at: kept,
    edit: set(`${isDefault}.kmsMasterKeyId`, "alias/aws/s3"),
  },
  { rule: "s3-customer-key", what: "encryption has no rules", at: kept, edit: set("rules", []) },
  { rule: "s3-bucket-key", what: "the bucket key is off", at: kept, edit: set("rules.0.bucketKeyEnabled", false) },
  { rule: "s3-bucket-key", what: "the bucket key is left out", at: kept, edit: unset("rules.0.bucketKeyEnabled") },
  { rule: "s3-sse-c-blocked", what: "SSE-C is not blocked", at: kept, edit: unset("rules.0.blockedEncryptionTypes") },
  {
    rule: "s3-sse-c-blocked",
    what: "another kind is blocked instead of SSE-C",
    at: kept,
    edit: set("rules.0.blockedEncryptionTypes", ["NONE"]),
  },
  { rule: "bucket-tls-only", what: "the bucket policy is taken away", at: { type: types.bucketPolicy }, removed: true },
  {
    rule: "bucket-tls-only",
    what: "the Deny asks for true",
    at: { type: types.bucketPolicy },
    edit: replace("policy", '"aws:SecureTransport":"false"', '"aws:SecureTransport":"true"'),
  },
  {
    rule: "bucket-tls-only",
    what: "the Deny is an Allow",
    at: { type: types.bucketPolicy },
    edit: replace("policy", plain, plain.replace('Deny"', 'Allow"').replace('"Effect":"Deny"', '"Effect":"Allow"')),
  },
  {
    rule: "bucket-tls-only",
    what: "the Deny covers reading only",
    at: { type: types.bucketPolicy },
    edit: json("policy", set("Statement.0.Action", "s3:GetObject")),
  },
  {
    rule: "bucket-tls-only",
    what: "the Deny spares the objects",
    at: { type: types.bucketPolicy },
    edit: json("policy", unset("Statement.0.Resource.1")),
  },
  {
    rule: "bucket-tls-only",
    what: "the Deny is for one role",
    at: { type: types.bucketPolicy },
    edit: json("policy", set("Statement.0.Principal", { AWS: "arn:aws:iam::123456789012:role/other" })),
  },
  {
    rule: "bucket-tls-only",
    what: "the Deny has a second condition",
    at: { type: types.bucketPolicy },
    edit: json("policy", set("Statement.0.Condition.StringEquals", { "aws:PrincipalTag/team": "other" })),
  },
  {
    rule: "bucket-tls-only",
    what: "the Deny spares some by NotPrincipal",
    at: { type: types.bucketPolicy },
    edit: json(
      "policy",
      both(unset("Statement.0.Principal"), set("Statement.0.NotPrincipal", { AWS: "arn:aws:iam::123456789012:role/other" })),
    ),
  },
  {
    rule: "bucket-tls-only",
    what: "the Deny is about another bucket",
    at: { type: types.bucketPolicy },
    edit: json("policy", set("Statement.0.Resource", ["arn:aws:s3:::another", "arn:aws:s3:::another/*"])),
  },
  {
    rule: "bucket-tls-only",
    what: "the Deny on Ceph is taken away",
    at: { type: types.claim },
    edit: json("spec.additionalConfig.bucketPolicy", withoutDeny),
  },
  {
    rule: "bucket-tls-only",
    what: "the policy on Ceph is taken away",
    at: { type: types.claim },
    edit: unset("spec.additionalConfig.bucketPolicy"),
  },
  {
    rule: "ceph-tls-condition",
    what: "the Deny on Ceph asks by Bool",
    at: { type: types.claim },
    edit: cephTls("spec.additionalConfig.bucketPolicy"),
  },
  added("s3-replica-encrypted", "the replica has no key", types.replication, {
    rules: [{ ...replica, destination: { bucket: "arn:aws:s3:::copy" } }],
  }),
  added("s3-replica-encrypted", "encrypted objects are not replicated", types.replication, {
    rules: [{ ...replica, sourceSelectionCriteria: {} }],
  }),
];

const keys: readonly Mutation[] = [
  { rule: "kms-key-rotation", what: "rotation is off", at: { type: types.key }, edit: set("enableKeyRotation", false) },
  { rule: "kms-key-rotation", what: "rotation is left out", at: { type: types.key }, edit: unset("enableKeyRotation") },
  added("cloudtrail-encrypted", "the trail has no key", types.trail, { ...trail, kmsKeyId: "" }),
  added("cloudtrail-encrypted", "the trail's files are not validated", types.trail, { ...trail, enableLogFileValidation: false }),
  added("cloudtrail-encrypted", "the trail is off", types.trail, { ...trail, enableLogging: false }),
  {
    rule: "provider-tls",
    what: "the store is administered over http",
    at: { type: types.dynamicBucket, stacks: notLocal },
    edit: set("endpoint", "http://fsn1.your-objectstorage.com"),
  },
  { rule: "provider-tls", what: "the provider skips certificates", at: { type: "pulumi:providers:aws" }, edit: set("insecure", "true") },
  {
    rule: "provider-tls",
    what: "the provider has a plain endpoint",
    at: { type: "pulumi:providers:aws" },
    edit: set("endpoints", '[{"s3":"http://s3.example.com"}]'),
  },
];

const lokiStore = "values.loki.config";
const s3 = "storage_config.object_store.s3";
const tempoS3 = "storage.trace.s3";
const store = (path: string, value: string | boolean) => yaml(lokiStore, set(path, value));
const tempoStore = (path: string, value: string | boolean) => yaml("values.config", set(path, value));
const lokiOut = { ...loki, stacks: notLocal };
const tempoOut = { ...tempo, stacks: notLocal };

const transport: readonly Mutation[] = [
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

export const encryption = [...buckets, ...keys, ...transport] satisfies readonly Mutation[];
