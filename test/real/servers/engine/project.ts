// A stack of a copy of this project, and the CLI's commands on it. A copy, because the CLI writes into a stack's file.
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parse, stringify } from "yaml";
import type { Yaml } from "../../../../preview/config/files";
import { root } from "../run/root";
import { newFolder } from "../run/run";
import { type Outcome, runCommand } from "./command";
import { type Events, readEvents } from "./events";
import { installPulumi } from "./plugins";
import { upgradeProvider } from "./upgrade";

export interface ProjectOptions {
  readonly stack: string;
  /** The environment that a user of the stack has: keys, addresses. */
  readonly environment: Readonly<Record<string, string>>;
  /** Put before the CLI: a mount namespace of its own. */
  readonly wrapper?: readonly string[];
}

export type Run = Outcome & Events;
/** Keys of a stack's file; objects are merged into what is there, null removes. */
export type Settings = Readonly<Record<string, Yaml>>;

const leftBehind = new Set(["node_modules", ".git", ".granary", "test", "docs"]);
export const passphrase = "granary-test-passphrase";

export class EngineProject {
  private readonly folder = newFolder("engine");
  private readonly pulumi = installPulumi(this.folder);
  private commands = 0;
  readonly path = join(this.folder, "project");

  constructor(private readonly options: ProjectOptions) {
    cpSync(root, this.path, { recursive: true, filter: (path) => !leftBehind.has(relative(root, path)) });
    symlinkSync(join(root, "node_modules"), join(this.path, "node_modules"));
  }

  /** Changes to the environment for all commands that follow. */
  environment: Readonly<Record<string, string>> = {};

  configure(settings: Settings): void {
    const file = join(this.path, `Pulumi.${this.options.stack}.yaml`);
    const content = parse(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
    writeFileSync(file, stringify({ ...content, config: merged(content.config, settings) }));
  }

  /** While it is set, its abort kills the command that runs. */
  killSwitch: AbortSignal | undefined;

  /** Replaces a text of the program, as a later version of it would have another. */
  edit(file: string, from: string, to: string): void {
    const path = join(this.path, file);
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) throw new Error(`${file} holds no ${from}`);
    writeFileSync(path, text.replaceAll(from, to));
  }

  /** By the CLI, which encrypts it: `granary:keys.loki.accessKeyId`. */
  setSecret = (path: string, value: string): Promise<Run> => this.expectOk(this.run("config", "set", "--secret", "--path", path, value));

  /** To the next version of the Kubernetes provider, the SDK's package and the plugin. */
  upgradeProvider = (): void => upgradeProvider(this.path, this.pulumi.home);

  init = (): Promise<Run> => this.expectOk(this.run("stack", "init", this.options.stack));
  preview = (...flags: string[]): Promise<Run> => this.program("preview", ...flags);
  /** The plan as JSON, with every input. */
  plan = (): Promise<string> => this.data("preview", "--json");
  up = (...flags: string[]): Promise<Run> => this.program("up", "--yes", "--skip-preview", ...flags);
  refresh = (...flags: string[]): Promise<Run> => this.logged("refresh", "--yes", "--skip-preview", ...flags);
  previewRefresh = (...flags: string[]): Promise<Run> => this.logged("refresh", "--preview-only", ...flags);
  /** With its preview first, in which a protected resource is an error before anything is deleted. */
  destroy = (...flags: string[]): Promise<Run> => this.logged("destroy", "--yes", ...flags);
  /** Removes the lock that a killed command leaves. */
  cancel = (): Promise<Run> => this.expectOk(this.run("cancel", "--yes"));
  unprotect = (): Promise<Run> => this.expectOk(this.run("state", "unprotect", "--all", "--yes"));
  /** The state's text; with `--show-secrets` its secrets in plain text. */
  export = (...flags: string[]): Promise<string> => this.data("stack", "export", ...flags);
  import = async (state: string): Promise<Run> => {
    const file = join(this.folder, "import.json");
    writeFileSync(file, state);
    return this.expectOk(this.run("stack", "import", "--file", file));
  };

  async expectOk(run: Promise<Run>): Promise<Run> {
    const outcome = await run;
    if (outcome.code !== 0) throw new Error(`pulumi ended with ${outcome.code}:\n${outcome.text}`);
    return outcome;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Commands that run the program run the policy pack as well. */
  private readonly program = (command: string, ...flags: string[]): Promise<Run> =>
    this.logged(command, "--policy-pack", "policy", ...flags);

  private readonly logged = async (command: string, ...flags: string[]): Promise<Run> => {
    const log = join(this.folder, `events-${++this.commands}`);
    const outcome = await this.run(command, ...flags, "--event-log", log);
    return { ...outcome, ...readEvents(log) };
  };

  private readonly run = (...args: string[]): Promise<Run> => this.command(args, false);

  /** What a command prints for programs, which stays out of the log. */
  private readonly data = async (...args: string[]): Promise<string> => (await this.expectOk(this.command(args, true))).output;

  private async command(args: readonly string[], dataOnly: boolean): Promise<Run> {
    const { stack, wrapper = [] } = this.options;
    const [first = this.pulumi.command, ...rest] = [...wrapper, this.pulumi.command];
    const outcome = await runCommand({
      command: [first, ...rest, ...args, ...(args[1] === "init" ? [] : ["--stack", stack]), "--non-interactive", "--color", "never"],
      cwd: this.path,
      env: this.variables(),
      log: stack,
      dataOnly,
      ...(this.killSwitch ? { kill: this.killSwitch } : {}),
    });
    return { ...outcome, steps: [], violations: [], diagnostics: [] };
  }

  /** What a shell needs to run `pulumi` here by hand. */
  variables(): Record<string, string> {
    return {
      HOME: this.folder,
      PATH: `${dirname(this.pulumi.command)}:${dirname(process.execPath)}:${process.env.PATH}`,
      ...this.pulumi.environment,
      PULUMI_CONFIG_PASSPHRASE: passphrase,
      // Without it there is no --event-log.
      PULUMI_DEBUG_COMMANDS: "true",
      ...this.options.environment,
      ...this.environment,
    };
  }
}

function merged(before: unknown, now: unknown): unknown {
  if (typeof now !== "object" || now === null || Array.isArray(now)) return now;
  const all: Record<string, unknown> = typeof before === "object" && before !== null && !Array.isArray(before) ? { ...before } : {};
  for (const [key, value] of Object.entries(now)) {
    if (value === null) delete all[key];
    else all[key] = merged(all[key], value);
  }
  return all;
}
