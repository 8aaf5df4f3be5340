import { beforeAll, describe, expect, test } from "vitest";
import type { PolicyDocument } from "../../../components/storage/access";
import { isGranted } from "../support/added-grants";
import {
  bucketContext,
  bucketOf,
  everything,
  grants,
  keyPolicyOf,
  loadProd,
  parse,
  request,
  roleArn,
  stack,
} from "../support/aws-requests";
import { account, isAllowed, type Request, simulatorIsThere } from "../support/simulator";

describe.skipIf(!simulatorIsThere)("access in AWS, as the simulator sees it", () => {
  beforeAll(loadProd);

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
});
