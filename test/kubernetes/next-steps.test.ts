// Errors as the provider prints them, and the next step after each. Those that a real engine printed are in docs/troubleshooting.md word for word.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Failure, nextStep } from "../../components/kubernetes/next-steps";
import { operatorFor } from "../../components/kubernetes/operators";
import { readiness, unreadyHints } from "../../components/kubernetes/readiness";
import { expectOk, previewStack, root } from "../support/preview";

const page = readFileSync(join(root, "docs/troubleshooting.md"), "utf8");
const documented = [...page.matchAll(/^```text\n(.*?)^```/gms)].flatMap(([, text = ""]) => text.trim().split("\n"));

const loki: Failure["inputs"] = { name: "loki", namespace: "observability" };
const configMap: Failure["inputs"] = { metadata: { name: "granary-alloy-configuration", namespace: "observability-collection" } };
const release = "kubernetes:helm.sh/v3:Release";
const configMapType = "kubernetes:core/v1:ConfigMap";
const notInTime =
  "the Kubernetes API server reported that it failed to fully initialize or become live: timed out waiting for the condition";

const cases: readonly (readonly [string, string, Failure["inputs"], RegExp])[] = [
  [
    'no matches for kind "CiliumNetworkPolicy" in version "cilium.io/v2"',
    "kubernetes:cilium.io/v2:CiliumNetworkPolicy",
    configMap,
    /^The cluster does not know CiliumNetworkPolicy \(cilium\.io\/v2\)\. Install Cilium, or set granary:network\.plugin: standard\.$/,
  ],
  [
    'configmaps "granary-alloy-configuration" is forbidden: User "system:serviceaccount:deployers:narrow" cannot patch resource "configmaps" in API group "" in the namespace "observability-collection"',
    configMapType,
    configMap,
    /"system:serviceaccount:deployers:narrow" may not patch configmaps\. .* kubectl auth can-i patch configmaps -n observability-collection$/,
  ],
  ['namespaces "nowhere" not found', configMapType, configMap, /^Namespace nowhere does not exist.*granary:cluster\.existingNamespaces/],
  [
    notInTime,
    "kubernetes:objectbucket.io/v1alpha1:ObjectBucketClaim",
    { metadata: { name: "granary-dev-loki-chunks", namespace: "rook-ceph" } },
    /^ObjectBucketClaim granary-dev-loki-chunks did not reach status\.phase Bound within granary:cluster\.operators\.timeout\. .* kubectl -n rook-ceph describe objectbucketclaim granary-dev-loki-chunks\n.*ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS: "maxObjects,maxSize,bucketLifecycle,/,
  ],
  [
    "context deadline exceeded",
    release,
    loki,
    /^Pods of release loki .* kubectl -n observability get pods,pvc,events\n.*granary:logs\.storageClass/,
  ],
  ["configured Kubernetes cluster is unreachable", configMapType, configMap, /^The API server does not answer\. Check KUBECONFIG/],
  [
    'looks like "https://grafana.github.io/helm-charts" is not a valid chart repository or cannot be reached',
    release,
    loki,
    /^The chart could not be downloaded\. .*HTTPS_PROXY\.$/,
  ],
  [
    'failed to perform "FetchReference" on source: Get "https://ghcr.io/v2/grafana-community/helm-charts/tempo/manifests/2.2.4"',
    release,
    loki,
    /^The chart could not be downloaded/,
  ],
  ["cannot re-use a name that is still in use", release, loki, /helm -n observability uninstall loki\nIts volumes stay/],
  ["another operation (install/upgrade/rollback) is in progress", release, loki, /helm -n observability rollback loki$/],
  [
    'configmaps "granary-dashboard-log-volume" already exists',
    configMapType,
    configMap,
    /^ConfigMap granary-alloy-configuration .*PULUMI_K8S_UPSERT_EXISTING_OBJECTS=true pulumi up/,
  ],
  [
    'Apply failed with 1 conflict: conflict with "pulumi-kubernetes-4c84de48": .spec.ingress',
    configMapType,
    configMap,
    /PULUMI_K8S_ENABLE_PATCH_FORCE=true pulumi up$/,
  ],
];

describe("the next step after an error", () => {
  test.each(cases)("%s", (error, type, inputs, expected) => {
    expect(nextStep({ type, inputs, error: `resource "urn:x" was not successfully created: ${error}` })).toMatch(expected);
    expect(documented).toContain(error);
  });

  test("names the condition of each object that is waited for, and what it usually lacks", () => {
    for (const type of Object.keys(readiness)) {
      const step = nextStep({ type, inputs: configMap, error: notInTime });
      expect(step).toMatch(/did not reach (status\.phase|condition) \w+ within/);
      expect(step).toContain(unreadyHints[type]);
    }
  });

  test("is nothing where the error says enough, or means something else for this object", () => {
    expect(nextStep({ type: configMapType, inputs: configMap, error: "metadata.labels: Invalid value" })).toBeUndefined();
    expect(nextStep({ type: configMapType, inputs: configMap, error: notInTime })).toBeUndefined();
    expect(nextStep({ type: configMapType, inputs: {}, error: "lookup api.example.com: no such host" })).toBeUndefined();
  });
});

test.each(["dev", "hetzner"])("every operator whose objects %s has is known by name", async (stack) => {
  const { resources } = await expectOk(previewStack(stack));
  const groups = resources.flatMap(({ type }) => /^kubernetes:((?:[\w-]+\.)+(?:io|org|com))\/\w+:/.exec(type)?.[1] ?? []);
  const own = [...new Set(groups)].filter((group) => !/k8s\.io$|^helm\.sh$/.test(group));
  expect(own.length).toBeGreaterThan(1);
  for (const group of own) expect(operatorFor(group)).not.toBe(`the operator that defines ${group}`);
});
