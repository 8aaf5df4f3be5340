// A cluster whose pods cannot start: `up` names what is missing and the next step, and the next `up` succeeds.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cluster, ownCluster } from "../servers";
import { unreadyPods } from "../support/pods/ready";
import { namespace, type PodStack, podStackNeeds, preparePodStack } from "../support/pods/stack";
import { describeReal } from "../support/suite";

const release = { timeout: "45s" };

describeReal("A cluster whose pods cannot start", [...podStackNeeds, ownCluster], () => {
  let stack: PodStack;
  let cluster: Cluster;
  beforeAll(async () => {
    stack = await preparePodStack({ "granary:logs": { release }, "granary:traces": { release }, "granary:collection": { release } });
    cluster = stack.cluster;
  });
  afterAll(() => stack?.stop());

  const isDefault = (value: string) =>
    cluster.kubectl("annotate", "storageclass", "--all", "--overwrite", `storageclass.kubernetes.io/is-default-class=${value}`);
  const nameServers = (replicas: number) => cluster.kubectl("-n", "kube-system", "scale", "deployment/coredns", `--replicas=${replicas}`);

  it("for want of a default StorageClass", async () => {
    await isDefault("false");
    const up = await stack.project.up();
    expect(up.code).not.toBe(0);
    expect(up.text).toMatch(/Pods of release loki did not become ready/);
    expect(up.text).toMatch(/A volume claim that stays Pending needs a StorageClass/);
    await isDefault("true");
  });

  it("for want of DNS", async () => {
    await nameServers(0);
    const up = await stack.project.up();
    expect(up.code).not.toBe(0);
    expect(up.text).toMatch(/Pods of release loki did not become ready\. See why: kubectl -n observability get pods,pvc,events/);
    expect(up.text).toMatch(/needs the cluster's DNS: kubectl -n kube-system get pods/);
    expect((await unreadyPods(cluster)).some((pod) => pod.startsWith(`${namespace}/loki`))).toBe(true);
    await nameServers(1);
  });

  it("and then has everything", async () => {
    // A container that has failed several times waits longer before it starts again.
    const patient = { release: { timeout: null } };
    stack.project.configure({ "granary:logs": patient, "granary:traces": patient, "granary:collection": patient });
    const up = await stack.project.up();
    expect(up.code, up.text).toBe(0);
    expect(await unreadyPods(cluster)).toEqual([]);
    const again = await stack.project.up("--expect-no-changes");
    expect(again.code, again.text).toBe(0);
  });
});
