// Who may upload: by a bucket's policy, and by the policies of a user. Pure; seaweed-users.ts asks the store.
import { seaweedUser } from "../access/rgw";

export interface Uploader {
  readonly user: string;
  /** `arn:aws:s3:::granary-loki-chunks/*` */
  readonly resources: readonly string[];
}

interface Statement {
  readonly Effect: string;
  readonly Principal?: { readonly AWS?: string | readonly string[] } | string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

const upload = "s3:PutObject";
const listOf = (value: string | readonly string[] | undefined): string[] => (value === undefined ? [] : [value].flat());

/** SeaweedFS users that the bucket's policy allows to upload, by name. Policies for other stores name none. */
export function uploadersOf(policy: string | undefined): Uploader[] {
  const found = new Map<string, string[]>();
  for (const { Effect, Principal, Action, Resource } of statementsOf(policy)) {
    if (Effect !== "Allow" || typeof Principal !== "object" || !listOf(Action).includes(upload)) continue;
    for (const principal of listOf(Principal.AWS).filter((name) => name.startsWith(seaweedUser("")))) {
      const user = principal.slice(seaweedUser("").length);
      found.set(user, [...(found.get(user) ?? []), ...listOf(Resource)]);
    }
  }
  return [...found].map(([user, resources]) => ({ user, resources }));
}

/** Whether one of a user's policies allows uploads to all of `resource`. SeaweedFS shows `Write:<bucket>` as `s3:Put*` on the bucket. */
export function allowsUploads(policies: readonly string[], resource: string): boolean {
  const bucket = resource.slice(0, resource.indexOf("/"));
  return policies.flatMap(statementsOf).some(({ Effect, Action, Resource }) => {
    const covers = (pattern: string) => pattern === bucket || matches(pattern, resource);
    return Effect === "Allow" && listOf(Action).some((pattern) => matches(pattern, upload)) && listOf(Resource).some(covers);
  });
}

function statementsOf(policy: string | undefined): Statement[] {
  const { Statement: statements = [] } = JSON.parse(policy ?? "{}") as { Statement?: Statement | Statement[] };
  return [statements].flat();
}

function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(text);
}
