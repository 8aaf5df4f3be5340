// Every store that can run here, with a stack's buckets and users in it. A new store is one entry, and Loki and Tempo get the same tests there.
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { stackSettings, withStorage } from "../../storage/support/stack";
import { expectOk, type PreviewResult, previewStack } from "../../support/preview";
import { ceph, type Keys, type Requirement, seaweedfs } from "../servers";
import { newFolder } from "../servers/run/run";
import { makeCephStack } from "./ceph-stack";
import { DynamicProvider, type Properties } from "./dynamic-provider";
import { hetznerProject } from "./hetzner";
import { secureS3 } from "./rook";
import { s3 } from "./s3";
import { allowUploads } from "./upload-policies";

export interface StoreCase {
  readonly title: string;
  readonly needs: readonly Requirement[];
  prepare(): Promise<PreparedStore>;
}

export interface PreparedStore {
  readonly stack: PreviewResult;
  /** Where Loki and Tempo reach it; a volume has no address. */
  readonly address?: { readonly endpoint: string; readonly caFile?: string };
  /** Keys of Loki, of Tempo, and of a user that no policy names; none for a volume. */
  readonly keys: Partial<Readonly<Record<"loki" | "tempo" | "stranger", Keys>>>;
  /** A client with these keys; undefined for a volume. */
  client?(keys: Keys): S3Client;
  bucket(purpose: string): string;
  /** Names of what is stored, by the purpose of its bucket or volume. */
  stored(purpose: string): Promise<string[]>;
  /** A configuration whose program has its disk in `folder`: moves what must outlive that disk. */
  kept(text: string, folder: string): string;
  stop(): Promise<void>;
}

const unchanged = (text: string): string => text;

async function localOnSeaweed(): Promise<PreparedStore> {
  const stack = await expectOk(previewStack("local"));
  const store = await seaweedfs.start({ users: ["loki", "tempo", "stranger"] });
  const buckets = bucketsOf(stack);
  await allowUploads(
    store,
    buckets.map(({ policy }) => policy),
  );
  await createBuckets(buckets, store.credentials, { managementEndpoint: store.endpoint });
  const client = (keys: Keys) => s3(store.endpoint, keys);
  return {
    ...objectStore(stack, buckets, client, store.credentials),
    address: { endpoint: store.endpoint },
    keys: { loki: store.user("loki"), tempo: store.user("tempo"), stranger: store.user("stranger") },
    stop: () => store.stop(),
  };
}

async function devOnCeph(): Promise<PreparedStore> {
  const storage = { ...(stackSettings("dev").storage as object), bucketPrefix: "stores-dev" };
  const stack = await expectOk(previewStack("dev", { config: { "granary:storage": storage } }));
  const store = await ceph.shared();
  const made = await makeCephStack(store, stack);
  const buckets = [...made.buckets].map(([purpose, bucket]) => ({ purpose, bucket }));
  const user = (workload: string) => made.keys(`stores-dev-${workload}`);
  return {
    ...objectStore(stack, buckets, (keys) => secureS3(store, keys), await user("owner")),
    address: { endpoint: store.tlsEndpoint, caFile: store.caFile },
    keys: { loki: await user("loki"), tempo: await user("tempo"), stranger: await store.user("stranger") },
    stop: () => Promise.resolve(),
  };
}

/** The gateway is Ceph's, as Hetzner's is, and the keys are subusers of one user. */
async function hetznerOnCeph(): Promise<PreparedStore> {
  const settings = withStorage("hetzner", { bucketPrefix: "stores-hetzner" });
  const stack = await expectOk(previewStack("hetzner", { config: { "granary:storage": settings.storage ?? {} } }));
  const store = await ceph.shared();
  const { administrator, keys } = await hetznerProject(store, settings);
  const buckets = bucketsOf(stack);
  await createBuckets(buckets, administrator, { endpoint: store.endpoint, region: "us-east-1" });
  return {
    ...objectStore(stack, buckets, (own) => secureS3(store, own), administrator),
    address: { endpoint: store.tlsEndpoint, caFile: store.caFile },
    keys,
    stop: () => Promise.resolve(),
  };
}

/** The volume keeps more in a cluster, but only this is the store: no write-ahead log, no index that is not yet stored. */
async function filesystem(): Promise<PreparedStore> {
  const config = { "granary:storage": { kind: "filesystem" }, "granary:secrets": {} };
  const stack = await expectOk(previewStack("local", { config }));
  const volume = newFolder("stores");
  const folders: Readonly<Record<string, string>> = { "loki-chunks": "chunks", "loki-ruler": "rules", "tempo-traces": "traces" };
  const bucket = (purpose: string) => join(volume, folders[purpose] ?? purpose);
  for (const purpose of Object.keys(folders)) mkdirSync(bucket(purpose));
  return {
    stack,
    keys: {},
    bucket,
    stored: async (purpose) => filesBelow(bucket(purpose)),
    kept: (text, folder) => Object.values(folders).reduce((all, name) => all.replaceAll(join(folder, name), join(volume, name)), text),
    stop: async () => rmSync(volume, { recursive: true, force: true }),
  };
}

export const stores: readonly StoreCase[] = [
  { title: "local on SeaweedFS", needs: [seaweedfs], prepare: localOnSeaweed },
  { title: "dev on Ceph", needs: [ceph], prepare: devOnCeph },
  { title: "hetzner on Ceph", needs: [ceph], prepare: hetznerOnCeph },
  { title: "filesystem on a volume", needs: [], prepare: filesystem },
];

interface Named {
  readonly purpose: string;
  readonly bucket: string;
}

interface Bucket extends Named {
  readonly policy: string;
  readonly inputs: Properties;
}

/** `raw`, for the provider that the program names runs here. */
const bucketsOf = ({ raw }: PreviewResult): Bucket[] =>
  (raw?.resources ?? [])
    .filter(({ type }) => type.endsWith(":S3Bucket"))
    .map(({ name, inputs }) => {
      const { bucket, policy } = inputs as { bucket: string; policy: string };
      return { purpose: name.replace(/^.*-store-/, "").replace(/-bucket$/, ""), bucket, policy, inputs: inputs as Properties };
    });

async function createBuckets(buckets: readonly Bucket[], administrator: Keys, address: Properties): Promise<void> {
  const provider = await DynamicProvider.start(administrator);
  try {
    for (const { inputs } of buckets) await provider.create({ ...inputs, ...address });
  } finally {
    provider.stop();
  }
}

function objectStore(stack: PreviewResult, buckets: readonly Named[], client: (keys: Keys) => S3Client, keeper: Keys) {
  const bucket = (purpose: string): string => {
    const found = buckets.find((one) => one.purpose === purpose);
    if (!found) throw new Error(`no bucket for ${purpose} among ${buckets.map((one) => one.purpose).join(", ")}`);
    return found.bucket;
  };
  const stored = async (purpose: string): Promise<string[]> => {
    const { Contents = [] } = await client(keeper).send(new ListObjectsV2Command({ Bucket: bucket(purpose) }));
    return Contents.map(({ Key = "" }) => Key);
  };
  return { stack, bucket, client, stored, kept: unchanged };
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
