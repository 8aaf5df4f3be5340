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
  /** What packs still look at; the rules over the stack come after it. */
  private readonly underWay: Promise<unknown>[] = [];
  private fail: (error: unknown) => void = () => undefined;

  constructor(processes: readonly { spec: PackSpec; process: PackProcess }[]) {
    this.packs = processes.map(({ spec, process }) => new Pack(spec, process));
    this.failed = new Promise<never>((_, reject) => {
      this.fail = reject;
    });
    this.failed.catch(() => undefined);
    this.ready = this.watched(Promise.all(this.packs.map((pack) => pack.ready())));
  }

  /** Remediations of all packs one after the other, then the checks of all; resolves to the inputs that result, before the checks are done. */
  review(resource: Resource, provider: Resource | undefined): Promise<Properties> {
    const reviewed = this.watched(this.remediate(resource, provider));
    this.underWay.push(reviewed);
    return reviewed;
  }

  private async remediate(resource: Resource, provider: Resource | undefined): Promise<Properties> {
    await this.ready;
    for (const pack of this.packs) {
      const { inputs, findings } = await pack.remediate(resource, provider);
      resource.inputs = inputs;
      this.findings.push(...findings);
    }
    // The resource goes on being filled in, but packs check it as it is now.
    const now = { ...resource };
    for (const pack of this.packs) {
      const check = pack.analyze(now, provider).then((findings) => {
        this.findings.push(...findings);
      });
      this.underWay.push(this.watched(check));
    }
    return resource.inputs;
  }

  async reviewStack(deployment: Deployment): Promise<void> {
    await this.ready;
    while (this.underWay.length > 0) await Promise.all(this.underWay.splice(0));
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
