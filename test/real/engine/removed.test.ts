// Ways to remove a stack that docs/stores.md names: without what is protected, which the next `up` takes up again, and with all data.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bucketsOf } from "../support/engine/buckets";
import { lost } from "../support/engine/changes";
import { allObjects, labelOf } from "../support/engine/cluster-objects";
import { type LivingStack, stackNeeds, startStack } from "../support/engine/living-stack";
import type { StackName } from "../support/engine/stores";
import { eventually } from "../support/eventually";
import { s3 } from "../support/s3";
import { describeReal } from "../support/suite";

interface Removal {
  readonly stack: StackName;
  /** Resources that hold data, beside the guard of Loki's schema. */
  readonly kept: readonly string[];
  /** What stays of a stack that deletes all data, beside the volumes of StatefulSets. */
  readonly left: readonly string[];
}

const ofBuckets = (suffix: string) => ["loki-chunks", "loki-ruler", "tempo-traces"].map((purpose) => `store-${purpose}-${suffix}`);

const removals: readonly Removal[] = [
  { stack: "local", kept: ofBuckets("bucket"), left: [] },
  {
    stack: "dev",
    kept: ["store-object-store", "store-owner", ...ofBuckets("claim")],
    // The class of the buckets that were kept at first.
    left: ["StorageClass granary-dev-buckets"],
  },
];

for (const { stack, kept, left } of removals) {
  describeReal(`The stack ${stack}, removed`, stackNeeds(stack), () => {
    let living: LivingStack;
    let before: ReadonlySet<string>;

    beforeAll(async () => {
      living = await startStack(stack);
      before = new Set(await labels(living));
      await living.project.expectOk(living.project.up());
    });
    afterAll(() => living?.stop());

    it("keeps what is protected with --exclude-protected", async () => {
      const buckets = await bucketsOf(living);
      await living.project.expectOk(living.project.destroy("--exclude-protected"));
      expect(await protectedResources(living)).toEqual(["logs-loki-schema-2024-04-01", ...kept].map((name) => `granary-${name}`).sort());
      expect(await bucketsOf(living)).toEqual(buckets);
    });

    it("comes back with an up", async () => {
      const planned = await living.project.expectOk(living.project.preview());
      expect(lost(planned), planned.text).toEqual([]);
      await living.project.expectOk(living.project.up());
    });

    it("deletes all data where onDestroy says so", async () => {
      living.project.configure({ "granary:storage": { onDestroy: "delete-all-data" } });
      const allowed = ["--policy-pack-config", policyConfig(living)];
      const planned = await living.project.expectOk(living.project.preview(...allowed));
      expect(lost(planned), planned.text).toEqual([]);
      await living.project.expectOk(living.project.up(...allowed));
      await fill(living);
      await living.project.expectOk(living.project.destroy());
      expect(await bucketsOf(living)).toEqual([]);
      const expected = [...left, ...["loki", "tempo"].map((name) => `PersistentVolumeClaim observability/storage-${name}-0`)].sort();
      const added = async () => (await labels(living)).filter((label) => !before.has(label));
      expect(await eventually(added, (labels) => labels.length === expected.length)).toEqual(expected);
    });
  });
}

const labels = async ({ cluster }: LivingStack): Promise<string[]> => (await allObjects(cluster.client)).map(labelOf).sort();

async function protectedResources({ project }: LivingStack): Promise<string[]> {
  const { deployment } = JSON.parse(await project.export()) as { deployment: { resources: { urn: string; protect?: boolean }[] } };
  return deployment.resources
    .filter(({ protect }) => protect)
    .map(({ urn }) => urn.split("::").at(-1) ?? "")
    .sort();
}

/** The pack rejects it elsewhere than in stacks that are named to it. */
function policyConfig({ project }: LivingStack): string {
  const file = join(project.path, "policy-config.json");
  const rules = ["data-protected", "bucket-class-retains", "bucket-no-force-destroy"];
  writeFileSync(file, JSON.stringify(Object.fromEntries(rules.map((rule) => [rule, { localStacks: ["local", "dev"] }]))));
  return file;
}

/** Deleting a bucket that holds an object needs more than deleting an empty one. */
async function fill(living: LivingStack): Promise<void> {
  const { server } = living.store;
  if (!server) return;
  for (const Bucket of await bucketsOf(living)) {
    await s3(server.endpoint, server.credentials).send(new PutObjectCommand({ Bucket, Key: "fake/line", Body: "data" }));
  }
}
