// A program that starts servers and then ends in a way of its choice: `hold-servers.ts <stop | forget | throw | wait> <server>...`.
// It says how many processes the servers have, and where it stops them, how many are left.
import { ceph, kubernetes, moto, node, type Running, seaweedfs } from "../servers";
import { processesOf, runId } from "../servers/run/run";
import { startLokiOnDisk } from "./disk-loki";

const starts: Readonly<Record<string, () => Promise<Running<unknown>>>> = {
  ceph: () => ceph.start({}),
  kubernetes: () => kubernetes.start(),
  loki: startLokiOnDisk,
  moto: () => moto.start(),
  node: () => node.start({}),
  seaweedfs: () => seaweedfs.start({ users: [] }),
};

async function main([end, ...names]: string[]): Promise<void> {
  const servers = await Promise.all(names.map((name) => starts[name]?.() ?? Promise.reject(new Error(`no server ${name}`))));
  console.log(`started ${processesOf(runId()).length}`);
  if (end === "forget") process.exit(0);
  if (end === "throw") throw new Error("on purpose");
  if (end === "wait") return new Promise(() => setInterval(() => undefined, 1000));
  await Promise.all(servers.map((server) => server.stop()));
  console.log(`left ${processesOf(runId()).length}`);
}

void main(process.argv.slice(2));
