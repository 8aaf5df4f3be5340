// Tenants turned on while a real Alloy collects: each line is found under no tenant before and under its namespace's tenant afterwards.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Turns, takeTurns } from "../servers/engine/turns";
import { alloyBinary, withoutAlloy } from "../support/alloy";
import { eventually } from "../support/eventually";
import { startClients } from "../support/pods/clients";
import { agents, linesOf, startWriter, type Writer } from "../support/pods/collected";
import { namespace, type PodStack, podStackNeeds, preparePodStack } from "../support/pods/stack";
import { createNamespace } from "../support/probe-pod";

const tenants = {
  "granary:tenants": [{ name: "platform" }, { name: "payments" }],
  "granary:collection": { tenants: { payments: ["payments"] } },
  "granary:logs": { gateway: { existingSecret: "loki-gateway-users" } },
};

const missing = [...(alloyBinary ? [] : [withoutAlloy]), ...podStackNeeds.flatMap((need) => need.missing())];

describe.skipIf(missing.length > 0)(`The stack local that gets tenants, in pods${missing.map((each) => ` (${each})`).join("")}`, () => {
  let stack: PodStack;
  let reloader: Turns | undefined;

  beforeAll(async () => {
    stack = await preparePodStack();
    await stack.project.expectOk(stack.project.up());
    await startClients(stack.cluster);
    await createNamespace(stack.cluster, "payments");
    await stack.cluster.client.apply({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "loki-gateway-users", namespace },
      stringData: { ".htpasswd": "" },
    });
  });
  afterAll(async () => {
    await reloader?.stop();
    await stack?.stop();
  });

  it("loses no line, and gives none to another tenant", async () => {
    const writers = await Promise.all(["default", "payments"].map((each) => startWriter(stack, each, 4500, 25)));
    stack.project.configure(tenants);
    reloader = await startReloader(stack);
    await stack.project.expectOk(stack.project.up());
    for (const writer of writers) {
      const own = writer.namespace === "payments" ? "payments" : "platform";
      const all = await eventually(
        () => underTenants(writer, ["fake", own]).catch(() => []),
        (lines) => lines.length >= writer.lines,
        200,
      );
      const counts = await Promise.all(
        ["fake", "platform", "payments"].map(async (tenant) => [tenant, (await found(writer, tenant)).length]),
      );
      console.log(`lines of ${writer.namespace} by tenant: ${JSON.stringify(Object.fromEntries(counts))}`);
      expect(new Set(all).size).toBe(writer.lines);
      // Once, except of a namespace that moves to another tenant, which can be read anew: docs/collection.md, "Tenants".
      if (own === "platform") expect(all.length).toBe(writer.lines);
      expect(await found(writer, own === "payments" ? "platform" : "payments")).toEqual([]);
      // Before and after, so that the change was in between.
      for (const tenant of ["fake", own]) expect(await found(writer, tenant)).not.toEqual([]);
    }
  });

  const found = (writer: Writer, tenant: string) => linesOf(stack, writer, tenant);
  const underTenants = async (writer: Writer, names: readonly string[]) =>
    (await Promise.all(names.map((tenant) => found(writer, tenant)))).flat();
});

/** Stands in for the reloader beside Alloy, which asks for a reload when the mounted ConfigMap changes. */
async function startReloader(stack: PodStack): Promise<Turns> {
  const alloy = await stack.cluster.portForward("observability-collection", (await agents(stack)).trim(), 12345);
  const turns = takeTurns(async () => void (await fetch(`${alloy.endpoint}/-/reload`, { method: "POST" })), 5000);
  return { stop: () => turns.stop().finally(() => alloy.stop()) };
}
