import {
  DeleteBucketPolicyCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { previewStore, stackSettings, withStorage } from "../storage/support/stack";
import { type Ceph, ceph, type Keys } from "./servers";
import { DynamicProvider, type Properties } from "./support/dynamic-provider";
import { hetznerProject } from "./support/hetzner";
import { refusal, s3 } from "./support/s3";
import { describeReal } from "./support/suite";

// The resource that makes Hetzner's buckets, through Pulumi's own host for dynamic resources, on a real Ceph gateway.
describeReal("the bucket resource on Ceph", [ceph], () => {
  let store: Ceph;
  let provider: DynamicProvider;
  let client: ReturnType<typeof s3>;
  /** As the program registers them for the stack, but for the address. */
  let inputs: Properties;

  beforeAll(async () => {
    store = await ceph.shared();
    const settings = stackSettings("hetzner");
    const { raw } = await previewStore("hetzner", withStorage("hetzner", { bucketPrefix: "life" }));
    const project = await hetznerProject(store, settings);
    const found = raw?.resources.find(({ name }) => name === "store-loki-chunks-bucket");
    inputs = { ...found?.inputs, endpoint: store.endpoint, region: "us-east-1" };
    client = s3(store.endpoint, project.administrator);
    provider = await DynamicProvider.start(project.administrator);
  });
  afterAll(() => provider?.stop());

  const bucket = "life-loki-chunks";
  let state: Properties;

  it("creates the bucket with rules, versioning and policy, and takes no second look to be at rest", async () => {
    const checked = await provider.check({}, inputs);
    const created = await provider.create(checked);
    state = created.state;
    expect(created.id).toBe(bucket);
    const { Rules = [] } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }));
    expect(Rules.map(({ ID }) => ID)).toEqual(["abort-uploads", "expire-fake", "noncurrent"]);
    const { Policy } = await client.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    expect(Policy).toBe(inputs.policy);
    expect(await provider.diff(bucket, state, inputs)).toEqual({ changes: false, replaces: [] });
  });

  it("reads back what it made without a difference", async () => {
    const read = await provider.read(bucket, state);
    expect(read.id).toBe(bucket);
    expect(await provider.diff(bucket, read.state, inputs)).toEqual({ changes: false, replaces: [] });
    expect(read.inputs).toEqual(inputs);
  });

  it("refuses to make a bucket that is there already", async () => {
    await expect(provider.create(inputs)).rejects.toThrow(
      /could not create bucket life-loki-chunks at .*: there is one already; .*granary:storage.takeOver/,
    );
  });

  it("takes it over where the stack says so", async () => {
    const wanted = { ...inputs, takeOver: true };
    await client.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
    const taken = await provider.create(wanted);
    expect({ id: taken.id, policy: taken.state.policy }).toEqual({ id: bucket, policy: inputs.policy });
    expect((await client.send(new GetBucketPolicyCommand({ Bucket: bucket }))).Policy).toBe(inputs.policy);
    expect(await provider.diff(bucket, taken.state, inputs)).toEqual({ changes: false, replaces: [] });
  });

  it("keeps a bucket whose policy is refused in the state, and finishes it with the next update", async () => {
    const named = { ...inputs, bucket: "life-unfinished", policy: String(inputs.policy).replaceAll(bucket, "life-unfinished") };
    const broken = { ...named, policy: named.policy.replace('"2012-10-17"', '"2000-01-01"') };
    const { id, state: kept, reasons } = await provider.createUnfinished(broken);
    expect({ id, kept }).toEqual({ id: "life-unfinished", kept: broken });
    expect(reasons.join()).toMatch(/life-unfinished at .* is there, but not finished: /);
    expect(await refusal(client.send(new GetBucketPolicyCommand({ Bucket: id })))).toBe("NoSuchBucketPolicy");
    const mended = await provider.update(id, kept, named);
    expect((await provider.read(id, mended)).inputs).toEqual(named);
    await provider.delete(id, mended);
  });

  it.each([
    ["a wrong id in administratorKeyIds", "EXAMPLEADMIN00000000", "EXAMPLEADMIN99999999", /deny everything to EXAMPLEADMIN00000000/],
    ["a wrong projectId", "/p1234567:", "/p7654321:", /of project 7654321, but the bucket is in project 1234567/],
  ])("does not lock itself out by %s", async (_what, right, wrong, words) => {
    const policy = String(inputs.policy).replaceAll(right, wrong);
    await expect(provider.update(bucket, state, { ...inputs, policy })).rejects.toThrow(words);
    expect((await client.send(new GetBucketPolicyCommand({ Bucket: bucket }))).Policy).toBe(inputs.policy);
  });

  it("does not run with a workload's key", async () => {
    const { keys } = await hetznerProject(store, stackSettings("hetzner"));
    const asLoki = await DynamicProvider.start(keys.loki as Keys);
    const named = { ...inputs, bucket: "life-by-loki", policy: String(inputs.policy).replaceAll(bucket, "life-by-loki") };
    const { id, reasons } = await asLoki.createUnfinished(named);
    asLoki.stop();
    expect(reasons.join()).toMatch(/narrows EXAMPLELOKI000000000, .*a workload's/);
    await provider.delete(id, named);
  });

  it("refuses another project before anything is changed", async () => {
    const moved = { ...inputs, policy: String(inputs.policy).replaceAll("/p1234567:", "/p7654321:") };
    expect((await provider.failures(inputs, moved)).join()).toMatch(/granary:storage.projectId has changed from 1234567 to 7654321/);
    expect(await provider.failures(inputs, inputs)).toEqual([]);
  });

  it("updates in place", async () => {
    const rules = {
      Rules: [
        { ID: "abort-uploads", Status: "Enabled", Filter: { Prefix: "" }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 } },
      ],
    };
    const news = { ...inputs, versioning: true, lifecycle: JSON.stringify(rules) };
    expect(await provider.diff(bucket, state, news)).toEqual({ changes: true, replaces: [] });
    state = await provider.update(bucket, state, news);
    const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket: bucket }));
    expect(Status).toBe("Enabled");
    const { Rules = [] } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }));
    expect(Rules).toHaveLength(1);
    expect(Rules[0]?.AbortIncompleteMultipartUpload?.DaysAfterInitiation).toBe(3);
    inputs = news;
  });

  it.each([
    ["a policy that was taken away", "policy", () => client.send(new DeleteBucketPolicyCommand({ Bucket: bucket }))],
    [
      "a rule that was added by hand",
      "lifecycle",
      () =>
        client.send(
          new PutBucketLifecycleConfigurationCommand({
            Bucket: bucket,
            LifecycleConfiguration: { Rules: [{ ID: "by-hand", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 1 } }] },
          }),
        ),
    ],
    [
      "versioning that was suspended",
      "versioning",
      () => client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: "Suspended" } })),
    ],
  ] as const)("sees and mends %s", async (_what, property, disturb) => {
    await disturb();
    const drifted = await provider.read(bucket, state);
    expect(drifted.inputs[property]).not.toEqual(inputs[property]);
    expect(await provider.diff(bucket, drifted.state, inputs)).toEqual({ changes: true, replaces: [] });
    state = await provider.update(bucket, drifted.state, inputs);
    const mended = await provider.read(bucket, state);
    expect(mended.inputs).toEqual(inputs);
  });

  it("asks for another bucket when the name changes", async () => {
    expect(await provider.diff(bucket, state, { ...inputs, bucket: "life-other" })).toEqual({ changes: true, replaces: ["bucket"] });
  });

  it("does not delete a bucket that holds data, unless the stack says so", async () => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: "fake/chunk", Body: "line" }));
    await expect(provider.delete(bucket, state)).rejects.toThrow(/BucketNotEmpty/);
    await provider.delete(bucket, { ...state, forceDestroy: true });
    expect(await refusal(client.send(new HeadBucketCommand({ Bucket: bucket })))).toBe("NotFound");
  });

  it("takes a bucket that is gone for gone, and deletes it once more without complaint", async () => {
    expect((await provider.read(bucket, state)).id).toBe("");
    await provider.delete(bucket, state);
  });

  it("keeps keys out of what Pulumi stores", () => {
    expect(Object.keys(state).sort()).toEqual([
      "__provider",
      "bucket",
      "endpoint",
      "forceDestroy",
      "lifecycle",
      "pathStyle",
      "policy",
      "region",
      "versioning",
    ]);
  });
});
