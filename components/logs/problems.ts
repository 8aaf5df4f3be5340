// What is wrong with a configuration of logs that is well formed in each of its parts.
import type { Problem } from "../config/problems";
import type { GranaryConfig } from "../config/schema";
import { cacheEnabled } from "./caches";
import { idleOf, limitsOf } from "./derived";
import { isPasswordHash } from "./gateway";
import { periodProblems } from "./periods";
import { type Component, type LogsConfig, memoryMebibytes, sizing } from "./sizes";
import { runningComponents, writer } from "./topology";
import { corruptsUploads } from "./versions";

type Check = (logs: LogsConfig, config: GranaryConfig) => readonly Problem[];

const at = (path: string, message: string): Problem => ({ path: `granary:logs${path}`, message });
const when = (wrong: boolean, path: string, message: () => string): Problem[] => (wrong ? [at(path, message())] : []);

const imageIsSafe: Check = ({ image }) =>
  when(
    corruptsUploads(image.tag),
    ".image.tag",
    () =>
      `Loki ${image.tag} uploads with trailing checksums, which other stores than AWS refuse or keep inside the object; use 3.7.7 or later, or 3.6.16`,
  );

const writersFormAQuorum: Check = (logs) => {
  const component = writer(logs.mode);
  const { replicas } = sizing(logs, component);
  return when(replicas === 2 || (component !== "monolithic" && replicas < 3), `.components.${component}.replicas`, () =>
    component === "monolithic"
      ? "found 2; with two copies the loss of one stops all writes: use 1, or 3 and more"
      : `found ${replicas}; mode ${logs.mode} keeps three copies of each line and needs 3 or more`,
  );
};

const compactorIsSingle: Check = (logs) =>
  when(
    logs.mode === "distributed" && sizing(logs, "compactor").replicas !== 1,
    ".components.compactor.replicas",
    () => "only one compactor may run: two would delete each other's index",
  );

const diskIsMonolithic: Check = (logs, { storage }) =>
  storage.kind !== "filesystem"
    ? []
    : [
        ...when(
          logs.mode !== "monolithic",
          ".mode",
          () => `found ${logs.mode}; storage kind filesystem is one disk, which only the mode monolithic can use`,
        ),
        ...when(
          logs.mode === "monolithic" && sizing(logs, "monolithic").replicas > 1,
          ".components.monolithic.replicas",
          () => "found more than 1; storage kind filesystem is one disk, which one replica alone can use",
        ),
      ];

const componentsBelongToMode: Check = (logs) => {
  const runs = new Set<Component>([...runningComponents(logs), "gateway"]);
  return Object.entries(logs.components)
    .filter(([name, given]) => given !== undefined && !runs.has(name as Component))
    .map(([name]) => at(`.components.${name}`, `does not run with mode ${logs.mode}; these do: ${[...runs].join(", ")}`));
};

const chunksFit: Check = (logs) => {
  const component = writer(logs.mode);
  const streams = Math.floor((memoryMebibytes(logs, component) * 2 ** 20) / 4 / logs.chunks.targetSize.bytes);
  return [
    ...when(
      streams < 25,
      ".chunks.targetSize",
      () =>
        `is too large for ${component}: a quarter of its memory holds ${streams} such chunks; make it smaller, or set components.${component}.resources.limits.memory higher`,
    ),
    ...when(
      idleOf(logs).seconds > logs.chunks.age.seconds,
      ".chunks.idle",
      () => "is longer than chunks.age, after which a chunk is flushed anyway",
    ),
    ...when(
      logs.chunks.age.seconds > 24 * 3600,
      ".chunks.age",
      () => "is longer than 24h: so long lines would lie on the writers' disks alone",
    ),
  ];
};

const retentionCanWork: Check = (logs) => [
  ...when(logs.retention.seconds < 24 * 3600, ".retention", () => "is shorter than 24h, the least that Loki's compactor can keep apart"),
  ...logs.compactor.streams.flatMap(({ keep }, i) =>
    when(
      keep.seconds < 24 * 3600,
      `.compactor.streams[${i}].keep`,
      () => "is shorter than 24h, the least that Loki's compactor can keep apart",
    ),
  ),
  ...when(
    limitsOf(logs).rejectOlderThan.seconds > logs.retention.seconds,
    ".limits.rejectOlderThan",
    () => "is longer than logs.retention: lines would be taken in only to be deleted",
  ),
];

const limitsAgree: Check = (logs) => {
  const limits = limitsOf(logs);
  return [
    ...when(
      limits.ingestionBurst.bytes < limits.ingestionRate.bytes,
      ".limits.ingestionBurst",
      () => "is smaller than limits.ingestionRate",
    ),
    ...when(limits.streamBurst.bytes < limits.streamRate.bytes, ".limits.streamBurst", () => "is smaller than limits.streamRate"),
    ...when(
      limits.streamRate.bytes > limits.ingestionRate.bytes,
      ".limits.streamRate",
      () => "is larger than limits.ingestionRate, which bounds all streams together",
    ),
  ];
};

/** A value that may be a password typed by mistake is not repeated. */
const gatewayKnowsTenants: Check = ({ gateway }, { tenants }) => {
  const wrong = tenants.flatMap(({ passwordHash }, i) =>
    passwordHash !== undefined && !isPasswordHash(passwordHash)
      ? [
          {
            path: `granary:tenants[${i}].passwordHash`,
            message: "is not a bcrypt hash; make one with `htpasswd -nbBC 10 <tenant> <password>` and take what follows the colon",
          },
        ]
      : [],
  );
  const hashed = tenants.filter(({ passwordHash }) => passwordHash !== undefined);
  if (!gateway.enabled) return wrong;
  if (gateway.existingSecret)
    return [
      ...wrong,
      ...when(
        hashed.length > 0,
        ".gateway.existingSecret",
        () => "excludes tenants' passwordHash: either the Secret says who may come in, or the hashes do",
      ),
    ];
  const unknown = tenants.flatMap(({ passwordHash }, i) =>
    passwordHash === undefined
      ? [
          {
            path: `granary:tenants[${i}].passwordHash`,
            message:
              "is missing: the gateway must know every tenant by its password's hash, or logs.gateway.existingSecret name a Secret that does, or logs.gateway.enabled be false",
          },
        ]
      : [],
  );
  return [...wrong, ...unknown];
};

const cachesFit: Check = (logs) =>
  when(
    cacheEnabled(logs, "chunks") && logs.caches.chunks.memory.bytes < 16 * logs.chunks.targetSize.bytes,
    ".caches.chunks.memory",
    () => "holds fewer than 16 chunks of chunks.targetSize; make it larger or set caches.chunks.enabled to false",
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

/** Objects that belong to nobody lie beside the tenants' own; `fake` and `single-tenant` stand for everybody. */
const reservedNames: ReadonlySet<string> = new Set(["fake", "index", "rules", "single-tenant"]);

const tenantsAreDistinct: Check = (_, { tenants }) =>
  tenants.flatMap(({ name }, i) => {
    const path = `granary:tenants[${i}].name`;
    if (reservedNames.has(name))
      return [{ path, message: `found ${name}, which Loki and Tempo use for objects of their own; choose another` }];
    return tenants.findIndex((tenant) => tenant.name === name) < i ? [{ path, message: `found ${name}, which is there already` }] : [];
  });

const checks: readonly Check[] = [
  tenantsAreDistinct,
  imageIsSafe,
  writersFormAQuorum,
  compactorIsSingle,
  diskIsMonolithic,
  componentsBelongToMode,
  chunksFit,
  retentionCanWork,
  limitsAgree,
  gatewayKnowsTenants,
  cachesFit,
  wayOutIsPlain,
];

export function logsProblems(config: GranaryConfig): Problem[] {
  const { logs } = config;
  return [...checks.flatMap((check) => check(logs, config)), ...periodProblems(logs.schema)];
}
