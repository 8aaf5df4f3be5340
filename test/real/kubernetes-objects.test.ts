import { afterAll, beforeAll, expect, it } from "vitest";
import { expectOk, previewStack } from "../support/preview";
import { type Kubernetes, type KubernetesObject, kubernetes, testData } from "./servers";
import { installDefinitions } from "./support/definitions";
import { changedByApplyingAgain } from "./support/second-apply";
import { type StackObjects, stackObjects } from "./support/stack-objects";
import { describeReal } from "./support/suite";

for (const name of ["dev", "prod", "hetzner", "local"]) {
  // Each in a cluster of its own: the stacks name their objects alike.
  describeReal(`A Kubernetes API server and the stack ${name}`, [kubernetes, testData("crds")], () => {
    let cluster: Kubernetes;
    let stack: StackObjects;

    beforeAll(async () => {
      stack = stackObjects((await expectOk(previewStack(name))).resources);
      cluster = await kubernetes.start();
      await installDefinitions(cluster.client, stack.objects);
      await makeForeignNamespaces(cluster, stack.objects);
      const leftOut = Object.entries(stack.leftOut).map(([type, count]) => `${count} ${type}`);
      console.log(`${name}: ${stack.objects.length} objects; not the API server's: ${leftOut.sort().join(", ")}`);
    });
    afterAll(() => cluster?.stop());

    it("takes every object, and the second time changes nothing", async () => {
      const { client } = cluster;
      const refused: string[] = [];
      for (const object of stack.objects) await client.apply(object).catch((error: Error) => refused.push(error.message));
      expect(refused).toEqual([]);
      expect(await changedByApplyingAgain(client, stack.objects)).toEqual([]);
      expect(stack.objects.length).toBeGreaterThan(10);
    });

    it("refuses a field that it does not know", async () => {
      const [object] = stack.objects;
      if (!object) throw new Error("no objects");
      await expect(cluster.client.apply({ ...object, misspelt: true })).rejects.toThrow(/misspelt/);
    });
  });
}

/** Those of other projects, such as Rook's, are there before Granary comes. */
async function makeForeignNamespaces({ client }: Kubernetes, objects: readonly KubernetesObject[]): Promise<void> {
  const own = new Set(objects.filter(({ kind }) => kind === "Namespace").map(({ metadata }) => metadata.name));
  const used = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  for (const name of used) if (!own.has(name)) await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
}
