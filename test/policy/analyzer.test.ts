// The pack as the engine meets it: in its own process, over the wire.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blank, type Resource } from "../../preview/host/resource";
import { marks, type Properties, signature, unknown } from "../../preview/wire/values";
import { Analyzer } from "../support/analyzer";
import { expectOk, previewStack } from "../support/preview";

const made = (type: string, name: string, inputs: Properties, extra: Partial<Resource> = {}): Resource => ({
  ...blank,
  custom: true,
  urn: `urn:pulumi:prod::granary::${type}::${name}`,
  type,
  name,
  inputs,
  outputs: inputs,
  protect: true,
  ...extra,
});
const keyType = "aws:kms/key:Key";
const secretType = "kubernetes:core/v1:Secret";
const names = (findings: readonly { policy: string; level: string }[]) => findings.map(({ policy, level }) => `${policy} ${level}`);

describe("the pack", () => {
  let analyzer: Analyzer;
  beforeAll(async () => {
    analyzer = await Analyzer.start();
  });
  afterAll(() => analyzer.stop());

  it("says what it demands, what it found and how to fix it", async () => {
    const [finding] = await analyzer.analyze(made(keyType, "a", { enableKeyRotation: false }));
    expect(finding).toMatchObject({ pack: "granary", policy: "kms-key-rotation", level: "mandatory" });
    expect(finding?.message).toBe(
      "KMS keys rotate by themselves.\na: enableKeyRotation is not true\nSet enableKeyRotation: true. With the level remediate the pack sets it itself.",
    );
  });
  it("lists what is unknown, as advice and by name, and goes on", async () => {
    const key = made(keyType, "a", { enableKeyRotation: unknown, deletionWindowInDays: 7 });
    expect(names(await analyzer.analyze(key))).toEqual(["kms-deletion-window mandatory"]);
    const [note, ...rest] = await analyzer.reviewStack([key]);
    expect(note).toMatchObject({ policy: "known-after-creation", level: "advisory", urn: key.urn });
    expect(note?.message).toContain("enableKeyRotation is known only after creation: kms-key-rotation will judge it in the update");
    expect(rest).toEqual([]);
  });
  it("judges in the update what the preview left open", async () => {
    expect(names(await analyzer.analyze(made(keyType, "a", { enableKeyRotation: unknown })))).toEqual([]);
    expect(names(await analyzer.analyze(made(keyType, "a", { enableKeyRotation: false })))).toEqual(["kms-key-rotation mandatory"]);
  });
  it("marks what a Secret holds, and leaves a marked one alone", async () => {
    const plain = made(secretType, "a", { stringData: { key: "value" } }, { protect: false });
    const { resource, findings } = await analyzer.review(plain);
    expect(names(findings)).toEqual(["secret-inputs-marked remediate"]);
    expect(resource.inputs.stringData).toEqual({ [signature]: marks.secret, value: { key: "value" } });
    expect((await analyzer.review({ ...resource, inputs: { ...resource.inputs } })).findings).toEqual([]);
  });
  it("refuses what it can't judge instead of failing", async () => {
    const odd: Properties[] = [
      { policy: 7 },
      { policy: "{" },
      { policy: [null] },
      { policy: { Statement: { Effect: [] } } },
      { rules: "x" },
      { spec: [] },
      { values: null },
      {},
    ];
    const types = new Set([
      "aws:iam/policy:Policy",
      "kubernetes:helm.sh/v3:Release",
      "kubernetes:apps/v1:Deployment",
      "kubernetes:objectbucket.io/v1alpha1:ObjectBucketClaim",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy",
      keyType,
    ]);
    for (const type of types)
      for (const inputs of odd) await expect(analyzer.analyze(made(type, "a", { ...inputs }))).resolves.toBeInstanceOf(Array);
    await expect(
      analyzer.reviewStack([...types].flatMap((type) => odd.map((inputs, i) => made(type, `a${i}`, inputs)))),
    ).resolves.toBeInstanceOf(Array);
  });
});

describe("a policy-config", () => {
  const rotation = made(keyType, "a", { enableKeyRotation: false });
  const asked = async <T>(config: Parameters<typeof Analyzer.start>[0], question: (analyzer: Analyzer) => Promise<T>): Promise<T> => {
    const analyzer = await Analyzer.start(config);
    try {
      return await question(analyzer);
    } finally {
      analyzer.stop();
    }
  };
  it("changes levels, settings and exceptions, and corrects where it is told to", async () => {
    const config = {
      "kms-key-rotation": "remediate" as const,
      "kms-deletion-window": "disabled" as const,
      "data-protected": { enforcementLevel: "advisory", localStacks: ["prod"] },
      exceptions: {
        list: [
          {
            rule: "access-no-wildcard-action",
            resource: `urn:pulumi:prod::granary::${keyType}::b`,
            reason: "a",
            owner: "b",
            until: "9999-12-31",
          },
        ],
      },
    };
    await asked(config, async (analyzer) => {
      const { resource, findings } = await analyzer.review(
        made(keyType, "a", { enableKeyRotation: false, deletionWindowInDays: 7 }, { protect: false }),
      );
      expect(names(findings)).toEqual(["kms-key-rotation remediate"]);
      expect(resource.inputs.enableKeyRotation).toBe(true);
      const policy = JSON.stringify({
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "kms:*", Resource: "*", Principal: { AWS: "arn:aws:iam::1:role/a" } },
      });
      expect(names(await analyzer.analyze(made(keyType, "b", { enableKeyRotation: true, policy })))).toEqual([]);
      expect(names(await analyzer.analyze(made(keyType, "c", { enableKeyRotation: true, policy })))).toEqual([
        "access-no-wildcard-action mandatory",
      ]);
      expect(await analyzer.reviewStack([])).toEqual([]);
    });
  });
  it("that makes an exception which nothing needs is a violation", async () => {
    const list = [{ rule: "kms-key-rotation", resource: "urn:pulumi:prod::granary::*::z", reason: "a", owner: "b", until: "9999-12-31" }];
    await asked({ exceptions: { list } }, async (analyzer) => {
      expect(names(await analyzer.analyze(rotation))).toEqual(["kms-key-rotation mandatory"]);
      expect(names(await analyzer.reviewStack([rotation]))).toEqual(["exceptions-needed mandatory"]);
    });
  });
});

describe("the stacks of this project", () => {
  it.each(["dev", "prod", "hetzner", "local"])("%s violates nothing and needs no exception", async (stack) => {
    const { policies } = await expectOk(previewStack(stack, { packs: ["policy"] }));
    expect(policies.filter(({ level }) => level !== "advisory")).toEqual([]);
    expect([...new Set(policies.map(({ policy }) => policy))].filter((policy) => policy !== "known-after-creation")).toEqual([]);
  });
});
