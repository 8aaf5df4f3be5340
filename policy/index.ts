import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "./pack";
import { rules } from "./rules";
import { unpackOnce } from "./unpack-once";

unpackOnce();

const today = () => new Date().toISOString().slice(0, 10);

new PolicyPack("granary", {
  displayName: "Granary",
  description: "Encryption, least privilege, data safety, secrets and supply chain of a place for logs and traces.",
  enforcementLevel: "mandatory",
  policies: policiesOf(rules, today),
});
