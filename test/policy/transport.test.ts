import { describe, expect, it } from "vitest";
import type { Resource } from "../../policy/resource";
import { replace, set, unset, yaml } from "../mutations/edit";
import { breaksOne, changed, staysFine } from "./broken";
import { judge, valid, withInstead } from "./judge";

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
      "alerts over http to a namespace that the stack does not close",
      yaml(lokiConfig, set("ruler.alertmanager_url", "http://alertmanager.monitoring.svc:9093")),
      "telemetry-tls",
      "values.loki.config.ruler.alertmanager_url is http://alertmanager.monitoring.svc:9093",
    ],
    [
      "loki",
      "a host that only looks like a Service beside it",
      yaml(lokiConfig, set("ruler.alertmanager_url", "http://loki.observability.svc.example.com")),
      "telemetry-tls",
      "values.loki.config.ruler.alertmanager_url is http://loki.observability.svc.example.com",
    ],
    [
      "loki",
      "a Service's name behind another host",
      yaml(lokiConfig, set("ruler.alertmanager_url", "http://alerts.example.com?x@loki.observability.svc/")),
      "telemetry-tls",
      "values.loki.config.ruler.alertmanager_url is http://alerts.example.com?x@loki.observability.svc/",
    ],
    [
      "secretStore",
      "secrets over http from a Service of the cluster",
      set("spec.provider.vault.server", "http://vault.vault.svc:8200"),
      "secret-store-tls",
      "spec.provider.vault.server is http://vault.vault.svc:8200",
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
    [
      "loki",
      "rules from a Service beside it",
      yaml(lokiConfig, set("ruler.alertmanager_url", "http://alertmanager.observability.svc:9093")),
    ],
    ["loki", "the same by its whole name", yaml(lokiConfig, set("ruler.alertmanager_url", "http://a.observability.svc.cluster.local"))],
    ["loki", "itself", yaml(lokiConfig, set("ruler.alertmanager_url", "http://127.0.0.1:9093"))],
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
  it("lets plain text pass only into namespaces that the stack closes", () => {
    const plain = ["loki", "alloyText", "datasource"].flatMap((name) => valid[name] ?? []);
    const says = (...others: readonly (Resource | undefined)[]) =>
      judge([...plain, ...others.flatMap((other) => other ?? [])])
        .filter(({ rule }) => rule === "telemetry-tls")
        .map(({ says }) => says);
    expect(says(valid.denyAll)).toEqual([]);
    const open = [
      'data.config.alloy: loki.write "loki" > endpoint: url is http://loki.observability.svc:3100/loki/api/v1/push',
      'data.config.alloy: otelcol.exporter.otlp "tempo" > client > tls: insecure is true for tempo.observability.svc:4317',
      "spec.datasource.url is http://loki.observability.svc:3100",
    ];
    expect(says()).toEqual(open);
    expect(says(valid.denyAllCollection)).toEqual(open);
    expect(says(changed("denyAll", set("spec.policyTypes", ["Egress"])))).toEqual(open);
    expect(says(changed("denyAll", set("spec.podSelector", { matchLabels: { app: "loki" } })))).toEqual(open);
  });
  it("lets plain text pass to hosts that are listed", () => {
    const alerts = changed("loki", yaml(lokiConfig, set("ruler.alertmanager_url", "http://alertmanager.monitoring.svc:9093")));
    const vault = changed("secretStore", set("spec.provider.vault.server", "http://vault.vault.svc:8200"));
    const rules = (telemetry: string[], secrets: string[]) =>
      judge(withInstead({ loki: alerts, secretStore: vault }), {
        "telemetry-tls": { plainHosts: telemetry },
        "secret-store-tls": { plainHosts: secrets },
      }).map(({ rule }) => rule);
    expect(rules(["alertmanager.monitoring.svc"], ["vault.vault.svc"])).toEqual([]);
    expect(rules(["*.monitoring.svc"], ["*.vault.svc"])).toEqual([]);
    expect(rules(["prometheus.monitoring.svc"], [])).toEqual(["secret-store-tls", "telemetry-tls"]);
  });
});
