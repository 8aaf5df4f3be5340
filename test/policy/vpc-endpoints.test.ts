import { expect, it } from "vitest";
import { json, push, set, unset } from "../mutations/edit";
import { breaksOne, changed, staysFine } from "./broken";
import { judge, withInstead } from "./judge";
import { document, lokiReads } from "./valid/aws";
import { made, urnOf } from "./valid/make";

const rule = "s3-endpoint-narrow";
const layers = "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*";

breaksOne([
  ["endpoint", "no policy", unset("policy"), rule, "it has no policy, so everyone passes to every bucket of every account"],
  [
    "endpoint",
    "no condition on the stack's own bucket",
    json("policy", unset("Statement.0.Condition")),
    rule,
    "policy: Loki lets everyone pass to arn:aws:s3:::loki-chunks/*: no condition on aws:PrincipalArn",
  ],
  [
    "endpoint",
    "a condition that is true for those without the key",
    json("policy", set("Statement.0.Condition", { ArnEqualsIfExists: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/loki" } })),
    rule,
    "policy: Loki lets everyone pass to arn:aws:s3:::loki-chunks/*: arnequalsifexists is also true where aws:PrincipalArn is absent",
  ],
  [
    "endpoint",
    "no principal at all",
    json("policy", (policy) => {
      unset("Statement.0.Principal")(policy);
      unset("Statement.0.Condition")(policy);
    }),
    rule,
    "policy: Loki lets everyone pass to arn:aws:s3:::loki-chunks/*: no condition on aws:PrincipalArn",
  ],
]);
staysFine([
  ["endpoint", "an account", json("policy", set("Statement.0.Condition", { StringEquals: { "aws:PrincipalAccount": "123456789012" } }))],
  ["endpoint", "an interface's named principal", json("policy", set("Statement.0", lokiReads))],
  ["endpoint", "a Deny for everyone", json("policy", push("Statement", { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }))],
  ["endpoint", "somebody else's bucket by name", json("policy", set("Statement.1.Resource", ["arn:aws:s3:::a-mirror/*", layers]))],
  [
    "endpoint",
    "another service",
    (props) => {
      set("serviceName", "com.amazonaws.eu-central-1.dynamodb")(props);
      unset("policy")(props);
    },
  ],
]);

const apart = (policy: string) =>
  made(
    "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
    "s3-policy",
    { policy },
    { refers: { vpcEndpointId: [urnOf("aws:ec2/vpcEndpoint:VpcEndpoint", "s3")] } },
  );
const bare = changed("endpoint", unset("policy"));

it("takes a policy that is a resource of its own", () => {
  const closed = document({ ...lokiReads, Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } });
  expect(judge([...withInstead({ endpoint: bare }), apart(closed)])).toEqual([]);
});

it("judges that as well", () => {
  const open = document({ ...lokiReads, Principal: "*" });
  expect(judge([...withInstead({ endpoint: bare }), apart(open)]).map(({ says }) => says)).toEqual([
    "policy: Loki lets everyone pass to arn:aws:s3:::loki-chunks/*: no condition on aws:PrincipalArn",
  ]);
});
