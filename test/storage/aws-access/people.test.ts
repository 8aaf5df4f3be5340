import { beforeAll, describe, expect, test } from "vitest";
import { administrator, bucketOf, deployer, everything, loadProd, policyOf, request, vpce } from "../support/aws-requests";
import { account, isAllowed, type Request, simulatorIsThere } from "../support/simulator";

describe.skipIf(!simulatorIsThere)("access in AWS, as the simulator sees it", () => {
  beforeAll(loadProd);

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
});
