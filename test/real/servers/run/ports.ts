import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { runFolder } from "./run";

// Below the range that the kernel takes ports from for outgoing connections, so that none is taken between the look and the start.
const first = 15_000;
const last = 32_000;

/** A port that nothing listens on, and that nobody else in this run was given. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const port = first + Math.floor(Math.random() * (last - first));
    if ((await isFree(port)) && taken(port)) return port;
  }
  throw new Error(`no free port between ${first} and ${last} on 127.0.0.1`);
}

/** The processes of a run agree by files, which only one of them can make. */
function taken(port: number): boolean {
  try {
    writeFileSync(join(runFolder(), `port-${port}`), "", { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

export const freePorts = (count: number): Promise<number[]> => Promise.all(Array.from({ length: count }, freePort));

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once("error", () => done(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => done(true)));
  });
}
