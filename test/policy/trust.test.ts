import { describe } from "vitest";
import { json, push, rewrite, set } from "../mutations/edit";
import { breaksOne, staysFine } from "./broken";
import { document } from "./valid/aws";

describe("trust", () => {
  const trust = (edit: (text: string) => string) => rewrite("assumeRolePolicy", edit);
  const issuer = "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE";
  const role = "trust-pins-subject-and-audience";
  breaksOne([
    [
      "role",
      "any subject",
      trust((text) => text.replace(/,"[^"]+:sub":"[^"]*"/, "")),
      role,
      `statement 1 lets tokens of ${issuer} in without pinning the subject: no condition on ${issuer}:sub`,
    ],
    [
      "role",
      "any audience",
      trust((text) => text.replace(/"[^"]+:aud":"[^"]*",/, "")),
      role,
      `statement 1 lets tokens of ${issuer} in without pinning the audience: no condition on ${issuer}:aud`,
    ],
    [
      "role",
      "any account of a namespace",
      trust((text) => text.replace("StringEquals", "StringLike").replace(":loki", ":*")),
      role,
      `statement 1 lets tokens of ${issuer} in without pinning the subject: ${issuer}:sub may be anything like "system:serviceaccount:observability:*"`,
    ],
    [
      "role",
      "a person as subject",
      trust((text) => text.replace("system:serviceaccount:observability:loki", "somebody")),
      role,
      "statement 1 pins the subject to somebody, which is no service account",
    ],
    [
      "role",
      "another audience",
      trust((text) => text.replace("sts.amazonaws.com", "example")),
      role,
      "statement 1 takes tokens for the audience example instead of sts.amazonaws.com",
    ],
    [
      "role",
      "everyone",
      json("assumeRolePolicy", push("Statement", { Sid: "Other", Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "*" } })),
      role,
      'Other lets everyone assume the role ("*")',
    ],
    [
      "role",
      "a whole account",
      json(
        "assumeRolePolicy",
        push("Statement", {
          Sid: "Other",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
        }),
      ),
      role,
      "Other lets everyone in account arn:aws:iam::123456789012:root assume the role: no condition on aws:PrincipalArn",
    ],
    [
      "role",
      "a service of nobody",
      json(
        "assumeRolePolicy",
        push("Statement", { Sid: "Other", Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "pods.example.com" } }),
      ),
      role,
      "Other trusts the service pods.example.com, which is none of AWS",
    ],
  ]);
  staysFine([
    [
      "role",
      "Pod Identity",
      set(
        "assumeRolePolicy",
        document({ Effect: "Allow", Principal: { Service: "pods.eks.amazonaws.com" }, Action: ["sts:AssumeRole", "sts:TagSession"] }),
      ),
    ],
    [
      "role",
      "several accounts by name",
      trust((text) =>
        text.replace(
          '"system:serviceaccount:observability:loki"',
          '["system:serviceaccount:observability:loki","system:serviceaccount:observability:loki-read"]',
        ),
      ),
    ],
    [
      "role",
      "an account, held to one role",
      set(
        "assumeRolePolicy",
        document({
          Effect: "Allow",
          Principal: { AWS: "123456789012" },
          Action: "sts:AssumeRole",
          Condition: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/ci" } },
        }),
      ),
    ],
  ]);
});
