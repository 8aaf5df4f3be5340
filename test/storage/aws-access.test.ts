import { beforeAll, describe, expect, test } from "vitest";
import type { PolicyDocument } from "../../components/storage/access";
import type { PreviewResult } from "../support/preview";
import { addedGrants, type GrantRow, isGranted } from "./support/added-grants";
import { account, isAllowed, type Request, simulatorIsThere } from "./support/simulator";
import { previewStore, withStorage } from "./support/stack";

// The documents of prod, put to a simulator of AWS's policy evaluation: conditions and all, which no local server evaluates.

const vpce = "vpce-0123456789abcdef0";
const administrator = `arn:aws:iam::${account}:role/break-glass`;
const deployer = `arn:aws:iam::${account}:role/deploy/granary`;
const names: Record<string, string> = {};
let stack: PreviewResult;
let grants: GrantRow[];

const parse = (text: unknown): PolicyDocument => JSON.parse(String(text));
const roleArn = (workload: string) => `arn:aws:iam::${account}:role/granary/granary-prod-${workload}`;
const session = (workload: string) => `arn:aws:sts::${account}:assumed-role/granary-prod-${workload}/session`;

const identityOf = (workload: string) =>
  stack
    .ofType("aws:iam/rolePolicy:RolePolicy")
    .filter(({ name }) => name.startsWith(`store-${workload}-`))
    .map(({ inputs }) => parse(inputs.policy));
const policyOf = (purpose: string) => parse(stack.resource(`store-${purpose}-policy`, "aws:s3/bucketPolicy:BucketPolicy").inputs.policy);
/** The simulator knows no encryption contexts, so another of KMS's conditions lends its name to it. */
const keyPolicyOf = (purpose: string) =>
  parse(String(stack.resource(`store-${purpose}-key`).inputs.policy).replaceAll("kms:EncryptionContext:aws:s3:arn", bucketContext));
const bucketContext = "kms:EncryptionAlgorithm";
const bucketOf = (purpose: string) => names[purpose] ?? "";

/** A request as pods make it: over TLS 1.3, through the VPC endpoint. */
function request(workload: string, purpose: string, action: string, key: string, context: Request["context"] = {}): Request {
  const resource = `arn:aws:s3:::${bucketOf(purpose)}${key ? `/${key}` : ""}`;
  return {
    principal: session(workload),
    action,
    resource,
    context: { ...usual, "aws:PrincipalArn": roleArn(workload), ...context },
    identity: identityOf(workload),
    resourcePolicy: policyOf(purpose),
  };
}
const usual = { "aws:SecureTransport": "true", "s3:TlsVersion": "1.3", "aws:SourceVpce": vpce };

describe.skipIf(!simulatorIsThere)("access in AWS, as the simulator sees it", () => {
  beforeAll(async () => {
    stack = await previewStore(
      "prod",
      withStorage("prod", {
        grants: addedGrants("platform"),
        administrators: [administrator],
        deployers: [deployer],
        vpcEndpoint: { kind: "existing", id: vpce },
        replication: { region: "eu-west-1" },
        dataEvents: { enabled: true },
      }),
    );
    for (const purpose of ["loki-chunks", "loki-ruler", "tempo-traces", "access-logs", "trail", "loki-chunks-replica"])
      names[purpose] = String(stack.resource(`store-${purpose}-bucket`).inputs.bucket);
    const added = addedGrants("platform").map(({ prefix = "", ...grant }) => ({ ...grant, prefix }));
    grants = [...(stack.outputs.grants as unknown as GrantRow[]), ...added];
  });

  const onObjects = { "s3:GetObject": "read", "s3:PutObject": "write", "s3:DeleteObject": "delete", "s3:PutObjectTagging": "tag" };
  const onBuckets = [
    "s3:GetBucketPolicy",
    "s3:PutBucketPolicy",
    "s3:DeleteBucketPolicy",
    "s3:PutLifecycleConfiguration",
    "s3:DeleteBucket",
  ];
  const workloads = ["loki", "tempo", "backup", "auditor", "importer", "stranger"];
  const prefixes = ["platform/", "payments/", "index/"];

  test.each(workloads)("%s may do exactly what is granted, in every bucket", async (workload) => {
    const wrong: string[] = [];
    let tried = 0;
    const holds = async (expected: boolean, asked: Request) => {
      tried += 1;
      if ((await isAllowed(asked)) !== expected)
        wrong.push(`${asked.action} ${asked.resource} should be ${expected ? "allowed" : "denied"}`);
    };
    for (const purpose of ["loki-chunks", "loki-ruler", "tempo-traces"]) {
      for (const prefix of prefixes) {
        for (const [action, granted] of Object.entries(onObjects))
          await holds(isGranted(grants, workload, purpose, prefix, granted), request(workload, purpose, action, `${prefix}object`));
        const list = request(workload, purpose, "s3:ListBucket", "", { "s3:prefix": prefix });
        await holds(isGranted(grants, workload, purpose, prefix, "list"), list);
      }
      await holds(isGranted(grants, workload, purpose, "", "list"), request(workload, purpose, "s3:ListBucket", ""));
      for (const action of onBuckets) await holds(false, request(workload, purpose, action, ""));
    }
    expect(wrong).toEqual([]);
    expect(tried).toBe(63);
  });

  const get = (context: Request["context"] = {}) => request("loki", "loki-chunks", "s3:GetObject", "platform/object", context);
  const put = (context: Request["context"] = {}) => request("loki", "loki-chunks", "s3:PutObject", "platform/object", context);

  test.each<[string, () => Request, boolean]>([
    ["a good request", get, true],
    ["plain HTTP", () => get({ "aws:SecureTransport": "false" }), false],
    ["TLS 1.1", () => get({ "s3:TlsVersion": "1.1" }), false],
    ["another VPC endpoint", () => get({ "aws:SourceVpce": "vpce-fedcba98765432100" }), false],
    [
      "no VPC endpoint",
      () => {
        const { context, ...rest } = get();
        const { "aws:SourceVpce": _, ...outside } = context ?? {};
        return { ...rest, context: outside };
      },
      false,
    ],
    ["an object under the bucket's own encryption", put, true],
    ["an object under KMS by name", () => put({ "s3:x-amz-server-side-encryption": "aws:kms" }), true],
    ["an object under S3's own key", () => put({ "s3:x-amz-server-side-encryption": "AES256" }), false],
  ])("%s", async (_what, asked, expected) => {
    expect(await isAllowed(asked())).toBe(expected);
  });

  const everything: PolicyDocument = { Version: "2012-10-17", Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }] };

  test("an administrator of the account manages the bucket, but reads nothing in it unless named", async () => {
    const as = (role: string, action: string, key: string) => ({
      ...request("loki", "loki-chunks", action, key, { "aws:PrincipalArn": `arn:aws:iam::${account}:role/${role}` }),
      principal: `arn:aws:sts::${account}:assumed-role/${role}/session`,
      identity: [everything],
    });
    expect(await isAllowed(as("admin", "s3:PutBucketPolicy", ""))).toBe(true);
    expect(await isAllowed(as("admin", "s3:PutLifecycleConfiguration", ""))).toBe(true);
    for (const action of ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:GetObjectVersion", "s3:DeleteObjectVersion"])
      expect(await isAllowed(as("admin", action, "platform/object"))).toBe(false);
    expect(await isAllowed(as("admin", "s3:ListBucket", ""))).toBe(false);
    expect(await isAllowed(as("break-glass", "s3:GetObject", "platform/object"))).toBe(true);
  });

  describe("whoever runs Pulumi", () => {
    const ask = (purpose: string, action: string, key = "", context: Record<string, string> = {}): Request => ({
      principal: `arn:aws:sts::${account}:assumed-role/granary/session`,
      action,
      resource: `arn:aws:s3:::${bucketOf(purpose)}${key && `/${key}`}`,
      context: {
        "aws:SecureTransport": "true",
        "s3:TlsVersion": "1.3",
        "aws:PrincipalIsAWSService": "false",
        "aws:PrincipalArn": deployer,
        ...context,
      },
      identity: [everything],
      resourcePolicy: policyOf(purpose),
    });
    const ways = { "past the VPC endpoint": {}, "through the VPC endpoint": { "aws:SourceVpce": vpce } };
    const buckets = ["loki-chunks", "loki-ruler", "tempo-traces", "access-logs", "trail", "loki-chunks-replica"];

    // The provider's every read of a bucket begins with HeadBucket, for which S3 asks for s3:ListBucket.
    test.each(Object.entries(ways))("sees every bucket, and nothing in it, %s", async (_way, context) => {
      for (const purpose of buckets) {
        expect(await isAllowed(ask(purpose, "s3:ListBucket", "", context))).toBe(true);
        for (const action of ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:PutLifecycleConfiguration", "s3:PutBucketVersioning"])
          expect(await isAllowed(ask(purpose, action, "", context))).toBe(true);
        for (const action of ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"])
          expect(await isAllowed(ask(purpose, action, "platform/object", context))).toBe(false);
        expect(await isAllowed(ask(purpose, "s3:ListBucketVersions", "", context))).toBe(false);
      }
    });

    test("is nobody else: others list nothing, administrators nothing of a workload's past the VPC endpoint", async () => {
      const as = (arn: string, purpose: string, context = {}) => ask(purpose, "s3:ListBucket", "", { "aws:PrincipalArn": arn, ...context });
      for (const purpose of buckets)
        expect(await isAllowed(as(`arn:aws:iam::${account}:role/admin`, purpose, { "aws:SourceVpce": vpce }))).toBe(false);
      expect(await isAllowed(as(administrator, "loki-chunks"))).toBe(false);
      expect(await isAllowed(as(administrator, "loki-chunks", { "aws:SourceVpce": vpce }))).toBe(true);
      expect(await isAllowed(as(administrator, "access-logs"))).toBe(true);
    });
  });

  test("the key is used through S3, for its own bucket, by those who hold grants", async () => {
    const key = `arn:aws:kms:eu-central-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    const use = (
      workload: string,
      context: Record<string, string> = {},
      action = "kms:Decrypt",
      identity: PolicyDocument[] = [],
    ): Request => ({
      // By the role's own ARN: a session's has lost the path, which AWS knows and the simulator does not.
      principal: roleArn(workload),
      action,
      resource: key,
      context: {
        "aws:PrincipalArn": roleArn(workload),
        "kms:ViaService": "s3.eu-central-1.amazonaws.com",
        [bucketContext]: `arn:aws:s3:::${bucketOf("loki-chunks")}`,
        ...context,
      },
      identity,
      resourcePolicy: keyPolicyOf("loki-chunks"),
    });
    expect(await isAllowed(use("loki"))).toBe(true);
    expect(await isAllowed(use("loki", {}, "kms:GenerateDataKey"))).toBe(true);
    expect(await isAllowed(use("auditor"))).toBe(true);
    expect(await isAllowed(use("tempo"))).toBe(false);
    expect(await isAllowed(use("loki", { "kms:ViaService": "ec2.eu-central-1.amazonaws.com" }))).toBe(false);
    expect(await isAllowed(use("loki", { [bucketContext]: `arn:aws:s3:::${bucketOf("tempo-traces")}` }))).toBe(false);
    expect(await isAllowed(use("loki", {}, "kms:ScheduleKeyDeletion"))).toBe(false);
    // The account manages the key, and even its administrators read nothing with it.
    expect(await isAllowed(use("admin", {}, "kms:Decrypt", [everything]))).toBe(false);
    expect(await isAllowed(use("admin", {}, "kms:PutKeyPolicy", [everything]))).toBe(true);
  });

  test("copies are made by S3's own role, past the VPC endpoint, and by nobody else", async () => {
    const {
      principal: _p,
      context,
      ...copy
    } = request("replication", "loki-chunks", "s3:GetObjectVersionForReplication", "platform/object");
    const { "aws:SourceVpce": _e, ...outside } = context ?? {};
    const [policy] = stack.ofType("aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name === "store-loki-chunks-replication-policy");
    const asked = { ...copy, principal: session("replication"), context: outside, identity: [parse(policy?.inputs.policy)] };
    expect(await isAllowed(asked)).toBe(true);
    expect(await isAllowed({ ...asked, action: "s3:GetObject" })).toBe(false);
    const replica = String(stack.resource("store-loki-chunks-replica-bucket").inputs.bucket);
    const write = {
      ...asked,
      action: "s3:ReplicateObject",
      resource: `arn:aws:s3:::${replica}/platform/object`,
      resourcePolicy: policyOf("loki-chunks-replica"),
    };
    expect(await isAllowed(write)).toBe(true);
    expect(
      await isAllowed({
        ...write,
        principal: session("loki"),
        identity: identityOf("loki"),
        action: "s3:GetObject",
        context: { ...outside, "aws:PrincipalArn": roleArn("loki") },
      }),
    ).toBe(false);
  });

  test("roles are taken on by their own service accounts with the right audience", async () => {
    const issuer = "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";
    // The simulator knows the keys of public issuers alone, so this one borrows the name of another for them.
    const known = "accounts.google.com";
    const trust = parse(String(stack.resource("store-loki-role-role").inputs.assumeRolePolicy).replaceAll(`${issuer}:`, `${known}:`));
    const assume = (sub: string, aud: string): Request => ({
      principal: `arn:aws:iam::${account}:oidc-provider/${issuer}`,
      action: "sts:AssumeRoleWithWebIdentity",
      resource: roleArn("loki"),
      context: { [`${known}:sub`]: sub, [`${known}:aud`]: aud },
      resourcePolicy: trust,
    });
    const own = "system:serviceaccount:observability:loki";
    expect(await isAllowed(assume(own, "sts.amazonaws.com"))).toBe(true);
    expect(await isAllowed(assume("system:serviceaccount:observability:tempo", "sts.amazonaws.com"))).toBe(false);
    expect(await isAllowed(assume("system:serviceaccount:default:loki", "sts.amazonaws.com"))).toBe(false);
    expect(await isAllowed(assume(own, "https://kubernetes.default.svc"))).toBe(false);
  });

  test("access logs and events are written by their services, and read by administrators alone", async () => {
    const log = (service: string, purpose: string, key: string, context: Record<string, string>): Request => ({
      principal: service,
      action: "s3:PutObject",
      resource: `arn:aws:s3:::${bucketOf(purpose)}/${key}`,
      context: {
        "aws:SecureTransport": "true",
        "s3:TlsVersion": "1.3",
        "aws:PrincipalIsAWSService": "true",
        "aws:SourceAccount": account,
        ...context,
      },
      resourcePolicy: policyOf(purpose),
    });
    const source = (bucket: string) => ({ "aws:SourceArn": `arn:aws:s3:::${bucket}` });
    const logging = "logging.s3.amazonaws.com";
    expect(await isAllowed(log(logging, "access-logs", "x", source(bucketOf("loki-chunks"))))).toBe(true);
    expect(await isAllowed(log(logging, "access-logs", "x", source("someone-elses")))).toBe(false);
    expect(
      await isAllowed(log(logging, "access-logs", "x", { ...source(bucketOf("loki-chunks")), "aws:SourceAccount": "210987654321" })),
    ).toBe(false);
    const trail = {
      "aws:SourceArn": `arn:aws:cloudtrail:eu-central-1:${account}:trail/granary-prod-objects`,
      "s3:x-amz-acl": "bucket-owner-full-control",
    };
    expect(await isAllowed(log("cloudtrail.amazonaws.com", "trail", `AWSLogs/${account}/x`, trail))).toBe(true);
    expect(await isAllowed(log("cloudtrail.amazonaws.com", "trail", "elsewhere", trail))).toBe(false);
    const read = (role: string): Request => ({
      principal: `arn:aws:sts::${account}:assumed-role/${role}/session`,
      action: "s3:GetObject",
      resource: `arn:aws:s3:::${bucketOf("access-logs")}/x`,
      context: { ...usual, "aws:PrincipalIsAWSService": "false", "aws:PrincipalArn": `arn:aws:iam::${account}:role/${role}` },
      identity: [everything],
      resourcePolicy: policyOf("access-logs"),
    });
    expect(await isAllowed(read("admin"))).toBe(false);
    expect(await isAllowed(read("break-glass"))).toBe(true);
  });
});
