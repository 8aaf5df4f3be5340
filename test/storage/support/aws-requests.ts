// The documents of prod in AWS, as requests to a simulator of AWS's policy evaluation: conditions and all, which no local server evaluates.
import type { PolicyDocument } from "../../../components/storage/access";
import type { PreviewResult } from "../../support/preview";
import { addedGrants, type GrantRow } from "./added-grants";
import { account, type Request } from "./simulator";
import { previewStore, withStorage } from "./stack";

export const vpce = "vpce-0123456789abcdef0";
export const administrator = `arn:aws:iam::${account}:role/break-glass`;
export const deployer = `arn:aws:iam::${account}:role/deploy/granary`;
const names: Record<string, string> = {};
export let stack: PreviewResult;
export let grants: GrantRow[];

export const parse = (text: unknown): PolicyDocument => JSON.parse(String(text));
export const roleArn = (workload: string) => `arn:aws:iam::${account}:role/granary/granary-prod-${workload}`;
export const session = (workload: string) => `arn:aws:sts::${account}:assumed-role/granary-prod-${workload}/session`;

export const identityOf = (workload: string) =>
  stack
    .ofType("aws:iam/rolePolicy:RolePolicy")
    .filter(({ name }) => name.startsWith(`store-${workload}-`))
    .map(({ inputs }) => parse(inputs.policy));
export const policyOf = (purpose: string) =>
  parse(stack.resource(`store-${purpose}-policy`, "aws:s3/bucketPolicy:BucketPolicy").inputs.policy);
/** The simulator knows no encryption contexts, so another of KMS's conditions lends its name to it. */
export const keyPolicyOf = (purpose: string) =>
  parse(String(stack.resource(`store-${purpose}-key`).inputs.policy).replaceAll("kms:EncryptionContext:aws:s3:arn", bucketContext));
export const bucketContext = "kms:EncryptionAlgorithm";
export const bucketOf = (purpose: string) => names[purpose] ?? "";

/** A request as pods make it: over TLS 1.3, through the VPC endpoint. */
export function request(workload: string, purpose: string, action: string, key: string, context: Request["context"] = {}): Request {
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
export const usual = { "aws:SecureTransport": "true", "s3:TlsVersion": "1.3", "aws:SourceVpce": vpce };

/** Once before all tests of a file. */
export async function loadProd(): Promise<void> {
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
}

/** What an administrator of the account is given. */
export const everything: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }],
};
