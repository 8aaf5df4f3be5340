// One stack from start to result: a monitor, the program and the packs side by side, then the rules over the whole stack.
import { PreviewFailure } from "../failure";
import { listen } from "../wire/listener";
import type { Properties } from "../wire/values";
import { eachLine } from "./children";
import type { Message } from "./engine";
import { type Invokes, invokes as standardInvokes } from "./invokes";
import type { Finding, PackSummary } from "./pack";
import type { PackConfig } from "./pack-config";
import type { PackPool } from "./pack-pool";
import { startPack } from "./pack-process";
import { startProgram } from "./program";
import type { Resource } from "./resource";
import { Secrets } from "./secrets";

export interface PreviewSpec {
  stack: string;
  project: string;
  /** The folder of Pulumi.yaml. */
  root: string;
  pwd?: string;
  entry: string;
  config: Readonly<Record<string, string>>;
  secretKeys: readonly string[];
  /** Texts of the configuration that must not be shown. */
  secretTexts?: readonly string[];
  packs?: readonly { folder: string; config?: PackConfig }[];
  /** For a preview of several stacks: packs that can serve them all are started once. */
  pool?: PackPool;
  filled?: boolean;
  invokes?: Invokes;
  stackReferences?: Readonly<Record<string, Properties>>;
  /** Messages of the program and the packs while they run, secrets taken out. */
  progress?(text: string): void;
}

export interface Preview {
  stack: string;
  resources: Resource[];
  findings: Finding[];
  /** The packs that looked at the stack. */
  packs: PackSummary[];
  outputs: Properties;
  /** Warnings and information from the program. */
  messages: Message[];
  secrets: Secrets;
}

export async function preview(spec: PreviewSpec): Promise<Preview> {
  const secrets = new Secrets();
  for (const text of spec.secretTexts ?? []) secrets.add(text);
  const run = new Run(spec, secrets);
  try {
    return await run.result();
  } catch (error) {
    const failure = new PreviewFailure(
      secrets.mask(error instanceof PreviewFailure ? error.message : String((error as Error)?.stack ?? error)),
    );
    throw failure;
  } finally {
    run.stop();
  }
}

class Run {
  private readonly messages: Message[] = [];
  /** What can't be answered, in the order of its coming. */
  private readonly failures: string[] = [];
  private readonly cleanup: (() => void)[] = [];
  private stackDone = false;

  constructor(
    private readonly spec: PreviewSpec,
    private readonly secrets: Secrets,
  ) {}

  stop(): void {
    for (const step of this.cleanup.splice(0).reverse()) step();
  }

  async result(): Promise<Preview> {
    const { spec } = this;
    const listener = await listen();
    this.cleanup.push(() => listener.close());
    const program = startProgram({ ...spec, address: listener.address });
    this.cleanup.push(() => program.kill());
    const processes = (spec.packs ?? []).map((pack) => this.startPack(pack, listener.address));
    eachLine(program.process.stdout, (line) => this.say(line));
    eachLine(program.process.stderr, (line) => this.say(line));
    const ended = program.exited.then(({ code, signal }) => this.checkProgram(code, signal, program.stderr()));
    ended.catch(() => undefined);

    // What speaks to the processes is loaded while they start.
    const { Packs } = await import("./packs.js");
    const { Deployment } = await import("./deployment.js");
    const { monitorService } = await import("./monitor.js");
    const { engineService } = await import("./engine.js");
    const { serve } = await import("../wire/rpc.js");
    const packs = new Packs(processes);
    this.cleanup.push(() => packs.stop());
    const deployment = new Deployment({
      ...spec,
      filled: spec.filled === true,
      secrets: this.secrets,
      review: (...of) => packs.review(...of),
    });
    this.cleanup.push(() => deployment.callbacks.close());
    const finished = new Promise<void>((resolve) => {
      const monitor = monitorService({
        deployment,
        invokes: { ...standardInvokes, ...spec.invokes },
        stackReferences: spec.stackReferences ?? {},
        failed: (message) => this.failures.push(message),
        warn: (text) => this.message({ severity: "warning", text, urn: "" }),
        stackOutputs: () => {
          this.stackDone = true;
        },
        finished: resolve,
      });
      this.cleanup.push(serve(listener, [monitor, engineService((message) => this.message(message))]));
    });

    // A pack that fails ends the run at once; the program may still be waiting for an answer.
    await Promise.race([ended, finished, packs.failed]);
    await Promise.all([this.complete() ? packs.reviewStack(deployment) : undefined, ended]);
    for (const text of deployment.hooks.warnings) this.message({ severity: "warning", text, urn: "" });
    return {
      stack: spec.stack,
      resources: [...deployment.resources.values()],
      findings: packs.findings,
      packs: packs.summaries(),
      outputs: deployment.stackResource()?.outputs ?? {},
      messages: this.messages,
      secrets: this.secrets,
    };
  }

  private startPack({ folder, config = {} }: { folder: string; config?: PackConfig }, engineAddress: string) {
    const { stack, project, secretKeys, config: stackConfig } = this.spec;
    const spec = { folder, config, stack, project, secretKeys, stackConfig, engineAddress, say: (text: string) => this.say(text) };
    const process = this.spec.pool?.start(spec) ?? startPack(spec);
    this.cleanup.push(() => process.release());
    return { spec, process };
  }

  private complete(): boolean {
    return this.stackDone && this.failures.length === 0;
  }

  private message(message: Message): void {
    const masked = { ...message, text: this.secrets.mask(message.text) };
    this.messages.push(masked);
    if (message.severity === "info" || message.severity === "warning") this.say(`${message.severity}: ${message.text}`);
  }

  private say(text: string): void {
    for (const line of this.secrets.mask(text).split("\n")) if (line.trim()) this.spec.progress?.(line);
  }

  /** A program succeeded when it ended well, said that its stack is complete and reported no error. */
  private checkProgram(code: number | null, signal: string | null, stderr: string): void {
    const causes = [...new Set(this.failures)];
    const logged = this.messages.filter((message) => message.severity === "error").map((message) => message.text);
    for (const text of logged) if (!causes.some((cause) => text.includes(cause))) causes.push(text);
    if (causes.length === 0 && code === 0 && this.stackDone) return;
    if (causes.length === 0) causes.push(silentEnd(code, signal, this.stackDone), stderr.trim());
    throw new PreviewFailure(["the program failed:", ...causes.filter(Boolean)].join("\n"));
  }
}

function silentEnd(code: number | null, signal: string | null, stackDone: boolean): string {
  if (signal) return `it was ended by ${signal}`;
  if (code === 0 && !stackDone) {
    return "it ended before its stack was complete: something that its outputs wait for (a promise, an await) never settles";
  }
  return `it ended with exit code ${code}`;
}
