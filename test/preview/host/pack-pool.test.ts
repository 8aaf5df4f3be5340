import { resolve } from "node:path";
import { expect, test } from "vitest";
import { knownStacks, readProject } from "../../../preview/config/files";
import { readStack } from "../../../preview/config/stack";
import { PackPool } from "../../../preview/host/pack-pool";
import { preview } from "../../../preview/host/preview";
import { report } from "../../../preview/report/report";
import { root } from "../../support/preview";

const project = readProject(root);
const stacks = knownStacks(project);
const policies = resolve(root, "policy");

function previewAll(pool?: PackPool) {
  return Promise.all(
    stacks.map(async (stack) => {
      const spec = { ...readStack(project, stack), root, entry: project.entry, project: project.name };
      return report(await preview({ ...spec, packs: [{ folder: policies }], ...(pool ? { pool } : {}) }));
    }),
  );
}

test("one process of a pack that serves many stacks finds in each what one of its own finds", async () => {
  const pool = new PackPool();
  try {
    const [shared, separate] = [await previewAll(pool), await previewAll()];
    expect(stacks.length).toBeGreaterThan(1);
    expect(shared).toEqual(separate);
  } finally {
    pool.close();
  }
});
