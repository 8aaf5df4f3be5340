// Where resources carry access policies, what kind each is, and how long it may be.
import type { Resource } from "../resource";
import { type AccessDocument, readDocument } from "./documents";
import { at, fields, isFields, isUnknown, list, NotYetKnown } from "./values";

/** `endpoint`: what may pass a VPC endpoint; it narrows what other policies grant. */
export type DocumentKind = "identity" | "bucket" | "trust" | "key" | "endpoint" | "topic";

export interface FoundDocument extends AccessDocument {
  readonly kind: DocumentKind;
  readonly path: string;
}

interface Source {
  readonly path: string;
  readonly kind: DocumentKind;
  /** Characters without white space; for buckets bytes as written. */
  readonly limit: number;
  /** The field takes JSON text and nothing else. */
  readonly textOnly?: boolean;
}

const bucketLimit = 20 * 1024;

export const claimType = "kubernetes:objectbucket.io/v1alpha1:ObjectBucketClaim";

const sources: Readonly<Record<string, readonly Source[]>> = {
  "aws:iam/policy:Policy": [{ path: "policy", kind: "identity", limit: 6144 }],
  "aws:iam/rolePolicy:RolePolicy": [{ path: "policy", kind: "identity", limit: 10240 }],
  "aws:iam/userPolicy:UserPolicy": [{ path: "policy", kind: "identity", limit: 2048 }],
  "aws:iam/groupPolicy:GroupPolicy": [{ path: "policy", kind: "identity", limit: 5120 }],
  "aws:iam/role:Role": [
    { path: "assumeRolePolicy", kind: "trust", limit: 2048 },
    { path: "inlinePolicies", kind: "identity", limit: 10240 },
  ],
  "aws:s3/bucketPolicy:BucketPolicy": [{ path: "policy", kind: "bucket", limit: bucketLimit }],
  "aws:s3/bucket:Bucket": [{ path: "policy", kind: "bucket", limit: bucketLimit }],
  "aws:kms/key:Key": [{ path: "policy", kind: "key", limit: 32 * 1024 }],
  "aws:kms/keyPolicy:KeyPolicy": [{ path: "policy", kind: "key", limit: 32 * 1024 }],
  "aws:kms/replicaKey:ReplicaKey": [{ path: "policy", kind: "key", limit: 32 * 1024 }],
  "aws:ec2/vpcEndpoint:VpcEndpoint": [{ path: "policy", kind: "endpoint", limit: bucketLimit }],
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": [{ path: "policy", kind: "endpoint", limit: bucketLimit }],
  "aws:sns/topicPolicy:TopicPolicy": [{ path: "policy", kind: "topic", limit: 30 * 1024 }],
  [claimType]: [{ path: "spec.additionalConfig.bucketPolicy", kind: "bucket", limit: bucketLimit, textOnly: true }],
};

/** Custom mechanisms (a dynamic resource, a script) carry a bucket's policy under this name. */
const customSource: Source = { path: "policy", kind: "bucket", limit: bucketLimit, textOnly: true };
const isCustom = (type: string): boolean => type.startsWith("pulumi-nodejs:");

export function* documentsOf(resource: Resource): Generator<FoundDocument> {
  for (const source of sources[resource.type] ?? (isCustom(resource.type) ? [customSource] : [])) {
    const value = at(resource.props, source.path);
    if (value === undefined || value === null || value === "") continue;
    if (source.path !== "inlinePolicies") yield read(value, source, source.path);
    else {
      for (const [i, inline] of list(value).entries()) {
        const written = at(inline, "policy");
        if (written !== undefined) yield read(written, source, `inlinePolicies[${i}].policy`);
      }
    }
  }
}

function read(value: unknown, source: Source, path: string): FoundDocument {
  const problems: string[] = [];
  let written: string;
  if (typeof value === "string") written = value;
  else {
    if (source.textOnly) problems.push("is an object where the store reads a JSON string");
    else if (!isFields(value)) problems.push("is not a policy");
    if (JSON.stringify(value).split('"').some(isUnknown)) throw new NotYetKnown(path);
    written = JSON.stringify(fields(value));
  }
  const document = readDocument(written);
  const length = source.kind === "bucket" ? Buffer.byteLength(written) : document.compactLength;
  if (length > source.limit) problems.push(`is ${length} characters long; ${source.limit} are the limit`);
  return { ...document, problems: [...problems, ...document.problems], kind: source.kind, path };
}
