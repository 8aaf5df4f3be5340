// What every store with buckets takes.
import { z } from "zod";
import { cidr, duration, kubernetesName } from "../../fields";

export const purpose = () =>
  z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?$/, { error: "a bucket's purpose, such as loki-chunks, loki-ruler or tempo-traces" });

export const bucketName = () =>
  z.string().regex(/^[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]$/, {
    error: "a bucket's name: 3 to 63 lower case letters, digits, hyphens and dots, with a letter or digit at both ends",
  });

export const bucketPrefix = () =>
  z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/, {
    error: "what buckets' names begin with: 1 to 32 lower case letters, digits and hyphens, no hyphen at either end",
  });

/** Where something lives in a bucket: `team-a/`. */
export const prefix = () =>
  z.string().regex(/^(?:[A-Za-z0-9._-]+\/)+$/, {
    error: "a prefix: names of letters, digits, dots, hyphens and _, each followed by /, such as team-a/",
  });

/** A location by its web address, without a path. */
export const origin = (example: string) =>
  z
    .string()
    .regex(/^https?:\/\/[A-Za-z0-9.-]+(?::[0-9]{1,5})?$/, { error: `an address with its scheme and without a path, such as ${example}` });

/** The networks that the store is reached at, for the network policies of the workloads. */
export const egress = () => z.array(cidr()).min(1, { error: "at least one network, such as 10.0.0.0/8" });

export const actions = () =>
  z.array(z.enum(["read", "write", "delete", "list", "tag"])).min(1, { error: "at least one of read, write, delete, list, tag" });

/** Where network policies must let the workloads through. */
export const reach = () =>
  z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("namespace").describe("Which of them this is."),
      namespace: kubernetesName().describe("The store's namespace."),
      podLabels: z.record(z.string(), z.string()).describe("The labels of its pods."),
      port: z.int().min(1).max(65535).describe("The port on which it answers."),
    }),
    z.strictObject({
      kind: z.literal("cidrs").describe("Which of them this is."),
      cidrs: z.array(cidr()).min(1).describe("The networks in which it answers."),
      port: z.int().min(1).max(65535).describe("The port on which it answers."),
    }),
  ]);

/** Buckets that exist already and are taken over with all that they hold, by purpose; their policies and rules are replaced. */
export const takeOver = () => z.array(purpose()).default([]);

/** Access for a program that Granary does not run itself, such as a backup or an audit. */
const grant = z.strictObject({
  workload: kubernetesName().describe("The program's name."),
  namespace: kubernetesName().describe("Its namespace."),
  serviceAccounts: z.array(kubernetesName()).min(1, { error: "at least one service account" }).describe("Its service accounts."),
  purpose: purpose().describe("Which bucket."),
  actions: actions().describe("What it may do there."),
  prefix: prefix().optional().describe("Only what is below this; the whole bucket when left out."),
});

/** The store's own clean-up: a backstop below what the programs delete themselves. */
export const lifecycle = () =>
  z.strictObject({
    margin: duration().prefault("7d").describe("How long after a program should have deleted an object the store does it."),
    abortUploadsAfter: duration().prefault("1d").describe("When unfinished uploads are thrown away."),
    noncurrentAfter: duration().prefault("7d").describe("How long an overwritten or deleted version is kept where versions are."),
    expireAfter: z
      .record(purpose(), duration())
      .default({})
      .describe("Instead of retention and margin, by purpose; never shorter than what the programs keep."),
  });

/** What `pulumi destroy` does to the data. */
export const onDestroy = () => z.enum(["keep-all-data", "delete-all-data"]).default("keep-all-data");

export const common = {
  lifecycle: lifecycle().prefault({}).describe("The store's own clean-up: a backstop below what the programs delete themselves."),
  grants: z.array(grant).default([]).describe("Access for programs that Granary does not run itself, such as a backup."),
  versioning: z
    .boolean()
    .optional()
    .describe("Keeps old versions of objects for a while, where the store can; each bucket's purpose decides when left out."),
  onDestroy: onDestroy().describe("What `pulumi destroy` does to the data."),
};
