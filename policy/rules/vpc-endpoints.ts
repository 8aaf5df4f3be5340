// The way to S3 that a stack makes for a whole VPC.
import { bucketsOf } from "../readers/buckets";
import { documentsOf } from "../readers/document-sources";
import { hasWildcard, isEveryone, looseness, type Statement } from "../readers/documents";
import { peek } from "../readers/values";
import type { Graph, Resource } from "../resource";
import type { StackRule } from "../rule";

const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";
const policyType = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy";

/** A gateway's policy can't name principals, so one of these must say who comes. */
const whoComes = ["aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgID"];

export const endpointNarrow: StackRule = {
  id: "s3-endpoint-narrow",
  group: "least privilege",
  severity: "high",
  level: "mandatory",
  scope: "stack",
  demands: "A VPC endpoint to S3 that the stack makes has a policy, which says who passes it or, to buckets of others, where to.",
  reason:
    "Without one it lets everything through: a pod with keys that it brought along copies the logs to a bucket of its own, past every network policy.",
  fix: "Give it a policy that allows named buckets, by aws:PrincipalArn for those of this stack. ECR's layers and whatever else the route tables need from S3 are buckets to name as well.",
  subjects: (graph) => graph.ofType(endpointType).filter(({ props }) => String(peek(props, "serviceName") ?? "").endsWith(".s3")),
  *check(endpoint, graph) {
    const documents = [endpoint, ...policiesOf(graph, endpoint)].flatMap((resource) => [...documentsOf(resource)]);
    if (documents.length === 0) yield "it has no policy, so everyone passes to every bucket of every account";
    const own = new Set(bucketsOf(graph).flatMap(({ name, store }) => (name && store === "aws" ? [name] : [])));
    for (const { path, statements } of documents) {
      for (const statement of statements) for (const fault of faults(statement, own)) yield `${path}: ${statement.label} ${fault}`;
    }
  },
};

function policiesOf(graph: Graph, endpoint: Resource): readonly Resource[] {
  return graph.ofType(policyType).filter(({ props, propertyDependencies }) => {
    const id = peek(props, "vpcEndpointId");
    return propertyDependencies.vpcEndpointId?.includes(endpoint.urn) || (id !== undefined && id === peek(endpoint.props, "id"));
  });
}

function* faults({ allows, principals, resources, conditions }: Statement, own: ReadonlySet<string>): Generator<string> {
  if (!allows || (principals.length > 0 && !principals.some(isEveryone))) return;
  if (whoComes.some((key) => looseness(conditions, key) === undefined)) return;
  const why = looseness(conditions, "aws:PrincipalArn");
  if (resources.length === 0) yield `lets everyone pass, and names no resource: ${why}`;
  for (const pattern of resources) {
    const [bucket = ""] = (pattern.split(":::")[1] ?? "").split("/");
    if (bucket === "" || hasWildcard(bucket) || own.has(bucket)) yield `lets everyone pass to ${pattern}: ${why}`;
  }
}
