import { expect, it } from "vitest";
import { unpackOnce } from "../../policy/unpack-once";
import { json, replace, set, unset } from "../mutations/edit";
import { breaksOne, staysFine } from "./broken";

const open = "no statement of its policy denies all actions on the bucket and its objects to everyone over plain http";
const others = "no statement of its policy denies all actions on the bucket and its objects to all but named keys";
const policy = "spec.additionalConfig.bucketPolicy";

breaksOne([
  ["bucketPolicy", "a Deny about another bucket", replace("policy", /loki-chunks/g, "another"), "bucket-tls-only", open],
  ["claim", "no policy on Ceph", unset(policy), "bucket-tls-only", open],
  ["claim", "no Deny on Ceph", json(policy, unset("Statement.1")), "bucket-tls-only", open],
  ["dynamicBucket", "no policy at Hetzner", unset("policy"), "hetzner-keys-narrowed", others],
  [
    "dynamicBucket",
    "keys by wildcard",
    json("policy", set("Statement.0.NotPrincipal.AWS", "arn:aws:iam:::user/*")),
    "hetzner-keys-narrowed",
    others,
  ],
  ["dynamicBucket", "the objects alone", json("policy", unset("Statement.0.Resource.0")), "hetzner-keys-narrowed", others],
  ["dynamicBucket", "some actions", json("policy", set("Statement.0.Action", "s3:GetObject")), "hetzner-keys-narrowed", others],
]);
staysFine([
  [
    "dynamicBucket",
    "another store without project keys",
    (props) => {
      set("endpoint", "https://seaweedfs.example.com")(props);
      unset("policy")(props);
    },
  ],
  [
    "dynamicBucket",
    "several keys",
    json("policy", set("Statement.0.NotPrincipal.AWS", ["arn:aws:iam:::user/p1:LOKI", "arn:aws:iam:::user/p1:ADMIN"])),
  ],
]);

it("finds the place in the installed SDK where resources are unpacked", () => {
  const inside: { deserializeProperties: (packed: object, keepSecrets: boolean) => unknown } = require("@pulumi/policy/deserialize");
  expect(unpackOnce()).toBe(true);
  const packed = { toJavaScript: () => ({ a: { b: 1 } }) };
  expect(inside.deserializeProperties(packed, false)).toEqual({ a: { b: 1 } });
  expect(inside.deserializeProperties(packed, false)).toBe(inside.deserializeProperties(packed, false));
  // A remediation gets its own.
  expect(inside.deserializeProperties(packed, true)).not.toBe(inside.deserializeProperties(packed, false));
});
