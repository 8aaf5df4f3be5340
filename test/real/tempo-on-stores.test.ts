import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Keys } from "./servers";
import { sendTrace } from "./support/spans";
import { type PreparedStore, stores } from "./support/stores";
import { startTempo, tempoBinary, withoutTempo } from "./support/tempo";

// Tempo itself, with the text that the chart gets and as the user that the policies name, on every store.

const missing = (needs: (typeof stores)[number]["needs"]) => [
  ...(tempoBinary ? [] : [withoutTempo]),
  ...needs.flatMap((need) => need.missing()),
];

for (const { title, needs, prepare } of stores)
  describe.skipIf(missing(needs).length > 0)([`Tempo of ${title}`, ...missing(needs)].join("; "), () => {
    let store: PreparedStore;
    beforeAll(async () => {
      store = await prepare();
    });
    afterAll(() => store?.stop());

    /** Each Tempo has an empty disk: what it finds, it has from the store. */
    const start = (keys: Keys | undefined) => {
      const { values } = store.stack.resource("granary-traces-release").inputs as { values: { config: string } };
      return startTempo(values.config, store.address, keys, undefined, store.kept);
    };

    it("stores traces, and another Tempo finds them in the store", async () => {
      const ids = Array.from({ length: 60 }, () => randomBytes(16).toString("hex"));
      const first = await start(store.keys.tempo);
      try {
        for (const id of ids) expect(await sendTrace(first.otlp, id)).toBe(200);
      } finally {
        await first.stop();
      }
      const names = await store.stored("tempo-traces");
      expect(names.filter((name) => name.startsWith("single-tenant/"))).not.toEqual([]);
      expect(names.filter((name) => !/^(single-tenant|tempo_cluster_seed.json)/.test(name))).toEqual([]);
      const second = await start(store.keys.tempo);
      try {
        let found = 0;
        for (const id of ids) if (await hasTrace(second.endpoint, id)) found++;
        console.log(`${title}: ${ids.length} traces sent, ${found} found in the store by another Tempo`);
        expect(found).toBe(ids.length);
      } finally {
        await second.stop();
      }
    });

    it("lets neither a stranger nor Loki in", async () => {
      for (const keys of [store.keys.stranger, store.keys.loki]) if (keys) await expect(start(keys)).rejects.toThrow(/Access Denied/);
    });
  });

async function hasTrace(endpoint: string, id: string): Promise<boolean> {
  const answer = await fetch(`${endpoint}/api/v2/traces/${id}`);
  return answer.ok && (await answer.text()).includes("granary-test");
}
