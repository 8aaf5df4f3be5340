// The setting of Rook's operator that claims' policies and rules need. Without it the operator ignores them silently.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { StorageOf } from "../../config/schema/storage";
import type { StoreContext } from "../context";

const configMap = "rook-ceph-operator-config";
const setting = "ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS";
/** What the operator allows when nobody says otherwise. */
const operatorDefault = "maxObjects,maxSize";
export const claimFields = ["bucketLifecycle", "bucketMaxObjects", "bucketMaxSize", "bucketOwner", "bucketPolicy"] as const;

export function missingFields(allowed: string | undefined): string[] {
  const present = new Set((allowed ?? operatorDefault).split(",").map((field) => field.trim()));
  return claimFields.filter((field) => !present.has(field));
}

const wanted = ["maxObjects", "maxSize", ...claimFields].join(",");

export const settingProblem = (namespace: string, missing: readonly string[]): string =>
  `Rook's operator would silently ignore ${missing.join(", ")} of bucket claims: set ${setting}: "${wanted}" in ConfigMap ${configMap} of namespace ` +
  `${namespace} (obcAllowAdditionalConfigFields in the rook-ceph chart), or let Granary do it with granary:storage.operator.claimFields: set`;

/** What claims have to wait for, so that none is made that the operator would misread. */
export function claimFieldsReady(
  name: string,
  operator: StorageOf<"rook-ceph">["operator"],
  context: StoreContext,
  parent: pulumi.Resource,
): pulumi.Input<pulumi.Resource>[] {
  const { namespace } = operator;
  const opts = { parent, provider: context.kubernetes };
  switch (operator.claimFields) {
    case "assume":
      void pulumi.log.warn(`not looked at: ${settingProblem(namespace, claimFields)}`, parent);
      return [];
    case "set":
      return [
        new kubernetes.core.v1.ConfigMapPatch(
          `${name}-operator-config`,
          { metadata: { name: configMap, namespace, annotations: { "pulumi.com/patchForce": "true" } }, data: { [setting]: wanted } },
          opts,
        ),
      ];
    case "verify": {
      const found = kubernetes.core.v1.ConfigMap.get(`${name}-operator-config`, `${namespace}/${configMap}`, opts);
      const verified = found.data.apply((data) => {
        const missing = missingFields(data?.[setting]);
        if (missing.length > 0) throw new pulumi.RunError(settingProblem(namespace, missing));
        return found;
      });
      return [verified as unknown as pulumi.Output<pulumi.Resource>];
    }
  }
}
