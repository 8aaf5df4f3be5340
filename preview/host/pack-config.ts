// What a policy pack is configured with: its policies' defaults, then what the pack starts with, then what the user says. Pure.
import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { PreviewFailure } from "../failure";
import { isObject, type Properties } from "../wire/values";

export const levels = ["advisory", "mandatory", "disabled", "remediate"] as const;
export type Level = (typeof levels)[number];
/** Policy name, or "all", to a level or to properties with an optional `enforcementLevel`. */
export type PackConfig = Readonly<Record<string, Level | Properties>>;
export interface PolicyConfig {
  level: number;
  properties: Properties;
}
interface Layer {
  level?: number;
  properties: Properties;
}

export function reconcile(info: AnalyzerInfo, user: PackConfig): Map<string, PolicyConfig> {
  const initial = new Map<string, Layer>(
    [...info.getInitialconfigMap().entries()].map(([name, config]) => [
      name,
      { level: config.getEnforcementlevel(), properties: (config.getProperties()?.toJavaScript() ?? {}) as Properties },
    ]),
  );
  const own = parse(info, user);
  return new Map(
    info.getPoliciesList().map((policy) => {
      const defaults = defaultsOf((policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {}) as Properties);
      const name = policy.getName();
      const layers = [initial.get("all"), initial.get(name), own.get("all"), own.get(name)];
      const level = layers.findLast((layer) => layer?.level !== undefined)?.level ?? policy.getEnforcementlevel();
      return [name, { level, properties: Object.assign({}, defaults, ...layers.map((layer) => layer?.properties)) as Properties }];
    }),
  );
}

function parse(info: AnalyzerInfo, user: PackConfig): Map<string, Layer> {
  const names = new Set(["all", ...info.getPoliciesList().map((policy) => policy.getName())]);
  const problems: string[] = [];
  const layers = Object.entries(user).map(([name, given]): [string, Layer] => {
    if (!names.has(name)) problems.push(`${name}: the pack has no such policy`);
    const { enforcementLevel, ...properties } = isObject(given) ? given : { enforcementLevel: given };
    const level = levels.indexOf(enforcementLevel as Level);
    if (enforcementLevel !== undefined && level < 0)
      problems.push(`${name}: "${String(enforcementLevel)}" is not one of ${levels.join(", ")}`);
    return [name, { ...(level < 0 ? {} : { level }), properties: properties as Properties }];
  });
  if (problems.length > 0)
    throw new PreviewFailure(`the configuration of policy pack ${info.getName()} is wrong:\n  ${problems.join("\n  ")}`);
  return new Map(layers);
}

function defaultsOf(schema: Properties): Properties {
  const withDefault = Object.entries(schema).filter(([, property]) => isObject(property) && property.default !== undefined);
  return Object.fromEntries(withDefault.map(([name, property]) => [name, (property as Properties).default ?? null]));
}
