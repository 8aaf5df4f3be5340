// What a resource is for, from its type and its inputs as they are reported. Pure: what is unknown or secret is not mentioned.
import { masked } from "../host/secrets";
import { unknownText } from "../report/shown";
import { isObject, type Properties, type Value } from "../wire/values";
import { purposes } from "./purposes";

type Describe = (inputs: Properties, kind: string) => string;

export function describe({ type, inputs }: { type: string; inputs: Properties }): string {
  const purpose = purposes[type];
  if (purpose) return purpose;
  const [pkg = "", , kind = type] = type.split(":");
  const own = described[type] ?? families[pkg];
  return own ? own(inputs, kind) : words(kind || type);
}

/** A text or number at a path of properties, if it is known and no secret. */
function at(inputs: Properties, ...path: string[]): string | undefined {
  let value: Value | undefined = inputs;
  for (const key of path) value = isObject(value) ? value[key] : undefined;
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== unknownText && value !== masked ? value : undefined;
}

function inNamespace(namespace: string | undefined): string {
  return namespace ? ` in ${namespace}` : "";
}

function ofBucket(what: string): Describe {
  return (inputs) => joined(what, "of bucket", at(inputs, "bucket"));
}

/** "what name", or only what where the name is not known yet. */
function named(what: string, name: string | undefined): string {
  return name ? `${what} ${name}` : what;
}

/** "what preposition name", or only what where the name is not known yet. */
function joined(what: string, preposition: string, name: string | undefined): string {
  return name ? `${what} ${preposition} ${name}` : what;
}

const helmRelease: Describe = (inputs) => {
  const chart = at(inputs, "chart")?.split("/").at(-1);
  const version = at(inputs, "version");
  return `Helm release${chart ? ` of ${chart}` : ""}${version ? ` ${version}` : ""}${inNamespace(at(inputs, "namespace"))}`;
};

const s3: Readonly<Record<string, string>> = {
  BucketLifecycleConfiguration: "expiry rules",
  BucketOwnershipControls: "ownership",
  BucketPolicy: "access policy",
  BucketPublicAccessBlock: "public access block",
  BucketServerSideEncryptionConfiguration: "encryption",
  BucketVersioning: "versioning",
  BucketLogging: "access log",
  BucketReplicationConfig: "replication",
  BucketObjectLockConfiguration: "object lock",
  BucketNotification: "notifications",
};

const described: Readonly<Record<string, Describe>> = {
  "pulumi:pulumi:Stack": () => "everything that the program makes",
  "kubernetes:helm.sh/v3:Release": helmRelease,
  "kubernetes:helm.sh/v4:Chart": helmRelease,
  "kubernetes:core/v1:Namespace": (inputs) => named("namespace", at(inputs, "metadata", "name")),
  "kubernetes:objectbucket.io/v1alpha1:ObjectBucketClaim": (inputs) =>
    `bucket ${at(inputs, "spec", "bucketName") ?? at(inputs, "metadata", "name") ?? ""}, claimed${inNamespace(at(inputs, "metadata", "namespace"))}`,
  "kubernetes:ceph.rook.io/v1:CephObjectStoreUser": (inputs) => named("object store user", at(inputs, "metadata", "name")),
  "kubernetes:ceph.rook.io/v1:CephObjectStore": (inputs) =>
    `Ceph object store ${at(inputs, "metadata", "name") ?? ""}${inNamespace(at(inputs, "metadata", "namespace"))}`,
  "aws:s3/bucket:Bucket": (inputs) => named("bucket", at(inputs, "bucket")),
  "aws:iam/role:Role": (inputs) => named("role", at(inputs, "name")),
  "aws:iam/rolePolicy:RolePolicy": (inputs) => joined("permissions", "of role", at(inputs, "role")),
  "aws:kms/key:Key": (inputs) => at(inputs, "description") ?? "encryption key",
  "aws:kms/alias:Alias": (inputs) => named("name of an encryption key:", at(inputs, "name")),
  "pulumi-nodejs:dynamic/granary:S3Bucket": (inputs) => named("bucket", at(inputs, "bucket") ?? at(inputs, "name")),
  "random:index/randomPassword:RandomPassword": (inputs) => `${at(inputs, "length") ?? "some"} random characters`,
};

const families: Readonly<Record<string, Describe>> = {
  kubernetes: (inputs, kind) => {
    const name = at(inputs, "metadata", "name");
    return `${kind}${name ? ` ${name}` : ""}${inNamespace(at(inputs, "metadata", "namespace"))}`;
  },
  aws: (inputs, kind) => (s3[kind] ? ofBucket(s3[kind])(inputs, kind) : named(words(kind), at(inputs, "name"))),
  pulumi: (inputs, kind) => named(`provider ${kind}`, at(inputs, "version")),
};

/** "ObjectBucketClaim" -> "object bucket claim"; abbreviations stay as they are. */
function words(kind: string): string {
  return kind.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
}
