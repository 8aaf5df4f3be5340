// Grants as policy statements: what every dialect of S3 policies shares. The dialects are in access/.
import type { Action, Grant } from "./store";

export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly NotPrincipal?: Readonly<Record<string, readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export const document = (statements: readonly Statement[]): PolicyDocument => ({ Version: "2012-10-17", Statement: statements });

/** One line, keys in the order in which this code writes them: the same grants give the same bytes. */
export const render = (policy: PolicyDocument): string => JSON.stringify(policy);

/** What a grant on objects means. Whoever writes may also give up an upload of its own in parts. */
export const objectActions: Readonly<Record<Exclude<Action, "list">, readonly string[]>> = {
  read: ["s3:GetObject"],
  write: ["s3:PutObject", "s3:AbortMultipartUpload"],
  delete: ["s3:DeleteObject"],
  tag: ["s3:GetObjectTagging", "s3:PutObjectTagging"],
};

export const listAction = "s3:ListBucket";

export const bucketArn = (bucket: string, partition = "aws"): string => `arn:${partition}:s3:::${bucket}`;
export const objectsArn = (bucket: string, prefix = "", partition = "aws"): string => `${bucketArn(bucket, partition)}/${prefix}*`;

/** The grants of one workload under one prefix, its actions united and sorted. */
export interface Access {
  readonly workload: string;
  readonly prefix: string;
  readonly objects: readonly string[];
  readonly list: boolean;
}

export function accessOf(grants: readonly Grant[]): Access[] {
  const actions = new Map<string, { workload: string; prefix: string; actions: Set<Action> }>();
  for (const grant of grants) {
    const key = `${grant.workload.name} ${grant.prefix}`;
    const entry = actions.get(key) ?? { workload: grant.workload.name, prefix: grant.prefix, actions: new Set() };
    for (const action of grant.actions) entry.actions.add(action);
    actions.set(key, entry);
  }
  return [...actions.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { workload, prefix, actions: granted }]) => ({
      workload,
      prefix,
      objects: [...granted].flatMap((action) => (action === "list" ? [] : objectActions[action])).sort(),
      list: granted.has("list"),
    }));
}

/** `loki-chunks` and `team-a/` as part of a statement's id, which takes letters and digits alone. */
export function sid(...parts: readonly string[]): string {
  return parts
    .flatMap((part) => part.split(/[^A-Za-z0-9]+/))
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** Listing tells names, so a grant below a prefix lists below that prefix alone. */
export const listedUnder = (prefix: string): Statement["Condition"] =>
  prefix === "" ? undefined : { StringLike: { "s3:prefix": [prefix, `${prefix}*`] } };

export type PrincipalOf = (workload: string) => readonly string[];

/** What the grants allow, each workload under its principals' names; without principals, as a policy on an identity. */
export function allowStatements(bucket: string, grants: readonly Grant[], principalOf?: PrincipalOf, partition = "aws"): Statement[] {
  return accessOf(grants).flatMap(({ workload, prefix, objects, list }) => {
    const who = principalOf ? { Principal: { AWS: principalOf(workload) } } : {};
    const condition = listedUnder(prefix);
    const statements: Statement[] = [];
    if (list) {
      const base = { Sid: sid(workload, "lists", bucket, prefix), Effect: "Allow" as const, ...who };
      const allowed = { ...base, Action: [listAction], Resource: [bucketArn(bucket, partition)] };
      statements.push(condition ? { ...allowed, Condition: condition } : allowed);
    }
    if (objects.length > 0) {
      const base = { Sid: sid(workload, "objects", bucket, prefix), Effect: "Allow" as const, ...who };
      statements.push({ ...base, Action: objects, Resource: [objectsArn(bucket, prefix, partition)] });
    }
    return statements;
  });
}
