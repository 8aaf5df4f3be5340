// Saves stacks as this commit leaves them: `node bin/run.mjs test/real/engine/states/save.ts local dev`.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { endRun, runId } from "../../servers/run/run";
import { startStack } from "../../support/engine/living-stack";
import { takeSnapshot } from "../../support/engine/snapshot";
import type { StackName } from "../../support/engine/stores";

async function main(stacks: readonly StackName[]): Promise<void> {
  for (const stack of stacks) {
    const living = await startStack(stack);
    try {
      await living.project.expectOk(living.project.up());
      const text = JSON.stringify(await takeSnapshot(living));
      writeFileSync(join("test/real/engine/states", `${stack}.json.gz`), gzipSync(text, { level: 9 }));
    } finally {
      await living.stop();
    }
  }
  await endRun(runId());
}

void main(process.argv.slice(2) as StackName[]);
