// Where keys come from: each workload has its own, from a source that the store can take them from.
import type { Problem } from "../../config/problems";
import { howToSetSecret } from "../../config/problems";
import type { KeysSource } from "../../config/schema/secrets";
import { keysSource } from "../../secrets/source";
import { at, type Check, type Facts, shared, unknownNames, when, workloadNames } from "./check";

const withoutKeys: Readonly<Record<string, string>> = {
  aws: "workloads in AWS get roles (granary:storage.identity); a workload with keys as well would have two identities, and which one it uses would be chance",
  filesystem: "volumes have no keys",
};

const mixture: Check = ({ config: { storage, secrets } }) => {
  const reason = withoutKeys[storage.kind];
  if (!reason) return [];
  return [
    ...when(secrets.source !== undefined, "secrets.source", () => `leave it out: ${reason}`),
    ...when(Object.keys(secrets.rotation).length > 0, "secrets.rotation", () => `leave it out: ${reason}`),
  ];
};

const suitable: Check = ({ config: { storage, secrets } }) => {
  const kind = secrets.source?.kind;
  return [
    ...when(
      kind === "made" && (storage.kind === "hetzner" || storage.kind === "s3"),
      "secrets.source.kind",
      () => `found made, but a ${storage.kind} store has no way to be given keys; make them there and choose pulumi, existing or external`,
    ),
    ...when(
      kind === "existing" && storage.kind === "rook-ceph",
      "secrets.source.kind",
      () => "found existing, but Rook needs the keys beside the store as well as beside the workload; choose made, pulumi or external",
    ),
    ...when(
      storage.kind === "s3" && secrets.source === undefined,
      "secrets.source",
      () => "is missing; the store's keys are made elsewhere, so say where they are: existing, pulumi or external",
    ),
  ];
};

function sourceOf({ config: { storage, secrets } }: Facts): KeysSource | undefined {
  return withoutKeys[storage.kind] ? undefined : keysSource(storage.kind, secrets);
}

/** Each workload needs an entry, and an entry needs its workload. */
const complete: Check = (facts) => {
  const source = sourceOf(facts);
  const workloads = workloadNames(facts);
  const missing = (path: string, given: object, message: (workload: string) => string): Problem[] => [
    ...workloads.filter((workload) => !(workload in given)).map((workload) => at(`${path}.${workload}`, message(workload))),
    ...unknownNames(path, Object.keys(given), workloads, "workload"),
  ];
  if (source?.kind === "existing")
    return missing(
      "secrets.source.secrets",
      source.secrets,
      () => "is missing; it takes the name of the Secret that holds this workload's keys",
    );
  if (source?.kind === "external")
    return missing(
      "secrets.source.remote",
      source.remote,
      () => "is missing; it says where this workload's keys are in the outside store, such as {key: item}",
    );
  if (source?.kind !== "pulumi" || (facts.config.storage.kind === "s3" && !facts.config.secrets.source)) return [];
  const howTo = (workload: string) =>
    `is missing; ${howToSetSecret(`granary:keys.${workload}.accessKeyId`)}, and the same for secretAccessKey`;
  return missing("keys", facts.config.keys ?? {}, howTo);
};

const unused: Check = (facts) => {
  const source = sourceOf(facts);
  const given = Object.keys(facts.config.keys ?? {}).length > 0;
  return when(
    given && source?.kind !== "pulumi",
    "keys",
    () =>
      `holds keys, but this stack's come ${source ? `by secrets.source ${source.kind}` : "with roles or not at all"}; take them out, or choose pulumi`,
  );
};

const reused: Check = (facts) => {
  const source = sourceOf(facts);
  const reason = "each workload needs keys of its own, or none could be told from the other, narrowed or changed alone";
  const problems = (path: string, entries: readonly (readonly [string, string])[]): Problem[] =>
    shared(entries).map(({ names }) => at(path, `${names.join(" and ")} have the same keys; ${reason}`));
  const keys = facts.config.keys ?? {};
  return [
    ...problems(
      "keys",
      Object.entries(keys).flatMap(
        ([name, { accessKeyId, previous }]) => [[name, accessKeyId], ...(previous ? [[name, previous.accessKeyId] as const] : [])] as const,
      ),
    ),
    ...(source?.kind === "existing" ? problems("secrets.source.secrets", Object.entries(source.secrets)) : []),
    ...(source?.kind === "external"
      ? problems(
          "secrets.source.remote",
          Object.entries(source.remote).map(([name, { key, accessKeyId }]) => [name, `${key} ${accessKeyId}`]),
        )
      : []),
  ];
};

const rotation: Check = (facts) => {
  const { storage, secrets, keys = {} } = facts.config;
  if (withoutKeys[storage.kind]) return [];
  const source = sourceOf(facts);
  const remote = source?.kind === "external" ? source.remote : {};
  return [
    ...unknownNames("secrets.rotation", Object.keys(secrets.rotation), workloadNames(facts), "workload"),
    ...when(
      source?.kind === "pulumi" && Object.keys(secrets.rotation).length > 0,
      "secrets.rotation",
      () => "leave it out: these keys are in granary:keys, and pods restart when they change there",
    ),
    ...Object.entries(secrets.rotation).flatMap(([name, { keepPrevious }]) =>
      when(
        source !== undefined && source.kind !== "made" && source.kind !== "pulumi" && keepPrevious !== undefined,
        `secrets.rotation.${name}.keepPrevious`,
        () => `leave it out: only of keys that Granary makes does it know the pair before; these come by secrets.source ${source?.kind}`,
      ),
    ),
    ...Object.entries(keys).flatMap(([name, { accessKeyId, previous }]) =>
      when(
        previous?.accessKeyId === accessKeyId,
        `keys.${name}.previous`,
        () => "is the pair in use; leave it out, or keep the pair from before there",
      ),
    ),
    ...Object.entries(remote).flatMap(([name, { key, previousKey }]) => [
      ...when(
        previousKey === key,
        `secrets.source.remote.${name}.previousKey`,
        () => `found ${key}, which is the pair in use; name the item of the pair before, or leave it out`,
      ),
      ...when(
        previousKey !== undefined && storage.kind !== "rook-ceph",
        `secrets.source.remote.${name}.previousKey`,
        () => `only a rook-ceph store is told which keys are valid; in a ${storage.kind} store the keys themselves decide`,
      ),
    ]),
  ];
};

export const secretsChecks: readonly Check[] = [mixture, suitable, complete, unused, reused, rotation];
