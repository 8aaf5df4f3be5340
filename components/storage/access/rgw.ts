// Bucket policies as Ceph's gateway reads them, and SeaweedFS after it: the bucket belongs to an owner whose key no workload has,
// so what is not allowed here is denied.
import { allowStatements, bucketArn, document, objectsArn, type PolicyDocument, type Statement } from "../access";
import type { Grant } from "../store";

export const rgwUser = (uid: string): string => `arn:aws:iam:::user/${uid}`;
export const seaweedUser = (name: string): string => `arn:aws:iam::000000000000:user/${name}`;

export interface RgwPolicyArgs {
  readonly bucket: string;
  readonly grants: readonly Grant[];
  readonly principalOf: (workload: string) => readonly string[];
  readonly tls: boolean;
}

export function rgwBucketPolicy({ bucket, grants, principalOf, tls }: RgwPolicyArgs): PolicyDocument {
  return document([...allowStatements(bucket, grants, principalOf), ...(tls ? [denyPlainHttp(bucket)] : [])]);
}

/** The gateway sets aws:SecureTransport on TLS and leaves it out on HTTP, so a plain `Bool … false` would never fire. */
export const denyPlainHttp = (bucket: string): Statement => ({
  Sid: "DenyPlainHttp",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [bucketArn(bucket), objectsArn(bucket)],
  Condition: { BoolIfExists: { "aws:SecureTransport": "false" } },
});
