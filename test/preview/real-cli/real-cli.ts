// The real Pulumi CLI, where it is installed: PULUMI_CLI, or `pulumi` on the path. The npm wrapper doesn't count: it would download.
import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { root } from "../../support/preview";
import { echoProvider } from "./echo-provider";

const run = promisify(execFile);
const providers = ["kubernetes", "aws", "random"];
const leftBehind = new Set(["node_modules", ".git", ".granary", "test", "docs"]);

export interface Step {
  urn: string;
  newState: {
    type: string;
    custom: boolean;
    inputs?: Record<string, unknown>;
    parent?: string;
    protect?: boolean;
    retainOnDelete?: boolean;
    dependencies?: string[];
  };
}

export function findCli(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "pulumi"));
  const candidates = process.env.PULUMI_CLI ? [process.env.PULUMI_CLI] : folders;
  return candidates.find((path) => isNative(path));
}

function isNative(path: string): boolean {
  try {
    return !readFileSync(realpathSync(path)).subarray(0, 2).equals(Buffer.from("#!")) && execFileSync(path, ["version"]).length > 0;
  } catch {
    return false;
  }
}

/** Previews a copy of the project, because the CLI writes into a stack's file, with state and settings of its own. */
export async function realPreview(cli: string, stack: string): Promise<Step[]> {
  const scratch = mkdtempSync(join(tmpdir(), "granary-cli-"));
  const project = join(scratch, "project");
  const echoes = await Promise.all(providers.map(async (name) => ({ name, ...(await echoProvider(name, versionOf(name))) })));
  try {
    cpSync(root, project, { recursive: true, filter: (path) => !leftBehind.has(relative(root, path)) });
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
    mkdirSync(join(scratch, "state"));
    const env = {
      HOME: scratch,
      PATH: `${dirname(cli)}${delimiter}${process.env.PATH}`,
      PULUMI_HOME: join(scratch, "home"),
      PULUMI_BACKEND_URL: `file://${join(scratch, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "only for this preview",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DEBUG_PROVIDERS: echoes.map(({ name, port }) => `${name}:${port}`).join(","),
    };
    const options = { cwd: project, env, maxBuffer: 256 * 2 ** 20 };
    await run(cli, ["stack", "init", stack, "--non-interactive"], options);
    const { stdout } = await run(cli, ["preview", "--stack", stack, "--json", "--non-interactive"], options);
    return (JSON.parse(stdout) as { steps: Step[] }).steps;
  } finally {
    for (const { stop } of echoes) stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(join(root, "node_modules/@pulumi", name, "package.json"), "utf8")) as { version: string }).version;
