// The same unsafe things under other names: older types of AWS, patches of Kubernetes, policies that AWS keeps.
import type { Properties } from "../../../preview/wire/values";
import type { Mutation } from "../harness";
import { deployment, safeContainer } from "./pod";
import { notLocal, types } from "./types";

const oldBucket = (rule: string, what: string, inputs: Properties = {}): Mutation => ({
  rule,
  what: `a bucket of the older type ${what}`,
  at: { type: types.bucket, name: /loki-ruler-bucket$/ },
  added: () => ({ type: "aws:s3/bucketV2:BucketV2", name: "old", inputs: { bucket: "old", ...inputs } }),
});
const home = { type: types.namespace, name: /^granary-namespace/, stacks: notLocal } as const;
const privileged = { ...safeContainer, securityContext: { ...(safeContainer.securityContext as Properties), privileged: true } };
const broken = (rule: string, what: string, type: string, inputs: Properties): Mutation => ({
  rule,
  what,
  at: home,
  added: () => ({ type: `${type}Patch`, name: "a-patch", inputs: { metadata: { name: "a", namespace: "observability" }, ...inputs } }),
});

const held = (what: string, type: string, inputs: Properties): Mutation => ({
  rule: "access-no-broad-managed-policy",
  what,
  at: { type: types.role, name: /loki/ },
  added: () => ({ type, name: "attached", inputs }),
});
const everyBucket = "arn:aws:iam::aws:policy/AmazonS3FullAccess";

export const namesOfTypes: readonly Mutation[] = [
  oldBucket("data-protected", "is not protected"),
  oldBucket("bucket-no-force-destroy", "is emptied to be deleted", { forceDestroy: true }),
  oldBucket("s3-customer-key", "has no encryption"),
  oldBucket("s3-public-access-blocked", "has no public access block"),
  oldBucket("s3-owner-enforced", "has no ownership controls"),
  oldBucket("s3-versioned", "has no versions"),
  oldBucket("s3-versioned", "has its versions suspended", { versionings: [{ enabled: false }] }),
  oldBucket("bucket-tls-only", "has no policy"),
  broken("pods-restricted", "a patch makes pods privileged", types.deployment, {
    spec: (deployment({ containers: [privileged] }).inputs as Properties).spec ?? {},
  }),
  broken("secret-not-in-config-maps", "a patch puts a key into a ConfigMap", types.configMap, {
    data: { note: "aws_secret_access_key: correct-horse-battery" },
  }),
  broken("secret-inputs-marked", "a patch puts an unmarked key into a Secret", types.secret, {
    stringData: { AWS_SECRET_ACCESS_KEY: "correct-horse-battery" },
  }),
  broken("bucket-class-retains", "a patch lets a bucket's class delete", types.storageClass, {
    provisioner: "rook-ceph.ceph.rook.io/bucket",
    reclaimPolicy: "Delete",
  }),
  held("Loki's role reaches every bucket by a policy of AWS's", "aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
    role: "granary-prod-loki",
    policyArn: everyBucket,
  }),
  held("Loki's role reaches everything", "aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
    role: "granary-prod-loki",
    policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  }),
  held("several roles reach every bucket", "aws:iam/policyAttachment:PolicyAttachment", {
    roles: ["granary-prod-loki", "granary-prod-tempo"],
    policyArn: everyBucket,
  }),
  held("all policies of a role are listed, one too many", "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", {
    roleName: "granary-prod-loki",
    policyArns: ["arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy", everyBucket],
  }),
  {
    rule: "access-no-broad-managed-policy",
    what: "the role itself names a policy that reaches every bucket",
    at: { type: types.role },
    edit: (props) => {
      props.managedPolicyArns = [everyBucket];
    },
  },
];
