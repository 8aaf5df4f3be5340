import type { Properties } from "../wire/values";
import type { Deployment } from "./deployment";
import { type Finding, Pack, type PackSummary } from "./pack";
import type { PackProcess, PackSpec } from "./pack-process";
import type { Resource } from "./resource";

/** The policy packs of one stack, asked in their order. */
export class Packs {
  readonly findings: Finding[] = [];
  /** Never resolves; rejects as soon as a pack fails. */
  readonly failed: Promise<never>;
  private readonly packs: readonly Pack[];
  private readonly ready: Promise<unknown>;
  /** Checks that are under way; only their results are waited for, and those at the end. */
  private readonly checks: Promise<void>[] = [];
  private fail: (error: unknown) => void = () => undefined;

  constructor(processes: readonly { spec: PackSpec; process: PackProcess }[]) {
    this.packs = processes.map(({ spec, process }) => new Pack(spec, process));
    this.failed = new Promise<never>((_, reject) => {
      this.fail = reject;
    });
    this.failed.catch(() => undefined);
    this.ready = this.watched(Promise.all(this.packs.map((pack) => pack.ready())));
  }

  /** Remediations of all packs one after the other, then the checks of all; the program goes on with the inputs that result. */
  async review(resource: Resource, provider: Resource | undefined): Promise<Properties> {
    await this.ready;
    for (const pack of this.packs) {
      const { inputs, findings } = await this.watched(pack.remediate(resource, provider));
      resource.inputs = inputs;
      this.findings.push(...findings);
    }
    // The resource goes on being filled in, but packs check it as it is now.
    const now = { ...resource };
    for (const pack of this.packs) {
      const check = pack.analyze(now, provider).then((findings) => {
        this.findings.push(...findings);
      });
      this.checks.push(this.watched(check));
    }
    return resource.inputs;
  }

  async reviewStack(deployment: Deployment): Promise<void> {
    await this.ready;
    await Promise.all(this.checks);
    const resources = [...deployment.resources.values()].filter(({ external }) => !external).sort((a, b) => (a.urn < b.urn ? -1 : 1));
    const urn = deployment.stackResource()?.urn ?? "";
    const found = await Promise.all(this.packs.map((pack) => this.watched(pack.reviewStack(resources, urn))));
    this.findings.push(...found.flat());
  }

  summaries(): PackSummary[] {
    return this.packs.map((pack) => pack.summary());
  }

  stop(): void {
    for (const pack of this.packs) pack.stop();
  }

  private watched<Result>(work: Promise<Result>): Promise<Result> {
    work.catch(this.fail);
    return work;
  }
}
