// Lets Rook's operator accept Granary's claims.
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { StorageOf } from "../../config/schema/storage";
import { allowedClaimFields, claimFieldsSetting, operatorConfigMap } from "../../kubernetes/rook-operator";
import type { StoreContext } from "../context";

/**
 * What claims depend on. With `verify` nothing is read: a claim that Rook rejects never reaches the phase Bound, which Pulumi waits for.
 * A read of the ConfigMap would be a resource that every refresh reports as changed.
 */
export function claimFieldsReady(
  name: string,
  { namespace, claimFields }: StorageOf<"rook-ceph">["operator"],
  context: StoreContext,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  if (claimFields === "verify") return [];
  const metadata = { name: operatorConfigMap, namespace, annotations: { "pulumi.com/patchForce": "true" } };
  const data = { [claimFieldsSetting]: allowedClaimFields };
  const opts = { parent, provider: context.kubernetes };
  return [new kubernetes.core.v1.ConfigMapPatch(`${name}-operator-config`, { metadata, data }, opts)];
}
