// Other S3 stores: how they are reached, and what their products and their buckets can take.
import type { Problem } from "../../config/problems";
import type { StorageOf } from "../../config/schema/storage";
import { lifecycle } from "../../config/schema/storage/common";
import { abilities } from "../s3-products";
import { at, type Check, forKind, purposesOf, unknownNames, when, workloadNames } from "./check";

const s3Transport = forKind("s3", ({ endpoint, managementEndpoint, insecure, ca, reach }, { config: { environment } }) => {
  const plain = endpoint.startsWith("http://");
  const plainManagement = managementEndpoint?.startsWith("http://") === true;
  const port = Number(/:([0-9]+)$/.exec(endpoint)?.[1] ?? (plain ? 80 : 443));
  return [
    ...when(
      plain && !insecure,
      "storage.endpoint",
      () => `found ${endpoint}; allowed is https, or http with insecure: true in a local stack`,
    ),
    ...when(
      plainManagement && !insecure,
      "storage.managementEndpoint",
      () => `found ${managementEndpoint}; allowed is https, or http with insecure: true in a local stack`,
    ),
    ...when(
      insecure && environment !== "local",
      "storage.insecure",
      () => `found true, which only a local stack may say; this one is ${environment}`,
    ),
    ...when(!plain && !plainManagement && insecure, "storage.insecure", () => "found true, but the endpoint speaks https; leave it out"),
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

const s3Product = forKind("s3", ({ product, versioning, lifecycle, grants, users, buckets }) => {
  if (buckets === "use") return [];
  const able = abilities[product];
  const nothingKnown = product === "other" ? "of product: other nothing is known" : undefined;
  return [
    ...when(
      versioning === true && !able.versioning,
      "storage.versioning",
      () => `found true, but ${nothingKnown ?? `${product} keeps no versions`}`,
    ),
    ...when(
      !able.lifecycle && hasOwnRules(lifecycle),
      "storage.lifecycle",
      () => `leave it out: ${nothingKnown ?? `${product} keeps no rules`}, so none are sent`,
    ),
    ...when(
      grants.length > 0 && !able.principal,
      "storage.grants",
      () => `bucket policies of ${product} can't name users, so a grant would give nothing; give access there by its own means`,
    ),
    ...when(
      Object.keys(users).length > 0 && !able.principal,
      "storage.users",
      () => `leave it out: bucket policies of ${product} can't name users`,
    ),
  ];
});

const defaults = lifecycle().parse({});
/** Rules of the store's own that differ from what every bucket gets. */
const hasOwnRules = (own: StorageOf<"s3">["lifecycle"]): boolean => JSON.stringify(own) !== JSON.stringify(defaults);

/** Buckets that are taken as they are keep the policies and rules that someone else gave them. */
const s3AsTheyAre = forKind("s3", (storage) => {
  if (storage.buckets !== "use") return [];
  const { grants, versioning, lifecycle, users, takeOver, managementEndpoint } = storage;
  const set = {
    grants: grants.length > 0,
    versioning: versioning !== undefined,
    lifecycle: hasOwnRules(lifecycle),
    users: Object.keys(users).length > 0,
    takeOver: takeOver.length > 0,
    managementEndpoint: managementEndpoint !== undefined,
  };
  return Object.entries(set).flatMap(([key, given]) =>
    when(
      given,
      `storage.${key}`,
      () => "leave it out: with buckets: use Granary takes the buckets as they are, and changes nothing about them",
    ),
  );
});

const s3Users = forKind("s3", ({ users }, facts) => unknownNames("storage.users", Object.keys(users), workloadNames(facts), "workload"));

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

export const s3Checks: readonly Check[] = [s3Transport, s3Elsewhere, s3Product, s3AsTheyAre, s3Users, s3Shared];
