// Operators on paper: report every object that Granary waits for as ready, except claims that Rook would reject. No operator runs.
import { readiness } from "../../../../components/kubernetes/readiness";
import { claimFieldsSetting, defaultClaimFields, operatorConfigMap } from "../../../../components/kubernetes/rook-operator";
import type { KubernetesClient, KubernetesObject } from "../kubernetes-client";
import { type Turns, takeTurns } from "./turns";

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly status: object;
}

const ready = { type: "Ready", status: "True", reason: "OnPaper", message: "on paper", lastTransitionTime: "2026-01-01T00:00:00Z" };

/** The status that meets `condition=Ready` or `jsonpath={.status.phase}=Bound`. */
function statusFor(condition: string): object {
  const [, field, value] = /^jsonpath=\{\.status\.(\w+)\}=(\w+)$/.exec(condition) ?? [];
  return field === undefined ? { conditions: [ready] } : { [field]: value };
}

const kinds = Object.entries(readiness).map(([type, condition]): Kind => {
  const [, apiVersion = "", kind = ""] = type.split(":");
  return { apiVersion, kind, status: statusFor(condition) };
});

const turnMilliseconds = 500;

export const startPaperOperators = (client: KubernetesClient): Turns =>
  takeTurns(async () => {
    for (const kind of kinds) await report(client, kind);
  }, turnMilliseconds);

/** Kinds without a definition have no objects, and what was refused comes again in the next turn. */
async function report(client: KubernetesClient, { apiVersion, kind, status }: Kind): Promise<void> {
  const path = await client.pathOf({ apiVersion, kind, metadata: {} }).catch(() => undefined);
  if (path === undefined) return;
  const all = path.replace(/\/namespaces\/default\//, "/");
  const { body } = await client.request("GET", all);
  for (const object of (body as { items?: KubernetesObject[] }).items ?? []) {
    if (object.status !== undefined || (kind === "ObjectBucketClaim" && (await rejects(client, object)))) continue;
    const own = await client.pathOf({ apiVersion, kind, metadata: object.metadata });
    const answer = await client.request("PATCH", `${own}/status`, { status }, "application/merge-patch+json");
    // A definition without the status subresource takes the status with the object.
    if (answer.status === 404) await client.request("PATCH", own, { status }, "application/merge-patch+json");
  }
}

/** The settings of Rook's operator. */
export const rookSettings = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: operatorConfigMap, namespace: "rook-ceph" } };

/** Rook rejects a claim with additional fields that its setting does not allow, and leaves it without a status. */
async function rejects(client: KubernetesClient, claim: KubernetesObject): Promise<boolean> {
  const settings = (await client.get(rookSettings))?.data ?? {};
  const { [claimFieldsSetting]: allowed = defaultClaimFields } = settings as Readonly<Record<string, string>>;
  const { additionalConfig = {} } = (claim.spec ?? {}) as { additionalConfig?: object };
  return Object.keys(additionalConfig).some((field) => !allowed.split(",").includes(field));
}
