// What README.md asks the user to create before the first `up`.
import { allowedClaimFields, claimFieldsSetting } from "../../../../components/kubernetes/rook-operator";
import { type KubernetesObject, rookSettings } from "../../servers";
import type { StackName } from "./stores";

const namespace = (name: string, labels: Readonly<Record<string, string>> = {}): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels },
});

const rook: readonly KubernetesObject[] = [namespace("rook-ceph"), { ...rookSettings, data: { [claimFieldsSetting]: allowedClaimFields } }];

/** Without the Secrets that pods mount: no pod really starts. */
export const madeByHand = (stack: StackName): readonly KubernetesObject[] => [
  namespace("observability", { "pod-security.kubernetes.io/enforce": "restricted" }),
  ...(stack === "dev" ? rook : []),
];
