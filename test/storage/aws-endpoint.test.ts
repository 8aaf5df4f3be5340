import { beforeAll, describe, expect, test } from "vitest";
import type { PolicyDocument } from "../../components/storage/access";
import type { PreviewResult } from "../support/preview";
import { account, isAllowed, simulatorIsThere } from "./support/simulator";
import { previewStore, type Settings, withStorage } from "./support/stack";

// What passes the gateway endpoint that Granary makes, put to a simulator of AWS's policy evaluation. Whoever asks may do everything
// by policies of their own, so that the endpoint alone decides.

const everything: PolicyDocument = { Version: "2012-10-17", Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }] };
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const loki = role("granary/granary-prod-loki");
const deployer = role("deploy/granary");
const administrator = role("break-glass");
const stranger = role("somebody");

const preview = (settings: Settings = {}) =>
  previewStore(
    "prod",
    withStorage("prod", {
      administrators: [administrator],
      deployers: [deployer],
      dataEvents: { enabled: true },
      replication: { region: "eu-west-1" },
      egress: ["52.219.44.0/22"],
      vpcEndpoint: { kind: "made", vpcId: "vpc-0123456789abcdef0", routeTableIds: ["rtb-0123456789abcdef0"], ...settings },
    }),
  );
const policyOf = (stack: PreviewResult): PolicyDocument => JSON.parse(String(stack.resource("store-vpc-endpoint").inputs.policy));

function passes(endpointPolicy: PolicyDocument, who: string, action: string, resource: string, context: Record<string, string> = {}) {
  return isAllowed({
    principal: who,
    action,
    resource: `arn:aws:s3:::${resource}`,
    context: { "aws:PrincipalArn": who, ...context },
    identity: [everything],
    endpointPolicy,
  });
}

describe.skipIf(!simulatorIsThere)("the endpoint", () => {
  let policy: PolicyDocument;
  let bucketOf: (purpose: string) => string;
  beforeAll(async () => {
    const stack = await preview();
    policy = policyOf(stack);
    bucketOf = (purpose) => String(stack.resource(`store-${purpose}-bucket`).inputs.bucket);
  });

  test.each<[string, string, string, string, boolean]>([
    ["Loki reads its chunks", loki, "s3:GetObject", "loki-chunks/platform/x", true],
    ["Loki writes its chunks", loki, "s3:PutObject", "loki-chunks/platform/x", true],
    ["Loki lists its bucket", loki, "s3:ListBucket", "loki-chunks", true],
    ["Loki changes no bucket", loki, "s3:PutBucketPolicy", "loki-chunks", false],
    ["a stranger reads nothing here", stranger, "s3:GetObject", "loki-chunks/platform/x", false],
    ["an administrator brings an old version back", administrator, "s3:GetObjectVersion", "loki-chunks/platform/x", true],
    ["an administrator reads the trail", administrator, "s3:GetObject", "trail/AWSLogs/x", true],
    ["whoever runs Pulumi reads a bucket's settings", deployer, "s3:GetLifecycleConfiguration", "loki-chunks", true],
    ["whoever runs Pulumi sees that a bucket is there", deployer, "s3:ListBucket", "access-logs", true],
    ["whoever runs Pulumi changes a policy", deployer, "s3:PutBucketPolicy", "trail", true],
    ["whoever runs Pulumi reads no object", deployer, "s3:GetObject", "loki-chunks/platform/x", false],
  ])("%s", async (_what, who, action, resource, expected) => {
    const [purpose = "", ...key] = resource.split("/");
    expect(await passes(policy, who, action, [bucketOf(purpose), ...key].join("/"))).toBe(expected);
  });

  test("nobody takes anything to a bucket of somebody else's, whoever they are", async () => {
    for (const who of [loki, deployer, administrator, stranger])
      for (const action of ["s3:PutObject", "s3:GetObject"]) expect(await passes(policy, who, action, "elsewhere/x")).toBe(false);
  });

  test("image layers of this region pass for everyone, unless nobody pulls from ECR", async () => {
    const layer = "prod-eu-central-1-starport-layer-bucket/1234-layer";
    const ecr = role("ecr");
    expect(await passes(policy, ecr, "s3:GetObject", layer)).toBe(true);
    expect(await passes(policy, ecr, "s3:PutObject", layer)).toBe(false);
    expect(await passes(policy, ecr, "s3:GetObject", "prod-us-east-1-starport-layer-bucket/1234-layer")).toBe(false);
    expect(await passes(policyOf(await preview({ imageLayers: false })), ecr, "s3:GetObject", layer)).toBe(false);
  });

  test("what else uses S3 passes by name, prefix and action", async () => {
    const others = [
      { bucket: "al2023-repos-eu-central-1", actions: ["read"] },
      { bucket: "backups", prefix: "shop/", actions: ["write", "list"] },
    ];
    const opened = policyOf(await preview({ others }));
    expect(await passes(opened, stranger, "s3:GetObject", "al2023-repos-eu-central-1/x")).toBe(true);
    expect(await passes(opened, stranger, "s3:PutObject", "al2023-repos-eu-central-1/x")).toBe(false);
    expect(await passes(opened, stranger, "s3:PutObject", "backups/shop/x")).toBe(true);
    expect(await passes(opened, stranger, "s3:PutObject", "backups/bank/x")).toBe(false);
    expect(await passes(opened, stranger, "s3:ListBucket", "backups", { "s3:prefix": "shop/" })).toBe(true);
    expect(await passes(opened, stranger, "s3:ListBucket", "backups", { "s3:prefix": "bank/" })).toBe(false);
  });

  test("copies in other regions don't pass: gateways serve their own region alone", async () => {
    const text = JSON.stringify(policy);
    expect(text).toContain(bucketOf("loki-chunks"));
    expect(text).not.toContain("replica");
    expect(text.length).toBeLessThan(20_480);
  });
});
