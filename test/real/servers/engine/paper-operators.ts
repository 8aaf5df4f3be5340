// Operators on paper: report every object that Pulumi waits for as ready. No operator runs.
import type { KubernetesClient, KubernetesObject } from "../kubernetes-client";

export interface PaperOperators {
  stop(): Promise<void>;
}

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly status: object;
}

const ready = { conditions: [{ type: "Ready", status: "True", reason: "OnPaper", lastTransitionTime: "2026-01-01T00:00:00Z" }] };

export const reportedKinds: readonly Kind[] = [
  { apiVersion: "ceph.rook.io/v1", kind: "CephObjectStore", status: { phase: "Ready" } },
  { apiVersion: "ceph.rook.io/v1", kind: "CephObjectStoreUser", status: { phase: "Ready" } },
  { apiVersion: "objectbucket.io/v1alpha1", kind: "ObjectBucketClaim", status: { phase: "Bound" } },
  { apiVersion: "external-secrets.io/v1", kind: "SecretStore", status: ready },
  { apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", status: ready },
  {
    apiVersion: "tempo.grafana.com/v1alpha1",
    kind: "TempoStack",
    status: { conditions: [{ ...ready.conditions[0], message: "on paper" }] },
  },
];

const turnMilliseconds = 500;

/** `kinds`: those whose operators work. */
export function startPaperOperators(
  client: KubernetesClient,
  kinds: readonly string[] = reportedKinds.map(({ kind }) => kind),
): PaperOperators {
  let running = true;
  const work = async () => {
    while (running) {
      for (const kind of reportedKinds.filter(({ kind }) => kinds.includes(kind))) await report(client, kind);
      await new Promise((done) => setTimeout(done, turnMilliseconds));
    }
  };
  const ended = work();
  // A cluster that stops first ends the work with an error, which stop() reports.
  ended.catch(() => undefined);
  return {
    stop: () => {
      running = false;
      return ended;
    },
  };
}

/** Kinds without a definition have no objects, and what was refused comes again in the next turn. */
async function report(client: KubernetesClient, { apiVersion, kind, status }: Kind): Promise<void> {
  const path = await client.pathOf({ apiVersion, kind, metadata: {} }).catch(() => undefined);
  if (path === undefined) return;
  const all = path.replace(/\/namespaces\/default\//, "/");
  const { body } = await client.request("GET", all);
  for (const object of (body as { items?: KubernetesObject[] }).items ?? []) {
    if (object.status !== undefined) continue;
    const own = await client.pathOf({ apiVersion, kind, metadata: object.metadata });
    const answer = await client.request("PATCH", `${own}/status`, { status }, "application/merge-patch+json");
    // A definition without the status subresource takes the status with the object.
    if (answer.status === 404) await client.request("PATCH", own, { status }, "application/merge-patch+json");
  }
}
