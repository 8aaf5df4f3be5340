import { describe, expect, it } from "vitest";
import { stackSettings } from "../storage/support/stack";
import { expectOk, previewStack } from "../support/preview";

const hash = `$2y$10$${"a".repeat(53)}`;
type Settings = NonNullable<NonNullable<Parameters<typeof previewStack>[1]>["config"]>;

const dev = (config: Settings = {}) => expectOk(previewStack("dev", { config }));
const release = "kubernetes:helm.sh/v3:Release";
const data = (inputs: unknown) => inputs as { data: Record<string, string>; immutable: boolean; metadata: { name: string } };

describe("Logs", () => {
  it("installs a pinned chart under a fixed name, after what it needs", async () => {
    const { inputs, dependsOn, parent } = (await dev()).resource("granary-logs-release", release);
    expect(inputs).toMatchObject({
      name: "loki",
      chart: "oci://ghcr.io/grafana-community/helm-charts/loki",
      version: "18.11.0",
      namespace: "observability",
    });
    expect(parent).toMatch(/granary:logs:Loki::granary-logs$/);
    const first = dependsOn.map((urn) => urn.split("::").at(-1));
    expect(first).toEqual(
      expect.arrayContaining(["granary-store-loki-chunks-claim", "granary-store-loki-ruler-claim", "granary-logs-loki-schema-2024-04-01"]),
    );
  });

  it("is waited for as long as its writers take to restart one after another, unless the stack says how long", async () => {
    const options = async (logs: Settings[string]) => {
      const { timeout, skipAwait, atomic } = (await dev({ "granary:logs": logs })).resource("granary-logs-release").inputs;
      return { timeout, skipAwait, atomic };
    };
    expect(await options({})).toEqual({ timeout: 900 });
    expect((await options({ mode: "distributed", size: "production", components: { ingester: { replicas: 9 } } })).timeout).toBe(
      9 * (123 + 90),
    );
    expect(await options({ release: { timeout: "40m", wait: false } })).toEqual({ timeout: 2400, skipAwait: true });
    expect(await options({ release: { atomic: true } })).toEqual({ timeout: 900, atomic: true });
  });

  it("guards each period of the schema by an object that can be neither changed nor deleted", async () => {
    const schema = [{ from: "2024-04-01" }, { from: "2026-12-24", added: "2026-12-20" }];
    const guards = (await dev({ "granary:logs": { schema } })).resources.filter(({ name }) => name.startsWith("granary-logs-loki-schema-"));
    expect(guards.map(({ inputs }) => data(inputs).metadata.name)).toEqual(["loki-schema-2024-04-01", "loki-schema-2026-12-24"]);
    for (const guard of guards) expect(guard).toMatchObject({ protect: true, retainOnDelete: true, inputs: { immutable: true } });
  });

  it("lets the guards go where the stack says that its data may go", async () => {
    const storage = { ...(stackSettings("dev").storage as object), onDestroy: "delete-all-data" } as Settings[string];
    const guard = (await dev({ "granary:storage": storage })).resource("granary-logs-loki-schema-2024-04-01");
    expect(guard).toMatchObject({ protect: false, retainOnDelete: false });
  });

  it("says that Loki 4 drops the mode simple-scalable", async () => {
    const mode = (await dev({ "granary:logs": { mode: "simple-scalable" } })).raw?.messages.map(({ text }) => text).join();
    expect(mode).toContain("Loki 4 drops the mode simple-scalable");
    expect((await dev()).raw?.messages).toEqual([]);
  });

  it("keeps the tenants' hashes in a Secret alone", async () => {
    const tenants = [
      { name: "b", passwordHash: hash },
      { name: "a", passwordHash: hash },
    ];
    const result = await dev({ "granary:tenants": tenants });
    const secret = result.resource("granary-logs-gateway-users");
    expect(secret.inputs).toMatchObject({ metadata: { name: "loki-gateway-users" }, stringData: "[secret]" });
    expect(JSON.stringify(result.resources)).not.toContain(hash);
    expect(result.resource("granary-logs-release").inputs).toMatchObject({
      values: { gateway: { basicAuth: { existingSecret: "loki-gateway-users" } } },
    });
  });

  it("makes no such Secret where there is nobody to keep apart", async () => {
    expect((await dev()).resources.filter(({ name }) => name.includes("gateway-users"))).toEqual([]);
  });

  it.each(["dev", "prod", "hetzner", "local"])("gives %s no key in any value", async (stack) => {
    const { inputs } = (await expectOk(previewStack(stack))).resource("granary-logs-release", release);
    expect(JSON.stringify(inputs)).not.toMatch(/\[secret\]|secret_access_key|AKIA/);
  });
});
