// Hetzner, other S3 stores and plain volumes.
import type { Problem } from "../../config/problems";
import { kubernetesQuantity, wholeDays } from "../../config/units";
import { abilities } from "../s3-products";
import { at, type Check, forKind, purposesOf, shared, unknownNames, when, workloadNames } from "./check";

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

const s3Transport = forKind("s3", ({ endpoint, insecure, ca, reach }, { config: { environment } }) => {
  const plain = endpoint.startsWith("http://");
  const port = Number(/:([0-9]+)$/.exec(endpoint)?.[1] ?? (plain ? 80 : 443));
  return [
    ...when(
      plain && !insecure,
      "storage.endpoint",
      () => `found ${endpoint}; allowed is https, or http with insecure: true in a local stack`,
    ),
    ...when(
      insecure && environment !== "local",
      "storage.insecure",
      () => `found true, which only a local stack may say; this one is ${environment}`,
    ),
    ...when(!plain && insecure, "storage.insecure", () => "found true, but the endpoint speaks https; leave it out"),
    ...when(plain && ca !== undefined, "storage.ca", () => "leave it out: without https there is no certificate to trust"),
    ...when(port < 1 || port > 65535, "storage.endpoint", () => `found port ${port}; allowed is 1 to 65535`),
    ...when(
      reach.kind === "cidrs" && reach.port !== port,
      "storage.reach.port",
      () => `found ${reach.port}, but the endpoint's port is ${port}: network policies would let nobody through`,
    ),
  ];
});

const s3Elsewhere = forKind("s3", ({ endpoint }) => [
  ...when(/\.amazonaws\.com(?::|$)/.test(endpoint), "storage.endpoint", () => "is AWS; use kind: aws, which gives roles instead of keys"),
  ...when(
    /\.your-objectstorage\.com(?::|$)/.test(endpoint),
    "storage.endpoint",
    () => "is Hetzner's; use kind: hetzner, which narrows its keys",
  ),
]);

const s3Product = forKind("s3", ({ product, versioning, grants, buckets }) => {
  const able = abilities[product];
  return [
    ...when(
      versioning === true && !able.versioning && buckets === "make",
      "storage.versioning",
      () => `found true, but ${product === "other" ? "of product: other nothing is known" : `${product} keeps no versions`}`,
    ),
    ...when(
      grants.length > 0 && !able.principal,
      "storage.grants",
      () => `bucket policies of ${product} can't name users, so a grant would give nothing; give access there by its own means`,
    ),
  ];
});

const s3Shared = forKind("s3", ({ shared: one }, facts): Problem[] => {
  if (!one) return [];
  const path = "storage.shared.prefixes";
  const entries = Object.entries(one.prefixes);
  return [
    ...purposesOf(facts)
      .filter((purpose) => !(purpose in one.prefixes))
      .map((purpose) => at(`${path}.${purpose}`, "is missing; in a shared bucket each purpose needs a prefix of its own, such as loki/")),
    ...unknownNames(path, Object.keys(one.prefixes), purposesOf(facts), "bucket"),
    ...entries.flatMap(([purpose, prefix], i) =>
      entries
        .slice(0, i)
        .flatMap(([other, before]) =>
          when(
            prefix.startsWith(before) || before.startsWith(prefix),
            `${path}.${purpose}`,
            () => `found ${prefix}, which overlaps ${before} of ${other}: each would see and expire the other's objects`,
          ),
        ),
    ),
  ];
});

const volumes = forKind("filesystem", ({ volumes, perDay }, facts) => [
  ...unknownNames("storage.volumes", Object.keys(volumes), purposesOf(facts), "bucket"),
  ...unknownNames("storage.perDay", Object.keys(perDay), purposesOf(facts), "bucket"),
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

const operatorNeedsBuckets = forKind("filesystem", (_storage, { specs }) =>
  specs.flatMap(({ purpose, workload }) =>
    when(
      workload.secretShape === "tempo-operator",
      "storage.kind",
      () => `found filesystem, but ${purpose} belongs to the Tempo operator, which knows object stores alone`,
    ),
  ),
);

export const otherChecks: readonly Check[] = [hetznerKeys, s3Transport, s3Elsewhere, s3Product, s3Shared, volumes, operatorNeedsBuckets];
