import { beforeAll, describe, expect, test } from "vitest";
import {
  bucketOf,
  everything,
  identityOf,
  loadProd,
  parse,
  policyOf,
  request,
  roleArn,
  session,
  stack,
  usual,
} from "../support/aws-requests";
import { account, isAllowed, type Request, simulatorIsThere } from "../support/simulator";

describe.skipIf(!simulatorIsThere)("access in AWS, as the simulator sees it", () => {
  beforeAll(loadProd);

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
