// No process that a preview starts outlives it, whatever ends it.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runPreview, startPreview } from "../../support/command";
import { root } from "../../support/preview";

const scratch = mkdtempSync(join(tmpdir(), "granary-processes-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const checks = join(root, "test/preview/fixtures/packs/checks");

function project(behaviour: string): string {
  const folder = join(scratch, behaviour);
  cpSync(join(root, "test/preview/fixtures/project"), folder, { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "Pulumi.one.yaml"), `config: {sample:behaviour: ${behaviour}}\n`);
  return folder;
}

/** Processes that carry this word in their environment. */
function marked(mark: string): number[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").includes(mark) ? [Number(pid)] : [];
    } catch {
      return [];
    }
  });
}

async function until(condition: () => boolean): Promise<boolean> {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  return condition();
}

const args = (folder: string) => ["--cwd", folder, "--stack", "one", "--policy-pack", checks];

// Only Linux shows the environment of processes; the mark travels in TZ, which is handed on to programs and packs.
test.runIf(process.platform === "linux").each(["SIGTERM", "SIGINT", "SIGKILL"] as const)(
  "ended by %s, it leaves nothing behind",
  async (signal) => {
    const mark = `Granary/${signal}`;
    const { process: host, ended } = startPreview(args(project("hangs")), { TZ: mark });
    expect(await until(() => marked(mark).length === 3)).toBe(true);
    host.kill(signal);
    await ended;
    expect(await until(() => marked(mark).length === 0)).toBe(true);
    rmSync(join(scratch, "hangs"), { recursive: true });
  },
);

test.runIf(process.platform === "linux").each(["good", "throws"])("when the program %s, it leaves nothing behind", async (behaviour) => {
  const mark = `Granary/${behaviour}`;
  const { code } = await runPreview(args(project(behaviour)), { TZ: mark });
  expect(code).toBe(behaviour === "good" ? 0 : 2);
  expect(await until(() => marked(mark).length === 0)).toBe(true);
});
