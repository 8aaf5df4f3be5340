// What is wrong with a configuration of traces that is well formed in each of its parts.
import type { Problem } from "../config/problems";
import { problemsBelow } from "../config/problems-below";
import type { GranaryConfig } from "../config/schema";
import { kubernetesQuantity, type Size } from "../config/units";
import { isDefaultRelease, releaseProblems } from "../helm/problems";
import { hasOwnTraces, type TracesConfig } from "./input";
import { type Limits, limitsOf, type OwnTraces } from "./limits";

type Check = (traces: TracesConfig, config: GranaryConfig) => readonly Problem[];

const below = problemsBelow("granary:traces");
const { at, when } = below;
const tenantsOwn = problemsBelow("granary:tenants");

const versionMatchesConfiguration: Check = ({ image }) =>
  when(
    !/^v?2\./.test(image.tag),
    ".image.tag",
    () => `found ${image.tag}; the configuration is written for Tempo 2, and 3 renames it: Tempo would not start`,
  );

const diskIsMonolithic: Check = ({ kind }, { storage }) =>
  when(
    kind === "tempostack" && storage.kind === "filesystem",
    ".kind",
    () => "found tempostack, which needs an object store; storage kind filesystem goes with monolithic",
  );

const blocksOutliveTheirClosing: Check = ({ retention, blocks }) => [
  ...when(blocks.maxDuration.seconds > retention.seconds, ".blocks.maxDuration", () => "is longer than traces.retention"),
  ...when(retention.seconds < 3600, ".retention", () => "is shorter than 1h"),
];

/** What Tempo's receiver takes in one message: a burst in which that does not fit would hold its sender up for ever. */
const message = { bytes: 4 * 2 ** 20 };
const holdsUp = `is smaller than ${kubernetesQuantity(message)}, the largest message that Tempo takes: its sender would try again for ever`;

const limitsAgree: Check = ({ limits, search }) => [
  ...when(
    limits.ingestionBurst.bytes < limits.ingestionRate.bytes,
    ".limits.ingestionBurst",
    () => "is smaller than limits.ingestionRate: a second's worth of spans would not fit",
  ),
  ...when(limits.maxTraceSize.bytes > limits.ingestionBurst.bytes, ".limits.maxTraceSize", () => "is larger than limits.ingestionBurst"),
  ...when(limits.ingestionBurst.bytes < message.bytes, ".limits.ingestionBurst", () => holdsUp),
  ...when(search.defaultLimit > search.maxLimit, ".search.defaultLimit", () => "is larger than search.maxLimit"),
];

/** The same for each tenant, whose own settings lie over the stack's. */
const tenantsAgree: Check = (traces, { tenants }) =>
  tenants.flatMap(({ traces: own }, i): Problem[] => {
    if (!own) return [];
    const { ingestionRate, ingestionBurst, maxTraceSize } = limitsOf(traces.limits, own);
    const wrong = (is: boolean, key: keyof OwnTraces, message: string): Problem[] =>
      tenantsOwn.when(is, `[${i}].traces.${key}`, () => message);
    const whose = (key: keyof OwnTraces & keyof Limits, { bytes }: Size): string =>
      `${own[key] ? `its ${key}` : `traces.limits.${key}`}, ${kubernetesQuantity({ bytes })}`;
    return [
      ...wrong(own.retention !== undefined && own.retention.seconds < 3600, "retention", "is shorter than 1h"),
      ...wrong(
        own.retention !== undefined && own.retention.seconds < traces.blocks.maxDuration.seconds,
        "retention",
        "is shorter than traces.blocks.maxDuration, after which a block is closed",
      ),
      ...wrong(
        ingestionBurst.bytes < ingestionRate.bytes,
        "ingestionBurst",
        `is smaller than ${whose("ingestionRate", ingestionRate)} a second`,
      ),
      ...wrong(ingestionBurst.bytes < message.bytes, "ingestionBurst", holdsUp),
      ...wrong(
        maxTraceSize.bytes > ingestionBurst.bytes,
        own.maxTraceSize ? "maxTraceSize" : "ingestionBurst",
        own.maxTraceSize
          ? `is larger than ${whose("ingestionBurst", ingestionBurst)}`
          : `is smaller than ${whose("maxTraceSize", maxTraceSize)}`,
      ),
    ];
  });

const operatorIsUsed: Check = ({ kind, operator }) =>
  kind === "tempostack"
    ? []
    : Object.entries(operator)
        .filter(([, value]) => value !== undefined)
        .map(([key]) => at(`.operator.${key}`, "has no effect with kind monolithic; set kind to tempostack or leave it out"));

/** The operator takes a certificate authority from a ConfigMap alone, which the store's room does not make. */
const authorityIsThere: Check = ({ kind, operator }, { storage }) => {
  const own =
    (storage.kind === "rook-ceph" && storage.objectStore.gateway.tls?.ca !== undefined) ||
    (storage.kind === "s3" && storage.ca !== undefined);
  return when(
    kind === "tempostack" && own && !operator.caConfigMap,
    ".operator.caConfigMap",
    () =>
      "is missing: the store has a certificate authority of its own, and the Tempo operator takes that from a ConfigMap (key service-ca.crt); make one and name it here",
  );
};

const resourcesAreUsed: Check = ({ kind, resources, extraValues, release }) =>
  kind === "monolithic"
    ? releaseProblems(release, below)
    : [
        ...when(!isDefaultRelease(release), ".release", () => "has no effect with kind tempostack, which is no Helm release; leave it out"),
        ...when(resources !== undefined, ".resources", () => "has no effect with kind tempostack; use operator.totalResources"),
        ...when(Object.keys(extraValues).length > 0, ".extraValues", () => "are for the chart, which kind tempostack does not use"),
      ];

/** The operator has no field for the one, and writes the other where Tempo refuses it: such a Tempo would not start. */
const operatorKnowsTenants: Check = ({ kind, metricsGenerator }, { tenants }) =>
  kind === "monolithic"
    ? []
    : tenants.flatMap((tenant, i) => [
        ...tenantsOwn.when(
          tenant.traces?.maxTraceSize !== undefined,
          `[${i}].traces.maxTraceSize`,
          () => "would keep Tempo from starting with kind tempostack: the operator writes it where Tempo does not know it; leave it out",
        ),
        ...tenantsOwn.when(
          metricsGenerator.remoteWriteUrl !== undefined && hasOwnTraces(tenant),
          `[${i}].traces`,
          () =>
            "would end the metrics of this tenant's spans with kind tempostack: an override replaces all defaults, and the operator has no field for a tenant's processors; leave out these or traces.metricsGenerator",
        ),
      ]);

/** The chart takes the text for a template. */
const wayOutIsPlain: Check = ({ extraConfig }) => [
  ...when(JSON.stringify(extraConfig).includes("{{"), ".extraConfig", () => "contains {{, which the chart would take for a template"),
  ...when(
    "multitenancy_enabled" in extraConfig,
    ".extraConfig.multitenancy_enabled",
    () => "is set by tenants: buckets and retention follow from them",
  ),
];

const checks: readonly Check[] = [
  versionMatchesConfiguration,
  diskIsMonolithic,
  blocksOutliveTheirClosing,
  limitsAgree,
  tenantsAgree,
  operatorIsUsed,
  authorityIsThere,
  resourcesAreUsed,
  operatorKnowsTenants,
  wayOutIsPlain,
];

export function tracesProblems(config: GranaryConfig): Problem[] {
  const { traces } = config;
  return traces.enabled ? checks.flatMap((check) => check(traces, config)) : [];
}
