// The real analyzer with this project's pack, for tests and benchmarks that have resources already and need no program.
import { join } from "node:path";
import { type Finding, Pack } from "../../preview/host/pack";
import type { PackConfig } from "../../preview/host/pack-config";
import { startPack } from "../../preview/host/pack-process";
import type { Resource } from "../../preview/host/resource";
import { root } from "./preview";

export class Analyzer {
  private constructor(
    private readonly pack: Pack,
    /** Of its process. */
    readonly pid: number | undefined,
  ) {}

  static async start(config: PackConfig = {}, folder = join(root, "policy")): Promise<Analyzer> {
    const spec = {
      folder,
      config,
      stack: "test",
      project: "granary",
      stackConfig: {},
      secretKeys: [],
      // Nothing listens there: a pack that only answers does not speak to its engine.
      engineAddress: "127.0.0.1:1",
      say: () => undefined,
    };
    const started = startPack(spec);
    const pack = new Pack(spec, started);
    try {
      await pack.ready();
    } catch (error) {
      pack.stop();
      throw error;
    }
    return new Analyzer(pack, started.child.process.pid);
  }

  /** Remediations, then the checks of what they left. */
  async review(resource: Resource, provider?: Resource): Promise<{ readonly resource: Resource; readonly findings: readonly Finding[] }> {
    const { inputs, findings } = await this.pack.remediate(resource, provider);
    const corrected = { ...resource, inputs };
    return { resource: corrected, findings: [...findings, ...(await this.pack.analyze(corrected, provider))] };
  }

  analyze(resource: Resource, provider?: Resource): Promise<readonly Finding[]> {
    return this.pack.analyze(resource, provider);
  }

  reviewStack(resources: readonly Resource[]): Promise<readonly Finding[]> {
    return this.pack.reviewStack(resources, resources[0]?.urn ?? "");
  }

  stop(): void {
    this.pack.stop();
  }
}
