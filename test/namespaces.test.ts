import { describe, expect, test } from "vitest";
import { granarySchema } from "../components/config/schema";
import { namespaceProblems } from "../components/namespaces";
import { expectOk, type PreviewOptions, previewStack } from "./support/preview";

const namespace = "kubernetes:core/v1:Namespace";

async function madeIn(config: NonNullable<PreviewOptions["config"]>) {
  const { ofType } = await expectOk(previewStack("local", { config }));
  const made = ofType(namespace).map(({ inputs }) => inputs.metadata as { name: string; labels: Record<string, string> });
  return Object.fromEntries(made.map(({ name, labels }) => [name, labels]));
}

describe("namespaces", () => {
  test("are made with the pod security of what runs there", async () => {
    expect(await madeIn({ "granary:cluster": {} })).toMatchObject({
      observability: { "pod-security.kubernetes.io/enforce": "restricted" },
      "observability-collection": { "pod-security.kubernetes.io/enforce": "privileged" },
    });
  });

  test("that are there already are not made again", async () => {
    expect(Object.keys(await madeIn({ "granary:cluster": { existingNamespaces: ["observability"] } }))).toEqual([
      "observability-collection",
    ]);
    expect(await madeIn({ "granary:cluster": { existingNamespaces: ["observability", "observability-collection"] } })).toEqual({});
  });

  test("with volumes in it stay on destroy, unless all data is to go", async () => {
    const retained = async (config: NonNullable<PreviewOptions["config"]>) => {
      const { resource } = await expectOk(previewStack("dev", { config: { "granary:cluster": {}, ...config } }));
      return resource("granary-namespace").retainOnDelete;
    };
    expect(await retained({})).toBe(true);
    const objectStore = { name: "granary", namespace: "rook-ceph" };
    const storage = { kind: "rook-ceph", bucketPrefix: "granary-dev", objectStore, onDestroy: "delete-all-data" };
    expect(await retained({ "granary:storage": storage })).toBe(false);
  });

  test("that Granary would not make are refused", () => {
    const problems = (existingNamespaces: string[], more: object = {}) =>
      namespaceProblems(
        granarySchema.parse({ environment: "local", storage: { kind: "filesystem" }, cluster: { existingNamespaces }, ...more }),
      );
    expect(problems(["observability", "observability-collection"])).toEqual([]);
    expect(problems(["observability", "rook-ceph"])).toEqual([
      {
        path: "granary:cluster.existingNamespaces[1]",
        message: 'found "rook-ceph", which Granary would not make anyway; allowed is observability or observability-collection',
      },
    ]);
    expect(problems(["observability-collection"], { collection: { enabled: false } })).toHaveLength(1);
  });
});
