import type { Case } from "./case";

export const awsEndpoint: readonly Case[] = [
  [
    "a gateway endpoint, and network policies that open private networks alone",
    "prod",
    {
      "storage.vpcEndpoint": { kind: "made", vpcId: "vpc-0123456789abcdef0", routeTableIds: ["rtb-0123456789abcdef0"] },
      "storage.egress": ["10.0.0.0/16", "172.31.0.0/16"],
    },
    "granary:storage.egress: found 10.0.0.0/16, 172.31.0.0/16, private alone; the gateway endpoint that is made leaves S3 at its public addresses, and network policies would open none of them: add those that `aws ec2 describe-prefix-lists --region eu-central-1 --filters Name=prefix-list-name,Values=com.amazonaws.eu-central-1.s3` lists",
  ],
  [
    "a bucket of the stack's own among others at the endpoint",
    "prod",
    {
      "storage.vpcEndpoint": {
        kind: "made",
        vpcId: "vpc-0123456789abcdef0",
        routeTableIds: ["rtb-0123456789abcdef0"],
        others: [{ bucket: "granary-prod-loki-chunks-123456789012-eu-central-1-an", actions: ["read"] }],
      },
      "storage.egress": ["52.219.44.0/22"],
    },
    "granary:storage.vpcEndpoint.others[0].bucket: found granary-prod-loki-chunks-123456789012-eu-central-1-an, a bucket of this stack: storage.grants says who else reaches it",
  ],
  [
    "a VPC endpoint that is none",
    "prod",
    { "storage.vpcEndpoint": { kind: "existing", id: "vpc-0123456789abcdef0" } },
    'granary:storage.vpcEndpoint.id: found "vpc-0123456789abcdef0"; allowed is an id such as vpce-0123456789abcdef0',
  ],
  [
    "no networks to reach S3 at",
    "prod",
    { "storage.egress": [] },
    "granary:storage.egress: found a list; allowed is a list of at least 1 entries",
  ],
];
