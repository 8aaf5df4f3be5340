// What a bucket's own policy must say, whatever else it grants.
import { type Bucket, bucketAt, bucketsOf } from "../readers/buckets";
import { hasWildcard, type Statement } from "../readers/documents";
import { text } from "../readers/values";
import type { Graph, Resource } from "../resource";
import { localStacks, type StackRule } from "../rule";

const buckets = (graph: Graph, wanted: (bucket: Bucket) => boolean): Resource[] =>
  bucketsOf(graph)
    .filter(wanted)
    .map(({ resource }) => resource);

const someStatement = (bucket: Bucket | undefined, fits: (statement: Statement) => boolean): boolean =>
  bucket?.policies().some(({ statements }) => statements.some(fits)) ?? false;

export const tlsOnly: StackRule = {
  id: "bucket-tls-only",
  group: "encryption",
  severity: "high",
  level: "mandatory",
  scope: "stack",
  settings: localStacks,
  demands: "Buckets on AWS and Ceph have a policy that denies everything over plain http.",
  reason: "Both also answer without TLS, S3 always and Ceph where somebody opens its port; only the bucket's own policy refuses it.",
  fix: "Deny s3:* to everyone on the bucket and its objects, where aws:SecureTransport is false; on Ceph by BoolIfExists.",
  names: { fsbp: ["S3.5"], cis: ["2.1.1"], checkov: ["CKV_AWS_379"] },
  subjects: (graph, { local }) => (local ? [] : buckets(graph, ({ store }) => store !== "compatible")),
  *check(resource, graph) {
    const bucket = bucketAt(graph, resource);
    if (!someStatement(bucket, (statement) => deniesPlain(statement, bucket?.name))) {
      yield "no statement of its policy denies all actions on the bucket and its objects to everyone over plain http";
    }
  },
};

function deniesPlain(statement: Statement, bucket: string | undefined): boolean {
  const [only, ...others] = statement.conditions;
  const everyone = statement.principals.some(({ kind, id }) => id === "*" && (kind === "*" || kind === "AWS"));
  return (
    deniesAll(statement, bucket) &&
    everyone &&
    statement.inversions.length === 0 &&
    others.length === 0 &&
    only?.key === "aws:securetransport" &&
    // Which of the two fires on Ceph is the business of `ceph-tls-condition`.
    /^bool(ifexists)?$/.test(only.operator) &&
    only.values.length === 1 &&
    only.values[0] === "false"
  );
}

/** A Deny of every action on this bucket and its objects; a policy of another bucket's name denies nothing here. */
function deniesAll({ allows, actions, resources }: Statement, bucket: string | undefined): boolean {
  const itself = (pattern: string) => pattern === "*" || (bucket === undefined ? !pattern.includes("/") : pattern.endsWith(`:::${bucket}`));
  const objects = (pattern: string) => pattern === "*" || pattern.endsWith(bucket === undefined ? "/*" : `:::${bucket}/*`);
  const everything = actions.some((action) => action === "s3:*" || action === "*");
  return !allows && everything && resources.some(itself) && resources.some(objects);
}

const isHetzner = ({ resource }: Bucket): boolean =>
  /\.your-objectstorage\.com/.test(`${text(resource.props.endpoint) ?? ""} ${JSON.stringify(resource.provider?.props.endpoints ?? "")}`);

export const projectKeysNarrowed: StackRule = {
  id: "hetzner-keys-narrowed",
  group: "least privilege",
  severity: "high",
  level: "mandatory",
  scope: "stack",
  demands: "A bucket at Hetzner shuts out every key of its project that it does not name.",
  reason: "There each key reaches every bucket of its project, and an Allow narrows nothing: only a Deny for everybody else does.",
  fix: "Deny s3:* on the bucket and its objects by NotPrincipal with the keys' full ARNs, or give each workload a project of its own and an exception here.",
  subjects: (graph) => buckets(graph, isHetzner),
  *check(resource, graph) {
    const bucket = bucketAt(graph, resource);
    if (!someStatement(bucket, (statement) => shutsOut(statement, bucket?.name))) {
      yield "no statement of its policy denies all actions on the bucket and its objects to all but named keys";
    }
  },
};

function shutsOut(statement: Statement, bucket: string | undefined): boolean {
  const { inversions, conditions, spared } = statement;
  const named = spared.length > 0 && spared.every(({ kind, id }) => kind === "AWS" && id.startsWith("arn:") && !hasWildcard(id));
  return deniesAll(statement, bucket) && inversions.join() === "NotPrincipal" && named && conditions.length === 0;
}
