// What is wrong with a configuration of logs that is well formed in each of its parts.
import type { Problem } from "../config/problems";
import { problemsBelow } from "../config/problems-below";
import type { GranaryConfig } from "../config/schema";
import { releaseProblems } from "../helm/problems";
import { periodProblems } from "./periods";
import { type Check, when } from "./problems/check";
import { limitChecks } from "./problems/limits";
import { nodeChecks } from "./problems/nodes";
import { programChecks } from "./problems/programs";
import { tenantChecks } from "./problems/tenants";
import { corruptsUploads } from "./versions";

const imageIsSafe: Check = ({ image }) =>
  when(
    corruptsUploads(image.tag),
    ".image.tag",
    () =>
      `Loki ${image.tag} uploads with trailing checksums, which other stores than AWS refuse or keep inside the object; use 3.7.7 or later, or 3.6.16`,
  );

/** Text that passes through the chart is a template there, and Loki replaces variables in it. */
const wayOutIsPlain: Check = ({ extraConfig }) => {
  const text = JSON.stringify(extraConfig);
  return [
    ...when(text.includes("{{"), ".extraConfig", () => "contains {{, which the chart would take for a template"),
    ...when(
      "schema_config" in extraConfig,
      ".extraConfig.schema_config",
      () => "is set by logs.schema, which guards the periods that have begun",
    ),
    ...when("auth_enabled" in extraConfig, ".extraConfig.auth_enabled", () => "is set by tenants: buckets and retention follow from them"),
  ];
};

const switchedOffIsLeftOut: Check = ({ ruler, gateway }) => [
  ...(["alertmanagerUrl", "remoteWriteUrl"] as const).flatMap((key) =>
    when(
      !ruler.enabled && ruler[key] !== undefined,
      `.ruler.${key}`,
      () => "has no effect without the ruler; leave it out, or set ruler.enabled to true",
    ),
  ),
  ...when(
    !gateway.enabled && gateway.existingSecret !== undefined,
    ".gateway.existingSecret",
    () => "has no effect without the gateway; leave it out, or set gateway.enabled to true",
  ),
];

const releaseIsConsistent: Check = ({ release }) => releaseProblems(release, problemsBelow("granary:logs"));

const checks: readonly Check[] = [
  ...tenantChecks,
  imageIsSafe,
  ...programChecks,
  ...nodeChecks,
  ...limitChecks,
  releaseIsConsistent,
  switchedOffIsLeftOut,
  wayOutIsPlain,
];

export function logsProblems(config: GranaryConfig): Problem[] {
  const { logs } = config;
  return [...checks.flatMap((check) => check(logs, config)), ...periodProblems(logs.schema)];
}
