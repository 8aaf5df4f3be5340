import { Secret } from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import { policiesOf } from "../../policy/pack";
import type { Resource } from "../../policy/resource";
import { rules } from "../../policy/rules";
import { set, unset } from "../mutations/edit";
import { changed } from "./broken";
import { judge, today, valid, withInstead } from "./judge";
import { document } from "./valid/aws";
import { made } from "./valid/make";

/** A resource under another name of its type. */
const as = (type: string, resource: Resource | undefined): Resource => {
  if (!resource) throw new Error("there is no such resource");
  return { ...resource, type, urn: resource.urn.replace(resource.type, type) };
};
const older = (type: string): string => type.replace(/^(aws:s3\/\w+):(\w+)$/, "$1V2:$2V2");
const patch = (type: string): string => `${type}Patch`;
const found = (resources: readonly Resource[]) => judge(resources).map(({ rule, says }) => `${rule}: ${says}`);

describe("older names of AWS's types", () => {
  const kinds = ["encryption", "versioning", "lifecycle"] as const;

  it.each(kinds)("%s is judged as the type itself", (kind) => {
    const resource = valid[kind];
    expect(found(withInstead({ [kind]: as(older(resource?.type ?? ""), resource) }))).toEqual([]);
  });
  it("a bucket is judged as a bucket", () => {
    const bare = made("aws:s3/bucketV2:BucketV2", "old", { bucket: "old", forceDestroy: true });
    expect(judge([bare]).map(({ rule }) => rule)).toEqual([
      "data-protected",
      "bucket-no-force-destroy",
      "s3-customer-key",
      "bucket-tls-only",
      "s3-public-access-blocked",
      "s3-owner-enforced",
      "s3-versioned",
      "lifecycle-aborts-uploads",
    ]);
  });
  it("its policy is read", () => {
    const policy = document({ Sid: "Open", Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" });
    const inline = made("aws:s3/bucketV2:BucketV2", "old", { bucket: "old", policy }, { protect: true });
    expect(found([inline])).toContain('access-named-principals: policy: Open allows everyone ("*"): no condition on aws:PrincipalArn');
  });
  it("its lists of one are read as one", () => {
    const byKey = { sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-central-1:123456789012:key/1234abcd" };
    const rule = { applyServerSideEncryptionByDefaults: [byKey], bucketKeyEnabled: true, blockedEncryptionTypes: ["SSE-C"] };
    const inline = made(
      "aws:s3/bucketV2:BucketV2",
      "old",
      {
        bucket: "old",
        versionings: [{ enabled: true }],
        serverSideEncryptionConfigurations: [{ rules: [rule] }],
        lifecycleRules: [
          { enabled: true, abortIncompleteMultipartUploadDays: 1 },
          { enabled: true, noncurrentVersionExpirations: [{ days: 7 }] },
        ],
      },
      { protect: true },
    );
    expect(judge([inline]).map(({ rule: by }) => by)).toEqual(["bucket-tls-only", "s3-public-access-blocked", "s3-owner-enforced"]);
  });
});

describe("Kubernetes patches", () => {
  it.each<[string, Resource, string]>([
    [
      "a privileged container",
      changed("deployment", set("spec.template.spec.containers.0.securityContext.privileged", true)),
      "pods-restricted: spec.template.spec.containers[0].securityContext.privileged is on",
    ],
    [
      "a key in a ConfigMap",
      changed("datasources", set("data.note", "aws_secret_access_key: correct-horse-battery")),
      "secret-not-in-config-maps: data.note gives aws_secret_access_key a literal",
    ],
    ["a class that deletes", changed("storageClass", set("reclaimPolicy", "Delete")), "bucket-class-retains: reclaimPolicy is Delete"],
    [
      "a namespace that lets everything in",
      changed("namespace", set("metadata.labels.pod-security\\.kubernetes\\.io/enforce", "privileged")),
      "namespace-pod-security: it enforces privileged",
    ],
  ])("%s", (_what, resource, says) => {
    expect(found([as(patch(resource.type), resource)])).toContain(says);
  });
  it("of a namespace may leave pod security to whoever made it", () => {
    const bare = changed("namespace", unset("metadata.labels"));
    expect(found([as(patch(bare.type), bare)])).toEqual([]);
    expect(found([bare])).toEqual(["namespace-pod-security: it enforces no pod security level"]);
  });
  it("of a Secret have their inputs marked", () => {
    const policy = policiesOf(rules, () => today).find(({ name }) => name === "secret-inputs-marked");
    if (!policy || !("remediateResource" in policy)) throw new Error("there is no such policy");
    const props: Record<string, unknown> = { stringData: { key: "correct-horse-battery" } };
    policy.remediateResource?.({ type: "kubernetes:core/v1:SecretPatch", props } as never);
    expect(props.stringData).toBeInstanceOf(Secret);
  });
});
