// What AWS would answer, by a simulator of its policy evaluation. A development dependency under the AGPL: tests use it, nothing ships with it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { PolicyDocument } from "../../../components/storage/access";
import { root } from "../../support/preview";

interface Simulation {
  request: {
    principal: string;
    action: string;
    resource: { resource: string; accountId: string };
    contextVariables: Record<string, string | string[]>;
  };
  identityPolicies: { name: string; policy: unknown }[];
  serviceControlPolicies: [];
  resourceControlPolicies: [];
  resourcePolicy?: unknown;
  vpcEndpointPolicies?: { name: string; policy: unknown }[];
}

type Run = (simulation: Simulation, options: object) => Promise<{ resultType: string; overallResult?: string; errors?: unknown }>;

const name = "@cloud-copilot/iam-simulate";
export const simulatorIsThere = existsSync(join(root, "node_modules", name));

export interface Request {
  /** An ARN, or a service such as logging.s3.amazonaws.com. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | string[]>>;
  /** Policies on the principal. */
  readonly identity?: readonly PolicyDocument[];
  /** The policy on the bucket, key or role. */
  readonly resourcePolicy?: PolicyDocument;
  /** The policy of the VPC endpoint that the request passes. */
  readonly endpointPolicy?: PolicyDocument;
}

export const account = "123456789012";

export async function isAllowed(request: Request): Promise<boolean> {
  const { principal, action, resource, context = {}, identity = [], resourcePolicy, endpointPolicy } = request;
  const { runSimulation } = require(name) as { runSimulation: Run };
  const result = await runSimulation(
    {
      request: { principal, action, resource: { resource, accountId: account }, contextVariables: { ...context } },
      identityPolicies: identity.map((policy, i) => ({ name: `policy-${i}`, policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resourcePolicy ? { resourcePolicy } : {}),
      ...(endpointPolicy ? { vpcEndpointPolicies: [{ name: "endpoint", policy: endpointPolicy }] } : {}),
    },
    {},
  );
  if (!result.overallResult) throw new Error(`the simulator refuses the question: ${JSON.stringify(result.errors)}`);
  return result.overallResult === "Allowed";
}
