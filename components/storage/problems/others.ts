// Hetzner and plain volumes.
import type { Problem } from "../../config/problems";
import { kubernetesQuantity, wholeDays } from "../../config/units";
import { at, type Check, type Facts, forKind, shared, unknownNames, when, workloadNames } from "./check";

const hetznerKeys = forKind("hetzner", ({ accessKeyIds, administratorKeyIds }, facts) => {
  const path = "storage.accessKeyIds";
  const held = Object.entries(accessKeyIds).flatMap(([name, ids]) => ids.map((id) => [name, id] as const));
  return [
    ...workloadNames(facts)
      .filter((workload) => !(workload in accessKeyIds))
      .map((workload) =>
        at(`${path}.${workload}`, "is missing; make a key for this workload in Hetzner's console and put its id here, as a list"),
      ),
    ...unknownNames(path, Object.keys(accessKeyIds), workloadNames(facts), "workload"),
    ...shared(held).map(({ value, names }) =>
      at(path, `${names.join(" and ")} have the same key ${value}; each workload needs one of its own`),
    ),
    ...held.flatMap(([name, id]) =>
      when(
        administratorKeyIds.includes(id),
        `${path}.${name}`,
        () => `found ${id}, an administrator's key, which keeps every right; make another for ${name}`,
      ),
    ),
    ...Object.entries(accessKeyIds).flatMap(([name, ids]) =>
      when(new Set(ids).size < ids.length, `${path}.${name}`, () => "names the same key twice"),
    ),
  ];
});

const volumes = forKind("filesystem", ({ volumes, perDay }, facts) => [
  ...Object.entries({ volumes, perDay }).flatMap(([key, given]) => volumeNames(`storage.${key}`, Object.keys(given), facts)),
  ...facts.specs.flatMap((spec): Problem[] => {
    const daily = perDay[spec.purpose];
    const size = volumes[spec.purpose]?.size ?? spec.diskSize;
    const longest = Math.max(0, ...spec.expiries.map(({ keepFor }) => wholeDays(keepFor)));
    if (!daily || !size || daily.bytes * longest <= size.bytes) return [];
    const needed = kubernetesQuantity({ bytes: Math.ceil((daily.bytes * longest) / 2 ** 30) * 2 ** 30 });
    return [
      at(
        `storage.volumes.${spec.purpose}.size`,
        `${kubernetesQuantity(size)} is too small: ${kubernetesQuantity(daily)} a day for ${longest} days needs ${needed}; take more, or keep less`,
      ),
    ];
  }),
]);

function volumeNames(path: string, found: readonly string[], { specs }: Facts): Problem[] {
  const own = specs.filter(({ onDiskOf }) => onDiskOf === undefined).map(({ purpose }) => purpose);
  const guests = specs.flatMap(({ purpose, onDiskOf }): [string, string][] =>
    onDiskOf && found.includes(purpose) ? [[purpose, onDiskOf]] : [],
  );
  const strangers = found.filter((name) => !guests.some(([guest]) => guest === name));
  return [
    ...unknownNames(path, strangers, own, "volume"),
    ...guests.map(([guest, host]) => at(`${path}.${guest}`, `has no volume of its own: it lies on that of ${host}; leave it out`)),
  ];
}

const operatorNeedsBuckets = forKind("filesystem", (_storage, { specs }) =>
  specs.flatMap(({ purpose, workload }) =>
    when(
      workload.secretShape === "tempo-operator",
      "storage.kind",
      () => `found filesystem, but ${purpose} belongs to the Tempo operator, which knows object stores alone`,
    ),
  ),
);

export const otherChecks: readonly Check[] = [hetznerKeys, volumes, operatorNeedsBuckets];
