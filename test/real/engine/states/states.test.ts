// Stacks as an earlier commit left them, with the program of this one. `save.ts` beside it wrote them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { lost, stepsOf, volumesOf } from "../../support/engine/changes";
import { type LivingStack, stackNeeds, startStack } from "../../support/engine/living-stack";
import { restoreSnapshot, type Snapshot } from "../../support/engine/snapshot";
import type { StackName } from "../../support/engine/stores";
import { podTemplates, restarted } from "../../support/engine/workloads";
import { describeReal } from "../../support/suite";

const saved = readdirSync(__dirname).filter((name) => name.endsWith(".json.gz"));

it("are there", () => expect(saved).toEqual(expect.arrayContaining(["dev.json.gz", "local.json.gz"])));

for (const file of saved) {
  // `local.json.gz`, `local-0.2.0.json.gz`
  const stack = file.split(/[-.]/)[0] as StackName;
  describeReal(`The state ${file} that an earlier commit wrote`, stackNeeds(stack), () => {
    let living: LivingStack;

    beforeAll(async () => {
      const snapshot = JSON.parse(gunzipSync(readFileSync(join(__dirname, file))).toString()) as Snapshot;
      living = await startStack(stack);
      await restoreSnapshot(living, snapshot);
    });
    afterAll(() => living?.stop());

    it("is refreshed, and nothing is missed", async () => {
      const refresh = await living.project.expectOk(living.project.refresh());
      expect(stepsOf(refresh).filter((step) => step.startsWith("delete"))).toEqual([]);
    });

    it("is updated without the loss of data", async () => {
      const planned = await living.project.expectOk(living.project.preview());
      expect(lost(planned), planned.text).toEqual([]);
      const volumes = await volumesOf(living.cluster);
      await living.project.expectOk(living.project.up());
      const templates = await podTemplates(living.cluster.client);
      // The metadata of custom resources that were ready before can be updated once more, of other ones each time: probably the provider read them too early.
      const second = await living.project.expectOk(living.project.up());
      expect(
        second.steps
          .filter(({ op, diffs }) => op === "update" && !diffs.every((key) => key.startsWith("metadata")))
          .map(({ name }) => name),
      ).toEqual([]);
      expect(stepsOf(second).filter((step) => !step.startsWith("update"))).toEqual([]);
      const again = await living.project.expectOk(living.project.up("--expect-no-changes"));
      expect(stepsOf(again)).toEqual([]);
      expect(restarted(templates, await podTemplates(living.cluster.client))).toEqual([]);
      expect(volumes.length).toBeGreaterThan(0);
      expect(await volumesOf(living.cluster)).toEqual(volumes);
    });

    it("is destroyed", async () => {
      await living.project.unprotect();
      await living.project.expectOk(living.project.destroy());
    });
  });
}
