// What is said about mistakes that are easily made, to the letter.
import { describe, expect, test } from "vitest";
import { parseConfig } from "../../components/config/parse";
import { howToSetSecret } from "../../components/config/problems";

function problems(change: Record<string, unknown>): string[] {
  const input = { environment: "local", storage: { kind: "filesystem" }, ...change };
  const texts = Object.entries(input).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
  const parsed = parseConfig(Object.fromEntries(texts), () => false);
  return ("problems" in parsed ? parsed.problems : []).map(({ path, message }) => `${path} ${message}`);
}

const external = (store: object) => ({ secrets: { source: { kind: "external", store, remote: {} } } });
const ceph = (more: object) => ({ storage: { kind: "rook-ceph", bucketPrefix: "g", ...more } });
const hetzner = { kind: "hetzner", location: "fsn1", bucketPrefix: "g", projectId: "1", egress: ["88.198.0.0/16"] };
const secret = `; secrets are not written here: ${howToSetSecret()}`;

describe("CPU", () => {
  const withCpu = (cpu: unknown) => problems({ traces: { resources: { requests: { cpu } } } });
  test.each([2, 0.5, "500m", "2"])("may be %s", (cpu) => expect(withCpu(cpu)).toEqual([]));
  test.each([
    ["2 cores", '"2 cores"'],
    [-1, "-1"],
    [true, "true"],
  ])("may not be %s", (cpu, shown) => {
    expect(withCpu(cpu)).toEqual([`granary:traces.resources.requests.cpu found ${shown}; allowed is an amount of CPU, such as 500m or 2`]);
  });
});

describe("a mistake", () => {
  test.each<[string, Record<string, unknown>, string]>([
    [
      "a kind of outside store that there is not",
      external({ kind: "1password" }),
      'granary:secrets.source.store.kind found "1password"; allowed is one of ClusterSecretStore, SecretStore, onepassword-connect, onepassword-sdk, vault, aws-secrets-manager, kubernetes',
    ],
    [
      "a key that an outside store does not have",
      external({ kind: "ClusterSecretStore", name: "team", vault: "x" }),
      "granary:secrets.source.store.vault is not a key that Granary knows; known here: kind, name",
    ],
    [
      "a number that is none of the choices",
      { traces: { kind: "tempostack", operator: { replicationFactor: 2 } } },
      "granary:traces.operator.replicationFactor found 2; allowed is one of 1, 3",
    ],
    [
      "a name in a map",
      ceph({ quotas: { LOKI: { maxSize: "1Gi" } } }),
      'granary:storage.quotas.LOKI found the key "LOKI"; allowed is a bucket\'s purpose, such as loki-chunks, loki-ruler or tempo-traces',
    ],
    [
      "the name of a Secret under another key",
      ceph({ objectStore: { gateway: { tls: { certificateSecret: "tls", secretRef: { name: "tls" } } } } }),
      "granary:storage.objectStore.gateway.tls.secretRef is not a key that Granary knows; known here: port, certificateSecret, ca",
    ],
    [
      "a text under a key that sounds like a secret",
      ceph({ objectStore: { gateway: { tls: { certificateSecret: "tls", secretName: "tls" } } } }),
      `granary:storage.objectStore.gateway.tls.secretName is not a key that Granary knows; known here: port, certificateSecret, ca${secret}`,
    ],
    [
      "a text instead of a list",
      { storage: { ...hetzner, administratorKeyIds: ["ADMIN"], accessKeyIds: { loki: "EXAMPLELOKI", tempo: ["TEMPO"] } } },
      'granary:storage.accessKeyIds.loki found "EXAMPLELOKI"; allowed is a list',
    ],
  ])("%s", (_, change, said) => {
    const found = problems(change);
    const [path] = said.split(" ");
    expect(found.filter((line) => line.startsWith(`${path} `))).toEqual([said]);
  });

  test("a key of the outside store that was meant", () => {
    const store = { kind: "onepassword-sdk", vault: "v", token: { name: "t", key: "token" } };
    expect(problems(external(store))).toContain(
      "granary:secrets.source.store.token is not a key that Granary knows; known here: kind, vault, serviceAccountToken",
    );
  });
});
