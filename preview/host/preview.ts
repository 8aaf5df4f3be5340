// One stack from start to result: a monitor, the program and the packs side by side, then the rules over the whole stack.
import { PreviewFailure } from "../failure";
import { listen } from "../wire/rpc";
import type { Properties } from "../wire/values";
import { eachLine } from "./children";
import { Deployment } from "./deployment";
import { engineService, type Message } from "./engine";
import { type Invokes, invokes as standardInvokes } from "./invokes";
import { monitorService } from "./monitor";
import { type Finding, Pack, type PackSummary } from "./pack";
import type { PackConfig } from "./pack-config";
import { startProgram } from "./program";
import type { Resource } from "./resource";
import { Secrets } from "./secrets";

export interface PreviewSpec {
  stack: string;
  project: string;
  root: string;
  entry: string;
  config: Readonly<Record<string, string>>;
  secretKeys: readonly string[];
  /** Texts of the configuration that must not be shown. */
  secretTexts?: readonly string[];
  packs?: readonly { folder: string; config?: PackConfig }[];
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
  private readonly findings: Finding[] = [];
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
    const packs = (spec.packs ?? []).map(({ folder, config = {} }) => this.startPack(folder, config, listener.address));
    const ready = Promise.all(packs.map((pack) => pack.ready()));
    ready.catch(() => undefined);

    const deployment = new Deployment({
      ...spec,
      filled: spec.filled === true,
      secrets: this.secrets,
      review: async (resource, provider) => {
        await ready;
        for (const pack of packs) {
          const { inputs, findings } = await pack.review(resource, provider);
          this.findings.push(...findings);
          resource.inputs = inputs;
        }
        return resource.inputs;
      },
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
      listener.serve([monitor, engineService((message) => this.message(message))]);
    });

    eachLine(program.process.stdout, (line) => this.say(line));
    eachLine(program.process.stderr, (line) => this.say(line));
    const ended = program.exited.then(({ code, signal }) => this.checkProgram(code, signal, program.stderr()));
    ended.catch(() => undefined);
    // A pack that fails to start ends the run at once; the program may still be waiting for an answer.
    await Promise.race([ended, finished, ready.then(() => ended)]);
    await ready;
    const [found] = await Promise.all([this.reviewStack(packs, deployment), ended]);
    this.findings.push(...found);
    for (const text of deployment.hooks.warnings) this.message({ severity: "warning", text, urn: "" });
    return {
      stack: spec.stack,
      resources: [...deployment.resources.values()],
      findings: this.findings,
      packs: packs.map((pack) => pack.summary()),
      outputs: deployment.stackResource()?.outputs ?? {},
      messages: this.messages,
      secrets: this.secrets,
    };
  }

  private startPack(folder: string, config: PackConfig, engineAddress: string): Pack {
    const { stack, project, secretKeys } = this.spec;
    const pack = Pack.start({
      ...{ folder, config, stack, project, secretKeys, engineAddress },
      stackConfig: this.spec.config,
      say: (text) => this.say(text),
    });
    this.cleanup.push(() => pack.stop());
    return pack;
  }

  private async reviewStack(packs: readonly Pack[], deployment: Deployment): Promise<Finding[]> {
    if (!this.stackDone || this.failures.length > 0) return [];
    const resources = [...deployment.resources.values()].sort((a, b) => (a.urn < b.urn ? -1 : 1));
    const found = await Promise.all(packs.map((pack) => pack.reviewStack(resources, deployment.stackResource()?.urn ?? "")));
    return found.flat();
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
