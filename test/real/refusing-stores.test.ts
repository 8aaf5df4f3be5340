import { DeleteBucketCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { previewStore } from "../storage/support/stack";
import { type Ceph, ceph, type Seaweed, seaweedfs } from "./servers";
import { DynamicProvider, type Properties } from "./support/dynamic-provider";
import { s3 } from "./support/s3";
import { describeReal } from "./support/suite";
import { allowUploads } from "./support/upload-policies";

// A store that answers and still takes nothing: `up` fails with one message that says what to do, leaves nothing half-made, and succeeds when
// it is run again after that.

async function bucketInputs(stack: string): Promise<Properties> {
  const { raw } = await previewStore(stack);
  const found = raw?.resources.find(({ name }) => name === "store-loki-chunks-bucket");
  if (!found) throw new Error(`${stack} has no bucket for Loki's chunks`);
  return found.inputs as Properties;
}

describeReal("local on a SeaweedFS that refuses uploads", [seaweedfs], () => {
  let store: Seaweed;
  let provider: DynamicProvider;
  let inputs: Properties & { policy: string };

  beforeAll(async () => {
    store = await seaweedfs.start({ users: ["loki"], volumes: 1 });
    provider = await DynamicProvider.start(store.credentials);
    const own = await bucketInputs("local");
    inputs = { ...own, policy: String(own.policy), managementEndpoint: store.endpoint };
  });
  afterAll(async () => {
    provider?.stop();
    await store?.stop();
  });

  const named = (bucket: string) => ({ ...inputs, bucket, policy: inputs.policy.replaceAll("granary-loki-chunks", bucket) });

  it("names a user that is not there", async () => {
    const policy = inputs.policy.replaceAll("user/loki", "user/lokki");
    await expect(provider.create({ ...inputs, policy })).rejects.toThrow(
      /^could not create bucket granary-loki-chunks at .*: SeaweedFS has no user lokki\. docs\/stores\.md, .* then run pulumi up again$/,
    );
  });

  it("names a user without a policy of its own, and creates the bucket once there is one", async () => {
    await expect(provider.create(inputs)).rejects.toThrow(
      /no policy of its user loki that allows s3:PutObject on arn:aws:s3:::granary-loki-chunks\/\*\. Over plain HTTP/,
    );
    await allowUploads(store, [inputs.policy]);
    const { id, state } = await provider.create(inputs);
    expect({ id, state }).toEqual({ id: "granary-loki-chunks", state: inputs });
    await expect(provider.update(id, state, { ...inputs, policy: inputs.policy.replaceAll("chunks/*", "rules/*") })).rejects.toThrow(
      /could not update bucket .*: SeaweedFS shows no policy of its user loki/,
    );
    expect((await provider.read(id, state)).inputs.policy).toBe(inputs.policy);
  });

  it("asks for no policy of its own where TLS makes it needless", async () => {
    const bucket = { ...named("granary-over-tls"), endpoint: "https://seaweedfs.seaweedfs.svc:8333" };
    await expect(provider.create(bucket)).rejects.toThrow(/refuses to write/);
  });

  it("says that the store has no room, and leaves no bucket", async () => {
    const full = named("granary-full");
    await allowUploads(store, [full.policy]);
    await expect(provider.create(full)).rejects.toThrow(/refuses to write .*InternalError.* free space.*; the empty bucket was deleted$/s);
    expect((await provider.read("granary-full", full)).id).toBe("");
  });

  it("can't be reached", async () => {
    const gone = { ...inputs, managementEndpoint: "http://127.0.0.1:1" };
    await expect(provider.create(gone)).rejects.toThrow(
      /at http:\/\/127\.0\.0\.1:1: ECONNREFUSED: nothing answers there\. A port-forward ends when the store's pod restarts/,
    );
  });
});

describeReal("hetzner on a Ceph gateway that refuses uploads", [ceph], () => {
  const uid = "refusing";
  let store: Ceph;
  let inputs: Properties;

  beforeAll(async () => {
    store = await ceph.shared();
    const { policy: _policy, ...own } = await bucketInputs("hetzner");
    inputs = { ...own, endpoint: store.endpoint, region: "us-east-1", bucket: "refusing-loki-chunks" };
  });

  it("names the quota, leaves no bucket, and creates it once there is room", async () => {
    const keys = await store.user(uid);
    const quota = (...args: string[]) => store.admin("quota", ...args, "--quota-scope=user", "--uid", uid);
    await quota("set", "--max-objects=0");
    await quota("enable");
    const provider = await DynamicProvider.start(keys);
    try {
      await expect(provider.create(inputs)).rejects.toThrow(
        /QuotaExceeded on PutObject: .*raise the quota.*; the empty bucket was deleted$/s,
      );
      expect((await provider.read("refusing-loki-chunks", inputs)).id).toBe("");
      await quota("disable");
      const { id, state } = await provider.create(inputs);
      expect(id).toBe("refusing-loki-chunks");
      await provider.delete(id, state);
    } finally {
      provider.stop();
    }
  });

  // Ceph lets such a key create a bucket, and neither fill nor delete it.
  it("names a key that may only read, and the bucket that it leaves", async () => {
    const owner = await store.user(uid);
    const keys = { accessKeyId: "EXAMPLEREADONLY00000", secretAccessKey: "read-only-secret" };
    const subuser = `${uid}:reader`;
    await store.admin("subuser", "create", "--uid", uid, "--subuser", subuser, "--access", "read");
    const key = ["--access-key", keys.accessKeyId, "--secret-key", keys.secretAccessKey];
    await store.admin("key", "create", "--subuser", subuser, "--key-type", "s3", ...key);
    const provider = await DynamicProvider.start(keys);
    try {
      await expect(provider.create(inputs)).rejects.toThrow(
        /refuses to write .*AccessDenied on PutObject: the key that Pulumi runs with may not do this.*; the empty bucket could not be deleted .*: delete it by hand$/,
      );
      await s3(store.endpoint, owner).send(new DeleteBucketCommand({ Bucket: "refusing-loki-chunks" }));
    } finally {
      provider.stop();
    }
  });
});
