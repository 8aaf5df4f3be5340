import { describe, expect, it } from "vitest";
import { json, replace, set, unset, yaml } from "../mutations/edit";
import { breaksOne, changed, staysFine } from "./broken";
import { judge, valid, withInstead } from "./judge";
import { denyPlain, document } from "./valid/aws";
import { made } from "./valid/make";

const rule = "rules.0";
const byDefault = `${rule}.applyServerSideEncryptionByDefault`;
const noTls = "no statement of its policy denies all actions on the bucket and its objects to everyone over plain http";

it("finds nothing in the valid stack", () => {
  expect(judge(Object.values(valid))).toEqual([]);
});

describe("buckets on AWS", () => {
  breaksOne([
    ["encryption", "AES256", set(`${byDefault}.sseAlgorithm`, "AES256"), "s3-customer-key", "its default encryption is AES256"],
    [
      "encryption",
      "no key",
      unset(`${byDefault}.kmsMasterKeyId`),
      "s3-customer-key",
      "its default encryption names no key, which means the one that AWS keeps for the account",
    ],
    [
      "encryption",
      "AWS's own key",
      set(`${byDefault}.kmsMasterKeyId`, "alias/aws/s3"),
      "s3-customer-key",
      "its default encryption names no key, which means the one that AWS keeps for the account",
    ],
    ["encryption", "no bucket key", set(`${rule}.bucketKeyEnabled`, false), "s3-bucket-key", "bucketKeyEnabled is not true"],
    [
      "encryption",
      "SSE-C let in",
      unset(`${rule}.blockedEncryptionTypes`),
      "s3-sse-c-blocked",
      "blockedEncryptionTypes does not hold SSE-C",
    ],
    [
      "bucketPolicy",
      "Deny for true",
      replace("policy", '"aws:SecureTransport":"false"', '"aws:SecureTransport":"true"'),
      "bucket-tls-only",
      noTls,
    ],
    ["bucketPolicy", "Deny for reading only", json("policy", set("Statement.0.Action", "s3:GetObject")), "bucket-tls-only", noTls],
    [
      "bucketPolicy",
      "Deny with a second condition",
      json("policy", set("Statement.0.Condition.StringEquals", { "s3:authType": "REST-HEADER" })),
      "bucket-tls-only",
      noTls,
    ],
    ["bucketPolicy", "Deny that spares the objects", json("policy", unset("Statement.0.Resource.1")), "bucket-tls-only", noTls],
    [
      "replication",
      "no key at the other end",
      unset(`${rule}.destination.encryptionConfiguration`),
      "s3-replica-encrypted",
      "rules[0] names no replicaKmsKeyId",
    ],
    [
      "replication",
      "encrypted objects left out",
      unset(`${rule}.sourceSelectionCriteria`),
      "s3-replica-encrypted",
      "rules[0] does not replicate encrypted objects",
    ],
    ["key", "no rotation", set("enableKeyRotation", false), "kms-key-rotation", "enableKeyRotation is not true"],
    ["trail", "no key", unset("kmsKeyId"), "cloudtrail-encrypted", "kmsKeyId is not set"],
    ["trail", "no validation", set("enableLogFileValidation", false), "cloudtrail-encrypted", "enableLogFileValidation is not true"],
    ["provider", "insecure", set("insecure", "true"), "provider-tls", "insecure is on"],
    [
      "dynamicBucket",
      "plain endpoint",
      set("endpoint", "http://fsn1.your-objectstorage.com"),
      "provider-tls",
      "endpoint holds http://fsn1.your-objectstorage.com",
    ],
  ]);
  staysFine([
    ["bucketPolicy", "BoolIfExists", replace("policy", '"Bool"', '"BoolIfExists"')],
    ["bucketPolicy", "a condition in other case", replace("policy", "aws:SecureTransport", "AWS:securetransport")],
    ["bucketPolicy", "all actions by *", json("policy", set("Statement.0.Action", ["*"]))],
    ["bucketPolicy", "everyone as AWS", json("policy", set("Statement.0.Principal", { AWS: "*" }))],
    ["encryption", "two layers", set(`${byDefault}.sseAlgorithm`, "aws:kms:dsse")],
    [
      "key",
      "a key pair, which can't rotate",
      (props) => {
        props.enableKeyRotation = false;
        props.customerMasterKeySpec = "RSA_4096";
      },
    ],
  ]);
  it("lets a bucket for access logs have AES256, which is all it can have, and no versions", () => {
    const bucket = made("aws:s3/bucket:Bucket", "logs", { bucket: "access-logs" }, { protect: true });
    const refers = { bucket: [bucket.urn] };
    const parts = ["encryption", "publicAccess", "ownership", "bucketPolicy", "lifecycle"].map((kind) => {
      const part = valid[kind];
      if (!part) throw new Error(kind);
      return { ...part, urn: `${part.urn}-logs`, propertyDependencies: refers };
    });
    const policy = { ...denyPlain, Resource: ["arn:aws:s3:::access-logs", "arn:aws:s3:::access-logs/*"] };
    const logs = parts.map((part) => {
      if (part.type.includes("bucketPolicy")) return { ...part, props: { bucket: "access-logs", policy: document(policy) } };
      const props = structuredClone(part.props) as { rules: { applyServerSideEncryptionByDefault?: object }[] };
      const [first] = props.rules ?? [];
      if (first?.applyServerSideEncryptionByDefault) first.applyServerSideEncryptionByDefault = { sseAlgorithm: "AES256" };
      return { ...part, props: props as never };
    });
    const logging = made("aws:s3/bucketLogging:BucketLogging", "logging", { bucket: "loki-chunks", targetBucket: "access-logs" });
    expect(judge([...Object.values(valid), bucket, ...logs, logging])).toEqual([]);
    expect(judge([...Object.values(valid), bucket, ...logs]).map(({ rule: by }) => by)).toEqual(["s3-customer-key", "s3-versioned"]);
  });
  it("sees a bucket whose parts are missing", () => {
    const without = withInstead({
      encryption: undefined,
      bucketPolicy: undefined,
      publicAccess: undefined,
      ownership: undefined,
      versioning: undefined,
    });
    expect(judge(without).map(({ rule: by, says }) => `${by}: ${says}`)).toEqual([
      "s3-customer-key: it has no default encryption",
      `bucket-tls-only: ${noTls}`,
      "s3-public-access-blocked: it has no public access block",
      "s3-owner-enforced: its object ownership is not BucketOwnerEnforced",
      "s3-versioned: versioning is not enabled",
    ]);
  });
});

const lokiConfig = "values.loki.config";
const s3 = "storage_config.object_store.s3";
describe("on the way", () => {
  breaksOne([
    ["objectStore", "a plain port as well", set("spec.gateway.port", 80), "rgw-secure-port", "spec.gateway.port opens 80 for plain http"],
    ["objectStore", "no secure port", unset("spec.gateway.securePort"), "rgw-secure-port", "spec.gateway.securePort is not set"],
    [
      "objectStore",
      "no certificate",
      unset("spec.gateway.sslCertificateRef"),
      "rgw-secure-port",
      "spec.gateway.sslCertificateRef is not set",
    ],
    [
      "claim",
      "a Deny by Bool",
      replace("spec.additionalConfig.bucketPolicy", "BoolIfExists", "Bool"),
      "ceph-tls-condition",
      "spec.additionalConfig.bucketPolicy: Plain asks for aws:SecureTransport by bool",
    ],
    [
      "loki",
      "insecure store",
      yaml(lokiConfig, set(`${s3}.insecure`, true)),
      "object-store-tls",
      "values.loki.config.storage_config.object_store.s3.insecure is true",
    ],
    [
      "loki",
      "http store",
      yaml(lokiConfig, set(`${s3}.endpoint`, "http://rook-ceph-rgw.rook-ceph.svc:80")),
      "object-store-tls",
      "values.loki.config.storage_config.object_store.s3.endpoint is http://rook-ceph-rgw.rook-ceph.svc:80",
    ],
    [
      "loki",
      "no check of the store's certificate",
      yaml(lokiConfig, set(`${s3}.http.insecure_skip_verify`, true)),
      "object-store-tls",
      "values.loki.config.storage_config.object_store.s3.http.insecure_skip_verify is true",
    ],
    [
      "tempo",
      "insecure store",
      yaml("values.config", set("storage.trace.s3.insecure", true)),
      "object-store-tls",
      "values.config.storage.trace.s3.insecure is true",
    ],
    [
      "loki",
      "alerts out over http",
      yaml(lokiConfig, set("ruler.alertmanager_url", "http://alerts.example.com")),
      "telemetry-tls",
      "values.loki.config.ruler.alertmanager_url is http://alerts.example.com",
    ],
    [
      "alloyText",
      "lines out over http",
      replace("data.config\\.alloy", "http://loki.observability.svc", "http://loki.example.com"),
      "telemetry-tls",
      'data.config.alloy: loki.write "loki" > endpoint: url is http://loki.example.com:3100/loki/api/v1/push',
    ],
    [
      "alloyText",
      "spans out in plain",
      replace("data.config\\.alloy", "tempo.observability.svc:4317", "tempo.example.com:4317"),
      "telemetry-tls",
      'data.config.alloy: otelcol.exporter.otlp "tempo" > client > tls: insecure is true for tempo.example.com:4317',
    ],
    [
      "alloyText",
      "no check of a certificate",
      replace("data.config\\.alloy", "insecure = true", "insecure_skip_verify = true"),
      "telemetry-tls",
      'data.config.alloy: otelcol.exporter.otlp "tempo" > client > tls: insecure_skip_verify is true',
    ],
    [
      "datasources",
      "Grafana out over http",
      replace("data.granary\\.yaml", "loki.observability.svc", "loki.example.com"),
      "telemetry-tls",
      "data.granary.yaml.datasources[0].url is http://loki.example.com:3100",
    ],
    [
      "datasource",
      "no check of a certificate",
      set("spec.datasource.jsonData.tlsSkipVerify", true),
      "telemetry-tls",
      "spec.datasource.jsonData.tlsSkipVerify is true",
    ],
    ["tempoStack", "TLS flag off", set("spec.storage.tls.enabled", false), "tempostack-tls", "spec.storage.tls.enabled is not true"],
    [
      "secretStore",
      "secrets over http",
      set("spec.provider.vault.server", "http://vault.example.com:8200"),
      "secret-store-tls",
      "spec.provider.vault.server is http://vault.example.com:8200",
    ],
    [
      "loki",
      "a key twice",
      replace(lokiConfig, "auth_enabled: false", "auth_enabled: false\nauth_enabled: true"),
      "configuration-readable",
      "values.loki.config: Map keys must be unique at line 2, column 1:",
    ],
    [
      "alloyText",
      "a block left open",
      replace("data.config\\.alloy", /\}\s*$/, ""),
      "configuration-readable",
      "data.config.alloy: does not close the block otelcol.exporter.otlp",
    ],
  ]);
  staysFine([
    ["loki", "a comment with an http address", replace(lokiConfig, "auth_enabled", "# see http://docs.example.com\nauth_enabled")],
    ["loki", "alerts within the cluster", yaml(lokiConfig, set("ruler.alertmanager_url", "http://alertmanager.monitoring.svc:9093"))],
    ["alloyText", "a comment with a brace", replace("data.config\\.alloy", "// Pushes", "// { Pushes")],
    ["alloyText", "a brace in a string", replace("data.config\\.alloy", 'url = "', 'name = "a { b"\n\t\turl = "')],
    [
      "tempoStack",
      "a token needs no flag",
      (props) => {
        set("spec.storage.secret.credentialMode", "token")(props);
        unset("spec.storage.tls")(props);
      },
    ],
    ["objectStore", "port 0, which opens none", set("spec.gateway.port", 0)],
    ["secretStore", "a service of the cluster", set("spec.provider.vault.server", "http://vault.vault.svc:8200")],
  ]);
  it("spares a stack that is declared local, and only there", () => {
    const plain = changed("loki", yaml(lokiConfig, set(`${s3}.insecure`, true)));
    const local = { ...plain, urn: plain.urn.replace(":prod::", ":local::") };
    expect(judge([local]).map(({ rule: by }) => by)).toEqual([]);
    expect(judge([plain], { "object-store-tls": { localStacks: ["prod"] } }).map(({ rule: by }) => by)).toEqual([
      "network-default-deny",
      "network-default-deny",
    ]);
  });
  it("can be told that nothing in the cluster may be plain", () => {
    const found = judge(
      [valid.alloyText, valid.datasource].flatMap((resource) => resource ?? []),
      { "telemetry-tls": { plainHosts: [] } },
    );
    expect(found.map(({ says }) => says)).toEqual([
      'data.config.alloy: loki.write "loki" > endpoint: url is http://loki.observability.svc:3100/loki/api/v1/push',
      'data.config.alloy: otelcol.exporter.otlp "tempo" > client > tls: insecure is true for tempo.observability.svc:4317',
      "spec.datasource.url is http://loki.observability.svc:3100",
    ]);
  });
});
