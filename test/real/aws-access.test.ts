import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ReportedResource } from "../../preview/report/report";
import { addedGrants, type GrantRow } from "../storage/support/added-grants";
import { previewStore, withStorage } from "../storage/support/stack";
import type { PreviewResult } from "../support/preview";
import { type Moto, moto } from "./servers";
import { assumeWithToken, query } from "./support/aws-api";
import { accessMatrix, type Cell, drawMatrix, wrongCells } from "./support/matrix";
import { s3 } from "./support/s3";
import { describeReal } from "./support/suite";

// The documents of prod on moto, which enforces policies on roles. It takes every condition for unmet and every Deny for met,
// so what depends on conditions, and buckets' own policies, are asked of a simulator instead (test/storage/aws-access).

const purposes = ["loki-chunks", "loki-ruler", "tempo-traces"];
const workloads = ["loki", "tempo", "backup", "auditor", "importer"];

describeReal("prod's documents on moto", [moto], () => {
  let aws: Moto;
  let stack: PreviewResult;
  let keeper: ReturnType<typeof s3>;
  const bucketOf = (purpose: string) => String(stack.resource(`store-${purpose}-bucket`).inputs.bucket);
  const of = (purpose: string, what: string) => stack.resource(`store-${purpose}-${what}`).inputs as Record<string, never>;

  beforeAll(async () => {
    aws = await moto.start();
    stack = await previewStore("prod", withStorage("prod", { grants: addedGrants("platform") }));
    keeper = s3(aws.endpoint, aws.credentials);
  });
  afterAll(() => aws?.stop());

  it("takes every document of every bucket", async () => {
    for (const purpose of purposes) {
      const Bucket = bucketOf(purpose);
      await keeper.send(new CreateBucketCommand({ Bucket }));
      await keeper.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
      await keeper.send(
        new PutBucketEncryptionCommand({
          Bucket,
          ServerSideEncryptionConfiguration: {
            Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" }, BucketKeyEnabled: true }],
          },
        }),
      );
      await keeper.send(
        new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: lifecycleOf(of(purpose, "lifecycle")) } }),
      );
      await keeper.send(new PutBucketPolicyCommand({ Bucket, Policy: of(purpose, "policy").policy }));
      await keeper.send(new DeleteBucketPolicyCommand({ Bucket }));
    }
  });

  it("lets each role do exactly what is granted", async () => {
    const inputs = ({ inputs }: ReportedResource) => inputs as Record<string, string>;
    const role = (name: string, AssumeRolePolicyDocument: string, Path = "/") =>
      query(aws, "iam", { Action: "CreateRole", RoleName: name, Path, AssumeRolePolicyDocument });
    for (const { name = "", path = "/", assumeRolePolicy = "" } of stack.ofType("aws:iam/role:Role").map(inputs))
      await role(name, assumeRolePolicy, path);
    for (const policy of stack.ofType("aws:iam/rolePolicy:RolePolicy")) {
      const { name = "", policy: PolicyDocument = "" } = inputs(policy);
      const RoleName = `granary-prod-${workloads.find((workload) => policy.name.startsWith(`store-${workload}-`))}`;
      await query(aws, "iam", { Action: "PutRolePolicy", RoleName, PolicyName: name, PolicyDocument });
    }
    const trust = stack.resource("store-loki-role-role").inputs.assumeRolePolicy;
    await role("granary-prod-stranger", String(trust), "/granary/");

    const actors: Record<string, ReturnType<typeof s3>> = {};
    for (const workload of [...workloads, "stranger"]) {
      const keys = await assumeWithToken(aws, `arn:aws:iam::123456789012:role/granary/granary-prod-${workload}`);
      actors[workload] = s3(aws.endpoint, keys);
    }
    const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
    await query(aws, "iam", { Action: "CreateUser", UserName: "keeper" });
    await query(aws, "iam", { Action: "PutUserPolicy", UserName: "keeper", PolicyName: "all", PolicyDocument: JSON.stringify(everything) });
    const key = await query(aws, "iam", { Action: "CreateAccessKey", UserName: "keeper" });
    const part = (name: string) => new RegExp(`<${name}>([^<]*)<`).exec(key)?.[1] ?? "";
    keeper = s3(aws.endpoint, { accessKeyId: part("AccessKeyId"), secretAccessKey: part("SecretAccessKey") });
    await aws.enforceAccess();

    const added = addedGrants("platform").map(({ prefix = "", ...grant }) => ({ ...grant, prefix }));
    const cells = await accessMatrix({
      actors,
      targets: purposes.map((purpose) => ({ purpose, bucket: bucketOf(purpose) })),
      prefixes: ["platform/", "payments/"],
      grants: [...(stack.outputs.grants as unknown as GrantRow[]), ...added],
      keeper,
      policyOf: (bucket) =>
        String(stack.ofType("aws:s3/bucketPolicy:BucketPolicy").find(({ inputs }) => inputs.bucket === bucket)?.inputs.policy),
    });
    const judged = cells.filter((cell) => !needsCondition(cell));
    console.log(drawMatrix("prod on moto, but for listing below a prefix", judged));
    expect(wrongCells(judged)).toEqual([]);
    expect(judged.length).toBeGreaterThan(200);
  });
});

/** The auditor may list below its prefix, which is a condition. */
const needsCondition = ({ actor, operation }: Cell): boolean => actor === "auditor" && operation === "List";

interface ProviderRule {
  id: string;
  status: "Enabled";
  filter: { prefix: string };
  expiration?: { days?: number; expiredObjectDeleteMarker?: boolean };
  noncurrentVersionExpiration?: { noncurrentDays: number };
  abortIncompleteMultipartUpload?: { daysAfterInitiation: number };
}

/** From the provider's words to the API's, as the provider does it. */
const lifecycleOf = ({ rules }: { rules?: ProviderRule[] }) =>
  (rules ?? []).map((rule) => ({
    ID: rule.id,
    Status: rule.status,
    Filter: { Prefix: rule.filter.prefix },
    ...(rule.expiration
      ? { Expiration: { Days: rule.expiration.days, ExpiredObjectDeleteMarker: rule.expiration.expiredObjectDeleteMarker } }
      : {}),
    ...(rule.noncurrentVersionExpiration
      ? { NoncurrentVersionExpiration: { NoncurrentDays: rule.noncurrentVersionExpiration.noncurrentDays } }
      : {}),
    ...(rule.abortIncompleteMultipartUpload
      ? { AbortIncompleteMultipartUpload: { DaysAfterInitiation: rule.abortIncompleteMultipartUpload.daysAfterInitiation } }
      : {}),
  }));
