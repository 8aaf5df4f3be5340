import { describe, expect, test } from "vitest";
import { hetznerBucketPolicy } from "../../components/storage/access/hetzner";
import type { BucketInputs } from "../../components/storage/s3-bucket/desired";
import { lockOutProblem, narrowsKeys, projectProblem } from "../../components/storage/s3-bucket/lock-out";
import { provider } from "../../components/storage/s3-bucket/provider";

// A policy at Hetzner that leaves out the key in use would deny that key, and Granary with it, everything for good.

const policyOf = (projectId: string): string =>
  JSON.stringify(
    hetznerBucketPolicy({
      bucket: "granary-loki-chunks",
      projectId,
      administratorKeyIds: ["ADMIN"],
      accessKeyIds: { loki: ["LOKI"] },
      grants: [
        {
          workload: { name: "loki", namespace: "observability", serviceAccounts: ["loki"] },
          actions: ["read", "write", "list"],
          prefix: "",
        },
      ],
    }),
  );
const policy = policyOf("1234567");

describe("a policy shuts out", () => {
  test.each([
    ["a key that it doesn't name", { accessKeyId: "OTHER" }, /deny everything to OTHER, .*administratorKeyIds/],
    ["a key whose id only ends alike", { accessKeyId: "DMIN" }, /deny everything to DMIN/],
    ["a workload's key", { accessKeyId: "LOKI" }, /narrows LOKI, .*a workload's; .*administratorKeyIds/],
    [
      "every key, in another project",
      { accessKeyId: "ADMIN", owner: "p7654321" },
      /project 1234567, .*project 7654321; correct granary:storage.projectId/,
    ],
  ])("%s", (_whom, caller, words) => {
    expect(lockOutProblem(policy, caller)).toMatch(words);
  });

  test.each([
    ["an administrator's key", { accessKeyId: "ADMIN" }],
    ["an administrator's key in its project", { accessKeyId: "ADMIN", owner: "p1234567" }],
    ["an owner whose name is no project's", { accessKeyId: "ADMIN", owner: "somebody" }],
  ])("but not %s", (_whom, caller) => {
    expect(lockOutProblem(policy, caller)).toBeUndefined();
  });

  test("nobody where it only allows", () => {
    const allows = { Statement: [{ Effect: "Allow", Principal: { AWS: ["arn:aws:iam:::user/loki"] }, Action: "s3:GetObject" }] };
    expect([narrowsKeys(policy), narrowsKeys(JSON.stringify(allows)), narrowsKeys(undefined)]).toEqual([true, false, false]);
  });
});

describe("another project", () => {
  const inputs: BucketInputs = {
    endpoint: "https://fsn1.your-objectstorage.com",
    region: "fsn1",
    pathStyle: true,
    bucket: "granary-loki-chunks",
    versioning: false,
    policy,
    forceDestroy: false,
  };
  const moved = { ...inputs, policy: policyOf("7654321") };

  test("is refused in the preview, since a bucket stays where it is", async () => {
    const { failures } = await provider.check(inputs, moved);
    expect(failures).toEqual([{ property: "", reason: projectProblem(policy, moved.policy) }]);
    expect(failures?.[0]?.reason).toMatch(/granary:storage.projectId has changed from 1234567 to 7654321, .*another bucketPrefix/);
  });

  test.each([
    ["for a new bucket", { ...inputs, bucket: "before" }, moved],
    ["of a bucket without a policy until now", { ...inputs, policy: undefined }, inputs],
    ["when nothing changes", inputs, inputs],
    ["at the first time", {}, inputs],
  ])("is none %s", async (_when, olds, news) => {
    expect((await provider.check(olds as Partial<BucketInputs>, news)).failures).toBeUndefined();
  });
});
