import { describe, expect, test } from "vitest";
import { accessOf, allowStatements, type PolicyDocument, render, sid } from "../../components/storage/access";
import { irsaTrust, partitionOf, podIdentityTrust, rolePolicy } from "../../components/storage/access/aws";
import { hetznerBucketPolicy } from "../../components/storage/access/hetzner";
import { rgwBucketPolicy, rgwUser } from "../../components/storage/access/rgw";
import type { Action, Grant, Workload } from "../../components/storage/store";

const workload = (name: string): Workload => ({ name, namespace: "observability", serviceAccounts: [name] });
const grant = (name: string, actions: Action[], prefix = ""): Grant => ({ workload: workload(name), actions, prefix });
const actionsOf = ({ Statement }: PolicyDocument): string[] => Statement.flatMap(({ Action }) => Action).sort();

const loki = grant("loki", ["read", "write", "delete", "list"]);
const tempo = grant("tempo", ["read", "write", "delete", "list", "tag"]);

describe("grants", () => {
  test("of one workload under one prefix are united, and the order in which they come doesn't matter", () => {
    const one = [grant("a", ["write"], "x/"), grant("a", ["read", "list"], "x/"), grant("b", ["read"])];
    expect(accessOf(one)).toEqual(accessOf([...one].reverse()));
    expect(accessOf(one)[0]).toEqual({
      workload: "a",
      prefix: "x/",
      objects: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      list: true,
    });
  });

  test("on the whole bucket list it without a condition; below a prefix they list that alone", () => {
    const [whole] = allowStatements("bucket", [grant("a", ["list"])]);
    expect(whole).not.toHaveProperty("Condition");
    const [below] = allowStatements("bucket", [grant("a", ["list"], "x/")]);
    expect(below?.Condition).toEqual({ StringLike: { "s3:prefix": ["x/", "x/*"] } });
    expect(below?.Resource).toEqual(["arn:aws:s3:::bucket"]);
  });

  test("that give nothing say nothing", () => {
    expect(allowStatements("bucket", [grant("a", [])])).toEqual([]);
  });

  test("make ids of letters and digits", () => {
    expect(sid("loki", "objects", "loki-chunks", "team_a/b/")).toBe("LokiObjectsLokiChunksTeamAB");
  });
});

describe("roles in AWS", () => {
  test("give Loki the least that it needs, and Tempo tagging besides", () => {
    expect(actionsOf(rolePolicy("b", [loki], "aws"))).toEqual([
      "s3:AbortMultipartUpload",
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:ListBucket",
      "s3:PutObject",
    ]);
    expect(actionsOf(rolePolicy("b", [tempo], "aws")).filter((action) => /Tagging/.test(action))).toEqual([
      "s3:GetObjectTagging",
      "s3:PutObjectTagging",
    ]);
  });

  test("name no action that AWS doesn't have, no wildcard and no other bucket", () => {
    const text = render(rolePolicy("b", [loki, tempo], "aws"));
    expect(text).not.toContain("s3:ListObjects");
    expect(text).not.toMatch(/"(?:s3:)?\*"/);
    for (const { Resource } of rolePolicy("b", [loki, tempo], "aws").Statement)
      for (const arn of Resource ?? []) expect(["arn:aws:s3:::b", "arn:aws:s3:::b/*"]).toContain(arn);
  });

  test("use a key that is given for this bucket alone; a key of the bucket's own names them itself", () => {
    const arn = "arn:aws:kms:eu-central-1:123456789012:key/x";
    expect(rolePolicy("b", [loki], "aws", arn).Statement.at(-1)).toEqual({
      Sid: "UseKey",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: [arn],
      Condition: { StringEquals: { "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::b" } },
    });
    expect(render(rolePolicy("b", [loki], "aws"))).not.toContain("kms:");
  });

  test("are trusted to service accounts and audience by equality, both of them", () => {
    const arn = "arn:aws:iam::123456789012:oidc-provider/issuer";
    const [statement] = irsaTrust({ arn, issuer: "issuer", audience: "sts.amazonaws.com" }, workload("loki")).Statement;
    expect(statement?.Condition).toEqual({
      StringEquals: { "issuer:aud": "sts.amazonaws.com", "issuer:sub": ["system:serviceaccount:observability:loki"] },
    });
    expect(statement?.Principal).toEqual({ Federated: arn });
  });

  test("are trusted to pods of one cluster, namespace and service account by Pod Identity", () => {
    const cluster = "arn:aws:eks:eu-central-1:123456789012:cluster/prod";
    const [statement] = podIdentityTrust(cluster, "123456789012", workload("loki")).Statement;
    expect(statement).toMatchObject({
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: {
        ArnEquals: { "aws:SourceArn": cluster },
        StringEquals: {
          "aws:RequestTag/kubernetes-namespace": "observability",
          "aws:RequestTag/kubernetes-service-account": ["loki"],
          "aws:SourceAccount": "123456789012",
        },
      },
    });
  });

  test.each([
    ["eu-central-1", "aws"],
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
  ])("%s is in %s", (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
  });
});

describe("policies on Ceph's gateway", () => {
  const args = { bucket: "b", grants: [loki], principalOf: (name: string) => [rgwUser(`granary-${name}`)] };

  test("name users as the gateway knows them", () => {
    const principals = rgwBucketPolicy({ ...args, tls: false }).Statement.map(({ Principal }) => Principal);
    expect(principals).toEqual([{ AWS: ["arn:aws:iam:::user/granary-loki"] }, { AWS: ["arn:aws:iam:::user/granary-loki"] }]);
  });

  test("refuse plain HTTP although the gateway then leaves aws:SecureTransport out", () => {
    const deny = rgwBucketPolicy({ ...args, tls: true }).Statement.at(-1);
    expect(deny).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Condition: { BoolIfExists: { "aws:SecureTransport": "false" } },
    });
    expect(rgwBucketPolicy({ ...args, tls: false }).Statement.filter(({ Effect }) => Effect === "Deny")).toEqual([]);
  });
});

describe("policies at Hetzner", () => {
  const policy = hetznerBucketPolicy({
    bucket: "b",
    grants: [loki, grant("auditor", ["read", "list"], "fake/")],
    projectId: "7",
    accessKeyIds: { loki: ["NEW", "OLD"], auditor: ["AUDIT"] },
    administratorKeyIds: ["ADMIN"],
  });

  test("deny every key of the project but those that are named, the administrator's among them", () => {
    const [first] = policy.Statement;
    expect(first).toMatchObject({ Effect: "Deny", Action: "s3:*", Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"] });
    const keys = ["ADMIN", "AUDIT", "NEW", "OLD"].map((id) => `arn:aws:iam:::user/p7:${id}`);
    expect(first?.NotPrincipal).toEqual({ AWS: keys });
  });

  test("deny only: Allow narrows nothing there", () => {
    expect(policy.Statement.every(({ Effect }) => Effect === "Deny")).toBe(true);
  });

  test("name neither NotAction, which is ignored there, nor an action that fails the whole policy", () => {
    const text = render(policy);
    expect(text).not.toMatch(/NotAction|PutEncryptionConfiguration|PutBucketOwnershipControls/);
  });

  test("narrow both keys of a workload whose keys are being changed", () => {
    const narrowed = policy.Statement.filter(({ Sid }) => Sid.includes("Loki"));
    for (const { Principal } of narrowed) expect(JSON.stringify(Principal)).toMatch(/p7:NEW","arn:aws:iam:::user\/p7:OLD"/);
    const denied = new Set(narrowed.flatMap(({ Action }) => Action));
    for (const action of ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"]) expect(denied).not.toContain(action);
    for (const action of [
      "s3:PutBucketPolicy",
      "s3:DeleteBucketPolicy",
      "s3:DeleteBucket",
      "s3:PutLifecycleConfiguration",
      "s3:PutObjectAcl",
      "s3:DeleteObjectVersion",
      "s3:BypassGovernanceRetention",
    ])
      expect(denied).toContain(action);
  });

  test("keep a prefix in listing, also where no prefix is asked for", () => {
    const elsewhere = policy.Statement.filter(({ Sid }) => Sid.endsWith("Elsewhere"));
    expect(elsewhere).toMatchObject([
      { Action: ["s3:ListBucket"], Condition: { StringNotLikeIfExists: { "s3:prefix": ["fake/", "fake/*"] } } },
      { Action: ["s3:GetObject"], NotResource: ["arn:aws:s3:::b/fake/*"] },
    ]);
  });

  test("fit into what the gateway takes, with ten workloads and more", () => {
    const names = Array.from({ length: 10 }, (_, i) => `workload-${i}`);
    const many = hetznerBucketPolicy({
      bucket: "granary-hz-loki-chunks",
      grants: names.map((name, i) => grant(name, ["read", "list"], `tenant-${i}/`)),
      projectId: "1234567",
      accessKeyIds: Object.fromEntries(names.map((name) => [name, [name.toUpperCase()]])),
      administratorKeyIds: ["ADMIN"],
    });
    expect(render(many).length).toBeLessThan(20 * 1024);
  });
});

test("the same grants give the same bytes", () => {
  const document = (grants: Grant[]) => render(rgwBucketPolicy({ bucket: "b", grants, principalOf: (name) => [name], tls: true }));
  expect(document([loki, tempo])).toBe(document([tempo, loki]));
});
