import { describe, expect, test } from "vitest";
import { previewStore, type Settings, stackSettings, withStorage } from "../storage/support/stack";
import type { PreviewResult } from "../support/preview";

const secrets = (result: PreviewResult) =>
  result.ofType("kubernetes:core/v1:Secret").map(({ inputs }) => inputs as { metadata: { name: string; namespace: string } });
const names = (result: PreviewResult, type: RegExp) => result.ofType(type).map(({ name }) => name);

describe("keys that Granary makes", () => {
  const rotated = (generation: number, keepPrevious: boolean): Settings => ({
    ...stackSettings("dev"),
    secrets: { rotation: { loki: { generation, keepPrevious } } },
  });
  const userOf = (result: PreviewResult) =>
    result.resource("store-loki-user").inputs.spec as unknown as { keys: { accessKeyRef: { name: string; key: string } }[] };

  test("are random, secret, and beside the store as well as beside the workload", async () => {
    const result = await previewStore("dev");
    expect(names(result, /RandomPassword$/).sort()).toEqual([
      "store-loki-access-key-id-1",
      "store-loki-secret-access-key-1",
      "store-tempo-access-key-id-1",
      "store-tempo-secret-access-key-1",
    ]);
    const places = secrets(result).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    expect(places.sort()).toEqual([
      "observability/loki-object-store",
      "observability/tempo-object-store",
      "rook-ceph/granary-dev-loki-keys",
      "rook-ceph/granary-dev-tempo-keys",
    ]);
    for (const { inputs } of result.ofType("kubernetes:core/v1:Secret")) expect(["[secret]", "[unknown]"]).toContain(inputs.stringData);
  });

  test("are two pairs while a new generation comes in: the store takes both, the workload has the new one", async () => {
    const result = await previewStore("dev", rotated(3, true));
    expect(
      names(result, /RandomPassword$/)
        .filter((name) => name.startsWith("store-loki"))
        .sort(),
    ).toEqual([
      "store-loki-access-key-id-2",
      "store-loki-access-key-id-3",
      "store-loki-secret-access-key-2",
      "store-loki-secret-access-key-3",
    ]);
    expect(userOf(result).keys.map(({ accessKeyRef }) => accessKeyRef)).toEqual([
      { name: "granary-dev-loki-keys", key: "AWS_ACCESS_KEY_ID" },
      { name: "granary-dev-loki-keys", key: "PREVIOUS_ACCESS_KEY_ID" },
    ]);
    // The workload's Secret changes only after the store knows the new pair.
    expect(result.resource("store-loki-keys").dependsOn.some((urn) => urn.endsWith("::store-loki-user"))).toBe(true);
  });

  test("are one pair again once the old one is retired; the other workload's never changed", async () => {
    const result = await previewStore("dev", rotated(3, false));
    expect(userOf(result).keys).toHaveLength(1);
    expect(names(result, /RandomPassword$/)).toContain("store-tempo-access-key-id-1");
  });
});

const pair = (id: string) => ({ accessKeyId: id, secretAccessKey: `SECRET-OF-${id}` });
const given: Settings = {
  ...stackSettings("hetzner"),
  secrets: { source: { kind: "pulumi" } },
  keys: { loki: pair("EXAMPLELOKI000000000"), tempo: pair("EXAMPLETEMPO00000000") },
};

describe("keys that are given as Pulumi secrets", () => {
  test("reach the workload's Secret and nothing else", async () => {
    const result = await previewStore("hetzner", given);
    expect(
      secrets(result)
        .map(({ metadata }) => metadata.name)
        .sort(),
    ).toEqual(["loki-object-store", "tempo-object-store"]);
    expect(result.resource("store-loki-keys").inputs.stringData).toBe("[secret]");
    const everything = JSON.stringify([result.resources, result.outputs, result.said]);
    expect(everything).not.toContain("SECRET-OF-");
  });

  test("change the revision that pods carry, which says nothing about them", async () => {
    const revision = (result: PreviewResult) =>
      (result.outputs.bindings as unknown as { credentials: { revision: string } }[])[0]?.credentials.revision;
    const before = revision(await previewStore("hetzner", given));
    const after = revision(
      await previewStore("hetzner", {
        ...given,
        keys: { loki: { ...pair("EXAMPLELOKI000000000"), secretAccessKey: "SECRET-ANEW" }, tempo: pair("EXAMPLETEMPO00000000") },
      }),
    );
    expect(before).toMatch(/^[0-9a-f]{16}$/);
    expect(after).toMatch(/^[0-9a-f]{16}$/);
    expect(after).not.toBe(before);
  });
});

describe("keys from outside", () => {
  test("come by one SecretStore per namespace, and by an ExternalSecret each", async () => {
    const result = await previewStore("hetzner");
    expect(result.ofType(/:SecretStore$/)).toHaveLength(1);
    const external = result
      .ofType(/:ExternalSecret$/)
      .map(({ inputs }) => inputs as { metadata: object; spec: { target: { name: string } } });
    expect(external.map(({ spec }) => spec.target.name).sort()).toEqual(["loki-object-store", "tempo-object-store"]);
    expect(result.ofType("kubernetes:core/v1:Secret")).toEqual([]);
  });

  test("come by a ClusterSecretStore that is there already, and then none is made", async () => {
    const remote = { loki: { key: "loki" }, tempo: { key: "tempo" } };
    const source = { kind: "external", store: { kind: "ClusterSecretStore", name: "company" }, remote };
    const result = await previewStore("hetzner", { ...stackSettings("hetzner"), secrets: { source } });
    expect(result.ofType(/:SecretStore$/)).toEqual([]);
    const spec = result.resource("store-loki-keys").inputs.spec as { secretStoreRef: object };
    expect(spec.secretStoreRef).toEqual({ kind: "ClusterSecretStore", name: "company" });
  });

  test("carry the generation as their revision, for Granary cannot see them", async () => {
    const settings = stackSettings("hetzner");
    const secrets = { ...(settings.secrets as object), rotation: { loki: { generation: 2 } } };
    const { outputs } = await previewStore("hetzner", { ...settings, secrets } as Settings);
    const [chunks, , traces] = outputs.bindings as unknown as { credentials: { revision: string } }[];
    expect([chunks?.credentials.revision, traces?.credentials.revision]).toEqual(["generation-2", "generation-1"]);
  });

  test("go beside Rook's store too, where its users take them from", async () => {
    const remote = { loki: { key: "loki", previousKey: "loki-before" }, tempo: { key: "tempo" } };
    const source = { kind: "external", store: { kind: "ClusterSecretStore", name: "company" }, remote };
    const result = await previewStore("dev", { ...stackSettings("dev"), secrets: { source } });
    const places = result.ofType(/:ExternalSecret$/).map(({ inputs }) => inputs.metadata as unknown as { name: string; namespace: string });
    expect(places.map(({ name, namespace }) => `${namespace}/${name}`).sort()).toEqual([
      "observability/loki-object-store",
      "observability/tempo-object-store",
      "rook-ceph/granary-dev-loki-keys",
      "rook-ceph/granary-dev-tempo-keys",
    ]);
    const { keys } = result.resource("store-loki-user").inputs.spec as unknown as { keys: unknown[] };
    expect(keys).toHaveLength(2);
  });
});

test("keys that are there already make no Secret", async () => {
  const result = await previewStore("local");
  expect(result.ofType(/:(?:Secret|ExternalSecret|SecretStore)$/)).toEqual([]);
  const [chunks] = result.outputs.bindings as unknown as { credentials: object }[];
  expect(chunks?.credentials).toMatchObject({ kind: "secret", secretName: "loki-object-store" });
});

test("a workload that the configuration adds gets keys of its own, in its own namespace", async () => {
  const backup = {
    workload: "backup",
    namespace: "backup",
    serviceAccounts: ["backup"],
    purpose: "loki-chunks",
    actions: ["read", "list"],
  };
  const result = await previewStore("dev", withStorage("dev", { grants: [backup] }));
  expect(secrets(result).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toContain("backup/backup-object-store");
  expect(result.resource("store-backup-user").type).toMatch(/CephObjectStoreUser$/);
});
