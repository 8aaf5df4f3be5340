import type { PaperPod } from "./paper-node";

/** What a kubelet reports of a pod whose containers all run, and of a job's pod that has succeeded. */
export function podStatus({ metadata, spec }: PaperPod, podIP: string): object {
  const now = new Date().toISOString();
  const done = metadata.ownerReferences?.some(({ kind }) => kind === "Job") ?? false;
  const containers = (list: PaperPod["spec"]["containers"], ended: boolean) =>
    list.map(({ name, image }) => ({
      name,
      image,
      imageID: "",
      ready: true,
      started: !ended,
      restartCount: 0,
      state: ended ? { terminated: { exitCode: 0, startedAt: now, finishedAt: now } } : { running: { startedAt: now } },
    }));
  return {
    phase: done ? "Succeeded" : "Running",
    startTime: now,
    hostIP: "127.0.0.1",
    podIP,
    podIPs: [{ ip: podIP }],
    conditions: ["Initialized", "PodScheduled", "ContainersReady", "Ready"].map((type) => ({
      type,
      status: "True",
      lastTransitionTime: now,
    })),
    containerStatuses: containers(spec.containers, done),
    initContainerStatuses: containers(spec.initContainers ?? [], true),
  };
}
