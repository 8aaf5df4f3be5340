// A stack that moves to another cluster as docs/cluster.md says: the new one gets everything, the old one keeps what it has.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Kubernetes, kubernetes } from "../servers";
import { installDefinitionsOf } from "../support/definitions";
import { bucketsOf } from "../support/engine/buckets";
import { pulumisObjects } from "../support/engine/cluster-objects";
import { type LivingStack, prepareCluster, stackNeeds, startStack } from "../support/engine/living-stack";
import { startedSoFar } from "../support/started";
import { describeReal } from "../support/suite";

describeReal("The stack local that moves to another cluster", stackNeeds("local"), () => {
  const started = startedSoFar();
  let living: LivingStack;
  let target: Kubernetes;

  beforeAll(async () => {
    living = await started.keep(startStack("local"));
    await living.project.expectOk(living.project.up());
    target = await started.keep(kubernetes.start());
    await installDefinitionsOf(living.offline, target);
    await started.keep(prepareCluster("local", target));
    living.project.environment = { KUBECONFIG: target.kubeconfig };
  });
  afterAll(() => started.stop());

  it("fails to change what the new cluster does not have", async () => {
    living.project.configure({ "granary:logs": { retention: "7d" } });
    expect((await living.project.up()).code).not.toBe(0);
  });

  it("is complete after a refresh and an up, and deletes nothing in the old cluster", async () => {
    const { project, cluster } = living;
    const before = await pulumisObjects(cluster.client);
    const buckets = await bucketsOf(living);
    await project.expectOk(project.refresh());
    await project.expectOk(project.up());
    await project.expectOk(project.up("--expect-no-changes"));
    expect(await pulumisObjects(target.client)).toEqual(before);
    expect(await pulumisObjects(cluster.client)).toEqual(before);
    expect(await bucketsOf(living)).toEqual(buckets);
  });
});
