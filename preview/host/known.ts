// What is known of a resource before it exists, because it follows from its name. Everything else that a provider computes is unknown.
import { knownString, type Properties } from "../wire/values";

export interface Known {
  id?: string;
  outputs: Properties;
}
type Rule = (inputs: Properties) => Known | undefined;

const s3Bucket: Rule = (inputs) => {
  const bucket = knownString(inputs.bucket);
  return bucket === undefined ? undefined : { id: bucket, outputs: { arn: `arn:aws:s3:::${bucket}` } };
};

const named =
  (property: string): Rule =>
  (inputs) => {
    const name = knownString(inputs[property]);
    return name === undefined ? undefined : { id: name, outputs: {} };
  };

const rules: Readonly<Record<string, Rule>> = {
  "aws:s3/bucket:Bucket": s3Bucket,
  "aws:s3/bucketV2:BucketV2": s3Bucket,
  "aws:iam/role:Role": named("name"),
  "aws:iam/user:User": named("name"),
  "aws:iam/instanceProfile:InstanceProfile": named("name"),
  "aws:kms/alias:Alias": named("name"),
};

export function knownBeforeCreation(type: string, inputs: Properties): Known {
  return rules[type]?.(inputs) ?? { outputs: {} };
}
