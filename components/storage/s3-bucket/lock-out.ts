// Policies at Hetzner deny everything to all keys but the named ones. One that leaves out the key in use locks out whoever could mend it.

/** Who sets the policy: its key, and the project that owns the bucket, as far as the store says so. */
export interface Caller {
  readonly accessKeyId: string;
  readonly owner?: string | undefined;
}

interface Statement {
  readonly Effect: string;
  readonly Principal?: { readonly AWS?: string | readonly string[] };
  readonly NotPrincipal?: { readonly AWS?: string | readonly string[] };
}

const setting = "granary:storage.administratorKeyIds";
const namesKey = (principals: readonly string[], accessKeyId: string) => principals.some((name) => name.endsWith(`:${accessKeyId}`));

/** Whether the policy tells keys of one project from each other. */
export const narrowsKeys = (policy: string | undefined): policy is string => spared(policy).length > 0;

export function lockOutProblem(policy: string, { accessKeyId, owner }: Caller): string | undefined {
  if (spared(policy).some((principals) => !namesKey(principals, accessKeyId)))
    return `its policy would deny everything to ${accessKeyId}, the key that Pulumi runs with; put that id into ${setting}, or run Pulumi with a key whose id is there`;
  if (narrowed(policy).some((principals) => namesKey(principals, accessKeyId)))
    return `its policy narrows ${accessKeyId}, the key that Pulumi runs with, since it is a workload's; run Pulumi with a key whose id is in ${setting}`;
  const project = projectOf(policy);
  const owning = /^p([0-9]+)$/.exec(owner ?? "")?.[1];
  return owning && project && owning !== project
    ? `its policy would deny everything to every key: it names those of project ${project}, but the bucket is in project ${owning}; correct granary:storage.projectId`
    : undefined;
}

/** A bucket stays in its project, so its policy must go on naming that project's keys. */
export function projectProblem(before: string | undefined, after: string | undefined): string | undefined {
  const [was, is] = [projectOf(before), projectOf(after)];
  return was && is && was !== is
    ? `granary:storage.projectId has changed from ${was} to ${is}, but a bucket stays in its project: the new policy would lock out every key; set it back, or take another bucketPrefix for buckets in project ${is}`
    : undefined;
}

const projectOf = (policy: string | undefined): string | undefined => /:user\/p([0-9]+):/.exec(spared(policy)[0]?.[0] ?? "")?.[1];

const spared = (policy: string | undefined) => principalsOf(policy, ({ NotPrincipal }) => NotPrincipal);
const narrowed = (policy: string | undefined) => principalsOf(policy, ({ Principal }) => Principal);

function principalsOf(policy: string | undefined, of: (statement: Statement) => Statement["Principal"]): string[][] {
  const { Statement: statements = [] } = JSON.parse(policy ?? "{}") as { Statement?: readonly Statement[] };
  return statements.flatMap((statement) => {
    const { AWS } = of(statement) ?? {};
    return statement.Effect === "Deny" && AWS !== undefined ? [[AWS].flat()] : [];
  });
}
