// A project in Hetzner's Object Storage, as Ceph sees it: one user, each key a subuser that owns every bucket.
import { randomBytes } from "node:crypto";
import type { Settings } from "../../storage/support/stack";
import type { Ceph, Keys } from "../servers";

interface HetznerSettings {
  readonly projectId: string;
  readonly administratorKeyIds: readonly string[];
  readonly accessKeyIds: Readonly<Record<string, readonly string[]>>;
}

export interface HetznerProject {
  readonly administrator: Keys;
  /** By workload, and `stranger`: a key of the project that no policy names. */
  readonly keys: Readonly<Record<string, Keys>>;
}

export const strangerKeyId = "EXAMPLESTRANGER00000";
const madeOn = new WeakMap<Ceph, Map<string, Promise<Keys>>>();

export async function hetznerProject(store: Ceph, settings: Settings): Promise<HetznerProject> {
  const { projectId, administratorKeyIds, accessKeyIds } = settings.storage as unknown as HetznerSettings;
  const uid = `p${projectId}`;
  const made = madeOn.get(store) ?? new Map<string, Promise<Keys>>();
  madeOn.set(store, made);
  const once = (name: string, make: () => Promise<Keys>): Promise<Keys> => {
    const known = made.get(name) ?? make();
    made.set(name, known);
    return known;
  };
  await once(uid, async () => {
    await store.admin("user", "create", "--uid", uid, "--display-name", uid);
    return { accessKeyId: "", secretAccessKey: "" };
  });
  const key = (id: string) => once(`${uid}:${id}`, () => makeKey(store, uid, id));
  const [administrator = ""] = administratorKeyIds;
  const keys: Record<string, Keys> = {};
  for (const [workload, [id = ""]] of Object.entries(accessKeyIds)) keys[workload] = await key(id);
  return { administrator: await key(administrator), keys: { ...keys, stranger: await key(strangerKeyId) } };
}

async function makeKey(store: Ceph, uid: string, accessKeyId: string): Promise<Keys> {
  const subuser = `${uid}:${accessKeyId}`;
  const secretAccessKey = randomBytes(20).toString("hex");
  await store.admin("subuser", "create", "--uid", uid, "--subuser", subuser, "--access", "full");
  await store.admin(
    "key",
    "create",
    "--subuser",
    subuser,
    "--key-type",
    "s3",
    "--access-key",
    accessKeyId,
    "--secret-key",
    secretAccessKey,
  );
  return { accessKeyId, secretAccessKey };
}
