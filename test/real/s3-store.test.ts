import { expect, it } from "vitest";
import { addedGrants, type GrantRow } from "../storage/support/added-grants";
import { previewStore, withStorage } from "../storage/support/stack";
import { seaweedfs } from "./servers";
import { DynamicProvider, type Properties } from "./support/dynamic-provider";
import { accessMatrix, drawMatrix, wrongCells } from "./support/matrix";
import { s3 } from "./support/s3";
import { describeReal } from "./support/suite";
import { allowUploads } from "./support/upload-policies";

// The local stack's buckets on a real SeaweedFS, made by the same resource as Hetzner's. Users have what bucket policies allow, and those that
// upload a policy of their own for that, as docs/stores.md says.

const names = ["loki", "tempo", "backup", "auditor", "importer", "stranger"];
const secrets = Object.fromEntries(names.filter((name) => name !== "stranger").map((name) => [name, `${name}-keys`]));

describeReal("the local stack on SeaweedFS", [seaweedfs], () => {
  it("makes the buckets and lets each user do what is granted", async () => {
    const store = await seaweedfs.start({ users: names });
    const provider = await DynamicProvider.start(store.credentials);
    try {
      const settings = withStorage("local", { grants: addedGrants("fake") }, { secrets: { source: { kind: "existing", secrets } } });
      const preview = await previewStore("local", settings);
      const buckets = (preview.raw?.resources ?? [])
        .filter(({ type }) => type.endsWith(":S3Bucket"))
        .map(({ inputs }) => ({ ...(inputs as Properties & { policy: string }), managementEndpoint: store.endpoint }));
      await allowUploads(
        store,
        buckets.map(({ policy }) => policy),
      );
      const policies = new Map<string, string>();
      for (const own of buckets) {
        const { id, state } = await provider.create(own);
        policies.set(id, own.policy);
        const read = await provider.read(id, state);
        expect(await provider.diff(id, read.state, own)).toEqual({ changes: false, replaces: [] });
      }
      const bindings = preview.outputs.bindings as unknown as { bucket: string }[];
      const purposes = ["loki-chunks", "loki-ruler", "tempo-traces"];
      const added = addedGrants("fake").map(({ prefix = "", ...grant }) => ({ ...grant, prefix }));
      const cells = await accessMatrix({
        actors: Object.fromEntries(names.map((name) => [name, s3(store.endpoint, store.user(name))])),
        targets: bindings.map(({ bucket }, i) => ({ bucket, purpose: purposes[i] ?? "" })),
        prefixes: ["fake/", "other/"],
        grants: [...(preview.outputs.grants as unknown as GrantRow[]), ...added],
        keeper: s3(store.endpoint, store.credentials),
        policyOf: (bucket) => policies.get(bucket) ?? "",
      });
      console.log(drawMatrix("local on SeaweedFS", cells));
      expect(wrongCells(cells)).toEqual([]);
    } finally {
      provider.stop();
      await store.stop();
    }
  });
});
