// Buckets of every store in one shape, joined with the resources that hold their policies, lifecycles and settings.
import type { Graph, Resource } from "../resource";
import { claimType, documentsOf, type FoundDocument } from "./document-sources";
import { awsLifecycle, jsonLifecycle, type LifecycleRule } from "./lifecycles";
import { at, fields, knownOf, list, peek } from "./values";

export { claimType };
export const bucketType = "aws:s3/bucket:Bucket";
export const part = {
  policy: "aws:s3/bucketPolicy:BucketPolicy",
  encryption: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  versioning: "aws:s3/bucketVersioning:BucketVersioning",
  lifecycle: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  publicAccess: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  ownership: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  logging: "aws:s3/bucketLogging:BucketLogging",
  replication: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
  acl: "aws:s3/bucketAcl:BucketAcl",
} as const;
export type Part = keyof typeof part;

/** `ceph`: a claim on Rook. `compatible`: any other store that speaks S3 behind an endpoint of its own. */
export type StoreKind = "aws" | "ceph" | "compatible";

export class Bucket {
  constructor(
    readonly resource: Resource,
    readonly store: StoreKind,
    readonly name: string | undefined,
    private readonly parts: ReadonlyMap<string, readonly Resource[]>,
  ) {}

  part(kind: Part): readonly Resource[] {
    return this.parts.get(part[kind]) ?? [];
  }

  /** Every policy that the store would apply to this bucket. */
  policies(): FoundDocument[] {
    return [this.resource, ...this.part("policy")].flatMap((resource) => [...documentsOf(resource)]);
  }

  lifecycle(): readonly LifecycleRule[] {
    const separate = this.part("lifecycle");
    if (separate.length > 0) return separate.flatMap((resource) => awsLifecycle(at(resource.props, "rules")));
    if (this.store === "ceph") return jsonLifecycle(at(this.resource.props, "spec.additionalConfig.bucketLifecycle"));
    if (isCustomBucket(this.resource)) return jsonLifecycle(at(this.resource.props, "lifecycle"));
    return awsLifecycle(at(this.resource.props, "lifecycleRules"));
  }

  versioned(): boolean {
    const separate = this.part("versioning");
    if (separate.length > 0) return separate.some(({ props }) => at(props, "versioningConfiguration.status") === "Enabled");
    const { versioning } = this.resource.props;
    return versioning === true || fields(versioning).enabled === true;
  }
}

const isCustomBucket = ({ type, props }: Resource): boolean =>
  type.startsWith("pulumi-nodejs:") &&
  typeof props.bucket === "string" &&
  ("policy" in props || "lifecycle" in props || "versioning" in props);

/** Whether a resource of the AWS provider talks to another store. A provider's nested inputs arrive as JSON text. */
export function isCompatible({ provider }: Resource): boolean {
  const endpoints = provider?.props.endpoints;
  if (endpoints === undefined || endpoints === null) return false;
  const urls = (typeof endpoints === "string" ? endpoints : JSON.stringify(endpoints)).match(/https?:[^"\\]+/g) ?? [];
  return urls.some((url) => !/^https?:\/\/[^/]*\.amazonaws\.com/.test(url));
}

export function storeOf(resource: Resource): StoreKind {
  if (resource.type === claimType) return "ceph";
  return resource.type.startsWith("aws:") && !isCompatible(resource) ? "aws" : "compatible";
}

export const bucketsOf = (graph: Graph): readonly Bucket[] => graph.view(joinBuckets);

export const bucketAt = (graph: Graph, resource: Resource): Bucket | undefined => graph.view(bucketsByUrn).get(resource.urn);

export const isBucket = (resource: Resource): boolean =>
  resource.type === bucketType || resource.type === claimType || isCustomBucket(resource);

const bucketsByUrn = (graph: Graph): ReadonlyMap<string, Bucket> =>
  new Map(bucketsOf(graph).map((bucket) => [bucket.resource.urn, bucket]));

function joinBuckets(graph: Graph): readonly Bucket[] {
  const found = graph.resources.filter(isBucket);
  const parts = new Map(found.map((resource) => [resource.urn, new Map<string, Resource[]>()]));
  const urnByName = new Map(found.flatMap((resource) => namesOf(resource).map((name) => [name, resource.urn])));
  for (const type of Object.values(part)) {
    for (const resource of graph.ofType(type)) {
      const referred = resource.propertyDependencies.bucket?.find((urn) => parts.has(urn));
      const owner = parts.get(referred ?? urnByName.get(String(peek(resource.props, "bucket") ?? "")) ?? "");
      if (owner) owner.set(type, [...(owner.get(type) ?? []), resource]);
    }
  }
  return found.map((resource) => new Bucket(resource, storeOf(resource), namesOf(resource)[0], parts.get(resource.urn) ?? new Map()));
}

function namesOf({ type, props }: Resource): string[] {
  const names = type === claimType ? ["spec.bucketName"] : ["bucket", "id"];
  return names.map((path) => peek(props, path)).filter((name): name is string => typeof name === "string");
}

/** The AWS buckets that other buckets' access logs are written to. */
export const logTargets = (graph: Graph): ReadonlySet<string> =>
  graph.view((whole) => {
    const names = new Map(bucketsOf(whole).map((bucket) => [bucket.name ?? "", bucket.resource.urn]));
    const targets = whole
      .ofType(part.logging)
      .flatMap(({ props, propertyDependencies }) => [
        ...(propertyDependencies.targetBucket ?? []),
        names.get(String(peek(props, "targetBucket"))) ?? "",
      ]);
    return new Set(targets);
  });

/** The buckets whose objects are copied into this one. */
export const replicatedFrom = (graph: Graph, { name, resource }: Bucket): readonly Bucket[] => {
  const sources = graph.view(sourcesOfCopies);
  return [...new Set([...(sources.get(resource.urn) ?? []), ...(sources.get(name ?? "") ?? [])])];
};

/** By the copy's URN, where the rules refer to it, and by its name. */
function sourcesOfCopies(graph: Graph): ReadonlyMap<string, readonly Bucket[]> {
  const sources = new Map<string, Bucket[]>();
  for (const source of bucketsOf(graph)) {
    for (const { props, propertyDependencies } of source.part("replication")) {
      const named = knownOf(list(peek(props, "rules")), (rule) => [String(at(rule, "destination.bucket")).split(":::")[1] ?? ""]);
      const copies = [...named, ...(propertyDependencies.rules ?? [])].filter((copy) => copy !== source.resource.urn);
      for (const copy of copies) sources.set(copy, [...(sources.get(copy) ?? []), source]);
    }
  }
  return sources;
}
