// Keys in a stack's configuration, set as README.md says: they reach the cluster's Secrets, stand nowhere in plain text, and can be changed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { drawKeys, type Keys } from "../servers";
import { lost, stepsOf } from "../support/engine/changes";
import { type LivingStack, stackNeeds, startStack } from "../support/engine/living-stack";
import { exposed } from "../support/engine/secrets";
import { podTemplates, restarted } from "../support/engine/workloads";
import { describeReal } from "../support/suite";

const [first, second, tempo] = [drawKeys(), drawKeys(), drawKeys()];

describeReal("Keys in the configuration of the stack local", stackNeeds("local"), () => {
  let living: LivingStack;

  beforeAll(async () => {
    living = await startStack("local");
    living.project.configure({ "granary:secrets": { source: { kind: "pulumi", secrets: null } } });
  });
  afterAll(() => living?.stop());

  const set = async (workload: string, { accessKeyId, secretAccessKey }: Keys) => {
    await living.project.setSecret(`granary:keys.${workload}.accessKeyId`, accessKeyId);
    await living.project.setSecret(`granary:keys.${workload}.secretAccessKey`, secretAccessKey);
  };

  it("reach the cluster, and no file or state in plain text", async () => {
    await set("loki", first);
    await set("tempo", tempo);
    const { project } = living;
    const up = await project.expectOk(project.up());
    await project.expectOk(project.up("--expect-no-changes"));
    const secrets = [first, tempo].map(({ secretAccessKey }) => secretAccessKey);
    expect(await inCluster(living, secrets)).toEqual(secrets);
    const file = readFileSync(join(project.path, "Pulumi.local.yaml"), "utf8");
    for (const text of [file, up.text, await project.export()]) expect(exposed(text, secrets)).toEqual([]);
  });

  it("can be changed, which restarts what uses them and replaces nothing", async () => {
    await set("loki", second);
    const { project, cluster } = living;
    const before = await podTemplates(cluster.client);
    const planned = await project.expectOk(project.preview());
    expect(lost(planned)).toEqual([]);
    expect(stepsOf(planned)).toEqual(["update granary-logs-release", "update granary-store-loki-keys"]);
    await project.expectOk(project.up());
    expect(restarted(before, await podTemplates(cluster.client))).toEqual(["observability/loki"]);
    const secrets = [first, second].map(({ secretAccessKey }) => secretAccessKey);
    expect(await inCluster(living, secrets)).toEqual([second.secretAccessKey]);
  });
});

/** Those that a Secret of the cluster holds. */
async function inCluster({ cluster }: LivingStack, secrets: readonly string[]): Promise<string[]> {
  const { body } = await cluster.client.request("GET", "/api/v1/secrets");
  const { items } = body as { items: { data?: Record<string, string> }[] };
  const values = items.flatMap(({ data = {} }) => Object.values(data).map((value) => Buffer.from(value, "base64").toString("utf8")));
  return secrets.filter((secret) => values.includes(secret));
}
