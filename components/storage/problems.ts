// What the schema cannot see in a stack's storage and secrets: settings that contradict each other or the rest of the stack.
import type { Problem } from "../config/problems";
import type { GranaryConfig } from "../config/schema";
import { awsChecks } from "./problems/aws";
import { awsEndpointChecks } from "./problems/aws-endpoint";
import type { Check } from "./problems/check";
import { commonChecks } from "./problems/common";
import { otherChecks } from "./problems/others";
import { rookCephChecks } from "./problems/rook-ceph";
import { s3Checks } from "./problems/s3";
import { secretsChecks } from "./problems/secrets";
import type { BucketSpec } from "./store";

const all: readonly Check[] = [
  ...commonChecks,
  ...secretsChecks,
  ...rookCephChecks,
  ...awsChecks,
  ...awsEndpointChecks,
  ...s3Checks,
  ...otherChecks,
];

/** One check each, so that a malformed part of the configuration silences only those that need it. */
export function storageChecks(
  specsOf: (config: GranaryConfig) => readonly BucketSpec[],
): ((config: GranaryConfig) => readonly Problem[])[] {
  return all.map((check) => (config) => {
    const facts = {
      config,
      get specs() {
        return specsOf(config);
      },
    };
    return check(facts);
  });
}
