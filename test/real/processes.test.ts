import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { ceph, kubernetes, loki, moto, node, seaweedfs } from "./servers";
import { cgroupsOf } from "./servers/run/cgroups";
import { root } from "./servers/run/root";
import { endRun, folderOf, processesOf, serverVariable, sweep } from "./servers/run/run";
import { eventually } from "./support/eventually";
import { describeReal } from "./support/suite";

// However the program that started them ends, no server outlives it. Each of these programs begins a run of its own.

const everyServer = ["ceph", "kubernetes", "loki", "moto", "seaweedfs"];
/** mon, mgr, osd, radosgw; etcd, API server, controller manager; and one each. */
const everyProcess = 4 + 3 + 1 + 1 + 1;

let run = "";
afterEach(async () => void (await endRun(run)));

async function program(end: string, servers: readonly string[]) {
  const { GRANARY_REAL_RUN: _, ...env } = process.env;
  const child = spawn(process.execPath, ["bin/run.mjs", "test/real/support/hold-servers.ts", end, ...servers], { cwd: root, env });
  run = String(child.pid);
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  const ended = once(child, "close");
  const ready = await eventually(
    async () => child.exitCode !== null || said.includes("started"),
    (done) => done,
    120,
  );
  if (!said.includes("started")) throw new Error(`the servers did not start (${ready}): ${complaints}`);
  return {
    child,
    ended,
    said: () => said,
    left: () =>
      eventually(
        async () => processesOf(run),
        (pids) => pids.length === 0,
        10,
      ),
  };
}

describeReal("Processes of all servers", [ceph, kubernetes, loki, moto, seaweedfs], () => {
  it("are gone after stop()", async () => {
    const { ended, said } = await program("stop", everyServer);
    await ended;
    expect(said()).toBe(`started ${everyProcess}\nleft 0\n`);
  });

  it("are gone after the program was killed", async () => {
    const { child, ended, left } = await program("wait", everyServer);
    expect(processesOf(run)).toHaveLength(everyProcess);
    child.kill("SIGKILL");
    await ended;
    expect(await left()).toEqual([]);
    // Nobody could clean up its files; the next run does.
    expect(existsSync(folderOf(run))).toBe(true);
    await sweep();
    expect(existsSync(folderOf(run))).toBe(false);
  });
});

// Its pods' processes bear no mark of ours; that they are gone shows by their cgroups, which can't be removed before.
describeReal("A node's processes, mounts and cgroups", [node], () => {
  const mounts = () =>
    readFileSync("/proc/self/mountinfo", "utf8")
      .split("\n")
      .filter((line) => line.includes(folderOf(run)));

  it("are gone after stop()", async () => {
    const { ended, said } = await program("stop", ["node"]);
    await ended;
    expect(said()).toMatch(/^started \d\d\nleft 0\n$/);
    expect(cgroupsOf(run)).toEqual([]);
    expect(mounts()).toEqual([]);
  });

  it("are gone after the program was killed and the next run has begun", async () => {
    const { child, ended, left } = await program("wait", ["node"]);
    expect(cgroupsOf(run)).toHaveLength(1);
    child.kill("SIGKILL");
    await ended;
    expect(await left()).toEqual([]);
    expect(mounts()).toEqual([]);
    await sweep();
    expect(cgroupsOf(run)).toEqual([]);
    expect(existsSync(folderOf(run))).toBe(false);
  });
});

describe("A process that outlived its run", () => {
  it("is ended when the next run begins", async () => {
    const first = spawn("true");
    await once(first, "close");
    run = String(first.pid);
    mkdirSync(folderOf(run));
    const orphan = spawn("sleep", ["60"], { detached: true, stdio: "ignore", env: { ...process.env, [serverVariable]: `${run}/engine` } });
    orphan.unref();
    expect(
      await eventually(
        async () => processesOf(run),
        (pids) => pids.length > 0,
      ),
    ).toEqual([orphan.pid]);
    await sweep();
    expect(processesOf(run)).toEqual([]);
    expect(existsSync(folderOf(run))).toBe(false);
  });
});

describeReal("Processes of a server", [moto], () => {
  for (const [how, end, signal] of [
    ["threw an error", "throw", undefined],
    ["ended without stopping it", "forget", undefined],
    ["was interrupted", "wait", "SIGINT"],
    ["was told to end", "wait", "SIGTERM"],
  ] as const) {
    it(`are gone after the program ${how}`, async () => {
      const { child, ended, said, left } = await program(end, ["moto"]);
      if (signal) child.kill(signal);
      await ended;
      expect(said()).toBe("started 1\n");
      expect(await left()).toEqual([]);
    });
  }
});
