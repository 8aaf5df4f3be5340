// Changes as users make them, one after the other on a living stack: the plan is read first, then carried out.
import { expect, it } from "vitest";
import type { Kubernetes, Run, Settings, Step } from "../../servers";
import type { LivingStack } from "./living-stack";
import { isDefaultProvider } from "./resources";
import { podTemplates, restarted } from "./workloads";

export interface Change {
  readonly name: string;
  /** Keys of the stack's file. */
  readonly settings?: Settings;
  /** What changes outside of it: the environment, the program, the cluster. */
  readonly make?: (living: LivingStack) => void | Promise<void>;
  /** `op name` of every step. */
  readonly plan: readonly string[];
  /** Workloads with other pods afterwards, as `namespace/name`. */
  readonly restarts: readonly string[];
}

/** Types that hold data, and guards of data. */
const holdsData =
  /:(S3Bucket|ObjectBucketClaim|CephObjectStore|CephObjectStoreUser|Bucket|Key|Release|Namespace|TempoStack)$|::granary-logs-loki-schema/;

/** Notes in `seconds` how long plan and `up` of each take. */
export function changeOneByOne(changes: readonly Change[], living: () => LivingStack, seconds: Record<string, number | string>): void {
  it.each(changes)("$name", async ({ name, settings = {}, make, plan, restarts }) => {
    const { project, cluster } = living();
    const [templates, volumes] = await Promise.all([podTemplates(cluster.client), volumesOf(cluster)]);
    project.configure(settings);
    await make?.(living());

    const planned = await project.expectOk(project.preview());
    expect(lost(planned), planned.text).toEqual([]);
    // Soft, so that one mistaken plan does not spoil those that follow.
    expect.soft(stepsOf(planned), planned.text).toEqual([...plan].sort());

    const done = await project.expectOk(project.up());
    seconds[name] = `${planned.seconds.toFixed(1)} + ${done.seconds.toFixed(1)}`;
    expect.soft(stepsOf(done)).toEqual([...plan].sort());
    expect.soft(restarted(templates, await podTemplates(cluster.client))).toEqual([...restarts].sort());
    expect(await volumesOf(cluster)).toEqual(expect.arrayContaining(volumes));
  });
}

/** Without default providers, whose inputs are the stack's whole configuration. */
const ops = (run: Run): Step[] => run.steps.filter(({ op, urn }) => op !== "same" && op !== "read" && !isDefaultProvider(urn));
export const stepsOf = (run: Run): string[] =>
  ops(run)
    .map(({ op, name }) => `${op} ${name}`)
    .sort();

/** Steps that take away what holds data. */
export const lost = (run: Run): string[] =>
  ops(run)
    .filter(({ op, urn, type }) => /delete|replace/.test(op) && (holdsData.test(type) || holdsData.test(urn)))
    .map(({ op, name }) => `${op} ${name}`);

/** With their UIDs: a claim of the same name is not the same volume. */
export async function volumesOf(cluster: Kubernetes): Promise<string[]> {
  const { body } = await cluster.client.request("GET", "/api/v1/persistentvolumeclaims");
  const { items } = body as { items: { metadata: { namespace: string; name: string; uid: string } }[] };
  return items.map(({ metadata: { namespace, name, uid } }) => `${namespace}/${name} ${uid}`).sort();
}
