// How many of Loki's programs may run, and with what.
import { cacheEnabled } from "../caches";
import { idleOf } from "../derived";
import { type Component, hasVolume, memoryMebibytes, sizing } from "../sizes";
import { runningComponents, writer } from "../topology";
import { at, type Check, when } from "./check";

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
  const runs = new Set<Component>([...runningComponents(logs), ...(logs.gateway.enabled ? ["gateway" as const] : [])]);
  return Object.entries(logs.components)
    .filter(([name, given]) => given !== undefined && !runs.has(name as Component))
    .map(([name]) => {
      const why = name === "gateway" ? "without gateway.enabled" : `with mode ${logs.mode}`;
      return at(`.components.${name}`, `does not run ${why}; these do: ${[...runs].join(", ")}`);
    });
};

const disksAreClaimed: Check = (logs, { storage }) => [
  ...Object.entries(logs.components)
    .filter(([name, given]) => given?.disk !== undefined && !hasVolume(name as Component))
    .map(([name]) => at(`.components.${name}.disk`, `has no effect: ${name} keeps nothing and has no volume; leave it out`)),
  ...when(
    storage.kind === "filesystem" && logs.components.monolithic?.disk !== undefined && storage.volumes["loki-chunks"] !== undefined,
    ".components.monolithic.disk",
    () => "is said by storage.volumes.loki-chunks.size as well: both are the one volume; leave this out",
  ),
];

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

const cachesFit: Check = (logs) =>
  when(
    cacheEnabled(logs, "chunks") && logs.caches.chunks.memory.bytes < 16 * logs.chunks.targetSize.bytes,
    ".caches.chunks.memory",
    () => "holds fewer than 16 chunks of chunks.targetSize; make it larger or set caches.chunks.enabled to false",
  );

export const programChecks: readonly Check[] = [
  writersFormAQuorum,
  compactorIsSingle,
  diskIsMonolithic,
  componentsBelongToMode,
  disksAreClaimed,
  chunksFit,
  cachesFit,
];
