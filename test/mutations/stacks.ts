// The stacks whose real resources are mutated: the four of this project, and more settings of them, so that every kind of resource is met.
import { expectOk, type PreviewResult, previewStack } from "../support/preview";

type Config = NonNullable<Parameters<typeof previewStack>[1]>["config"];

interface Setting {
  readonly label: string;
  readonly stack: string;
  readonly config?: NonNullable<Config>;
}

const production = {
  kind: "aws",
  region: "eu-central-1",
  accountId: "123456789012",
  bucketPrefix: "granary-prod",
  versioning: true,
  deployers: ["arn:aws:iam::123456789012:role/granary-deploy"],
  egress: ["10.0.0.0/16"],
};

export const settings: readonly Setting[] = [
  { label: "dev", stack: "dev" },
  { label: "prod", stack: "prod" },
  { label: "hetzner", stack: "hetzner" },
  { label: "local", stack: "local" },
  {
    label: "prod, all of AWS",
    stack: "prod",
    config: {
      "granary:storage": {
        ...production,
        identity: { kind: "pod-identity", cluster: "prod" },
        // Addresses of S3 in that region, which a gateway endpoint leaves as they are.
        egress: ["3.5.136.0/22", "52.219.44.0/22"],
        vpcEndpoint: { kind: "made", vpcId: "vpc-0123456789abcdef0", routeTableIds: ["rtb-0123456789abcdef0"] },
        replication: { region: "eu-west-1" },
        dataEvents: { enabled: true },
        alarms: { topic: "arn:aws:sns:eu-central-1:123456789012:alerts" },
        transitions: [{ purpose: "loki-chunks", to: "STANDARD_IA", after: "30d" }],
      },
      "granary:logs": { mode: "distributed", retention: "180d" },
      "granary:tenants": [],
      "granary:collection": {},
    },
  },
  {
    label: "dev, by operators",
    stack: "dev",
    config: {
      "granary:traces": { kind: "tempostack", size: "production", operator: { caConfigMap: "rgw-ca" } },
      "granary:observe": { grafana: { provision: "operator" } },
      "granary:logs": { mode: "simple-scalable", size: "production", gateway: { existingSecret: "loki-gateway" } },
      "granary:collection": { events: { enabled: true } },
      "granary:network": { plugin: "cilium" },
      "granary:tenants": [{ name: "shop", logs: { retention: "60d" } }, { name: "bank" }],
    },
  },
  {
    label: "dev, from volumes",
    stack: "dev",
    config: {
      "granary:logs": {
        schema: [
          { from: "2024-04-01", store: "filesystem" },
          { from: "2026-12-01", added: "2026-11-21" },
        ],
      },
    },
  },
];

/** Instead of the stacks' own, which are there already: rules about namespaces have something to judge. */
const allNamespacesMade = { "granary:cluster": {} };

export interface Subject {
  readonly label: string;
  readonly preview: PreviewResult;
}

/** Previews all settings with the pack, through the same host as `npm run preview`. */
export const previewAll = (): Promise<Subject[]> =>
  Promise.all(
    settings.map(async ({ label, stack, config }) => ({
      label,
      preview: await expectOk(previewStack(stack, { config: { ...allNamespacesMade, ...config }, packs: ["policy"] })),
    })),
  );
