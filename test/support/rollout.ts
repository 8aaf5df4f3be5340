// What Kubernetes and Helm make of an update strategy, by their sources: pkg/controller/deployment/util and helm's pkg/kube/ready.go.

type Amount = number | string;

interface Strategy {
  readonly type?: string;
  readonly rollingUpdate?: { readonly maxSurge?: Amount; readonly maxUnavailable?: Amount };
}

/** `10%` of a number of pods, or the number itself. */
function scaled(amount: Amount, pods: number, round: (value: number) => number): number {
  if (typeof amount === "number") return amount;
  return round((Number.parseInt(amount, 10) * pods) / 100);
}

/** How many ready pods of a DaemonSet Helm waits for on so many nodes. */
export function expectedReady({ rollingUpdate = {} }: Strategy, nodes: number): number {
  return nodes - scaled(rollingUpdate.maxUnavailable ?? 1, nodes, Math.ceil);
}

/** How many pods a Deployment may have more, and how many less, while it is updated. */
export function fenceposts({ rollingUpdate = {} }: Strategy, replicas: number): { readonly surge: number; readonly unavailable: number } {
  const surge = scaled(rollingUpdate.maxSurge ?? "25%", replicas, Math.ceil);
  const unavailable = scaled(rollingUpdate.maxUnavailable ?? "25%", replicas, Math.floor);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}
