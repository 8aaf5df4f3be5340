// A Ceph cluster of one node with its object gateway. Objects live in memory; a restart of the gateway keeps them, the end of the cluster does not.
import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cephConfiguration } from "./ceph-configuration";
import { makeCertificate } from "./certificate";
import { drawKeys, type Keys } from "./keys";
import { freePorts } from "./run/ports";
import { answers, type ProcessSpec, type RunningProcess, run, startProcess } from "./run/process";
import { logFolder, newFolder } from "./run/run";
import { defineServer, type Running, shareable, stopAll } from "./server";
import { tool } from "./tools/catalogue";
import { cephBinaries } from "./tools/debian";

export interface Ceph extends Running<Keys> {
  /** The same gateway over TLS, with the certificate that clients must trust. */
  readonly tlsEndpoint: string;
  readonly ca: string;
  readonly caFile: string;
  /** Makes a user or, where it is there already, returns its keys. In policies it is `arn:aws:iam:::user/<uid>`. `credentials` are those of `owner`. */
  user(uid: string): Promise<Keys>;
  /** Runs radosgw-admin, for what no S3 call can do; returns what it printed. */
  admin(...args: string[]): Promise<string>;
  /** For tests of what happens when the store goes away. `resume` undoes both. Not on a shared cluster. */
  readonly gateway: { kill(): Promise<void>; freeze(): void; resume(): Promise<void> };
}

export interface CephOptions {
  /** How long a lifecycle rule's day lasts; ten seconds unless said otherwise. */
  readonly secondsPerDay?: number;
  /** A public host that it stands for: the certificate names it, and buckets may be created in the region of that host. */
  readonly publicHost?: string;
}

async function start({ secondsPerDay = 10, publicHost }: CephOptions): Promise<Ceph> {
  const folder = newFolder("ceph");
  for (const daemon of ["mon", "mgr", "osd"]) mkdirSync(join(folder, daemon));
  const [monPort = 0, httpPort = 0, tlsPort = 0] = await freePorts(3);
  const certificate = await makeCertificate(folder, publicHost === undefined ? [] : [publicHost]);
  const cluster = randomUUID();
  const conf = join(folder, "ceph.conf");
  writeFileSync(
    conf,
    cephConfiguration({ folder, cluster, monPort, httpPort, tlsPort, secondsPerDay, certificate, anyRegion: publicHost !== undefined }),
  );

  const call = (command: string, ...args: string[]) => run(tool(command), ["-c", conf, ...args], { cwd: folder });
  const endpoint = `http://127.0.0.1:${httpPort}`;
  const started: RunningProcess[] = [];
  const daemon = async (name: string, command: string, args: string[], ready: ProcessSpec["ready"]) => {
    // SIGKILL: what the daemons would save on SIGTERM is thrown away.
    const spec = {
      server: "ceph",
      name,
      command: tool(command),
      args: ["-c", conf, ...args, "-f"],
      folder,
      ready,
      stopSignal: "SIGKILL",
    } as const;
    const running = await startProcess(spec);
    started.push(running);
    return running;
  };
  const startGateway = () => daemon("radosgw", "radosgw", ["-n", "client.rgw"], answers(`${endpoint}/`));
  const stop = async () => {
    await stopAll([...started].reverse());
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    const monmap = join(folder, "monmap");
    await run(tool("monmaptool"), ["--create", "--fsid", cluster, "--addv", "a", `[v2:127.0.0.1:${monPort}]`, monmap]);
    await call("ceph-mon", "--mkfs", "-i", "a", "--monmap", monmap);
    const osd = randomUUID();
    await daemon(
      "mon",
      "ceph-mon",
      ["-i", "a"],
      async () => (await call("ceph", "--connect-timeout", "5", "osd", "new", osd)).trim() === "0",
    );
    await call("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", osd);
    // The gateway waits for the other two, so that all three start side by side; each adds itself when it is up.
    const isUp = async (what: string, test: RegExp) => test.test(await call("ceph", "--connect-timeout", "5", what, "stat"));
    const daemons = await Promise.allSettled([
      daemon("mgr", "ceph-mgr", ["-i", "x"], () => isUp("mgr", /active/)),
      daemon("osd", "ceph-osd", ["-i", "0"], () => isUp("osd", /\b1 up\b/)),
      startGateway(),
    ]);
    for (const result of daemons) if (result.status === "rejected") throw result.reason;
    const user = usersOf(call);
    return {
      endpoint,
      tlsEndpoint: `https://127.0.0.1:${tlsPort}`,
      ca: certificate.ca,
      caFile: certificate.certFile,
      credentials: await user("owner"),
      logs: logFolder("ceph"),
      user,
      admin: (...args) => call("radosgw-admin", ...args),
      gateway: gatewayControl(started, startGateway),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Each user is made once, and with keys of our own, for a key that radosgw-admin draws may hold a slash. */
function usersOf(call: (command: string, ...args: string[]) => Promise<string>): (uid: string) => Promise<Keys> {
  const users = new Map<string, Promise<Keys>>();
  const create = async (uid: string): Promise<Keys> => {
    const keys = drawKeys();
    const named = ["--uid", uid, "--display-name", uid];
    await call("radosgw-admin", "user", "create", ...named, "--access-key", keys.accessKeyId, "--secret-key", keys.secretAccessKey);
    return keys;
  };
  return (uid) => {
    const user = users.get(uid) ?? create(uid);
    users.set(uid, user);
    return user;
  };
}

/** The gateway is the last of the processes, and its successor takes its place. */
function gatewayControl(started: RunningProcess[], startGateway: () => Promise<RunningProcess>): Ceph["gateway"] {
  const gateway = () => started.find((p) => p.log.endsWith("radosgw.log"));
  const kill = async () => {
    const current = gateway();
    if (!current) return;
    await current.stop("SIGKILL");
    started.splice(started.indexOf(current), 1);
  };
  return {
    kill,
    freeze: () => gateway()?.signal("SIGSTOP"),
    resume: async () => {
      const current = gateway();
      if (current) current.signal("SIGCONT");
      else await startGateway();
    },
  };
}

export const ceph = shareable(defineServer("Ceph", [...cephBinaries, "openssl"], start), {});
