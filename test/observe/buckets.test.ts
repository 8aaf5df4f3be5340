import { expect, test } from "vitest";
import { days } from "../../components/config/units";
import { knownBuckets } from "../../components/observe/buckets";

const where = { namespace: "observability", retention: days(30), retentions: {} };
const own = { "loki-chunks": "chunks", "loki-ruler": "ruler", "tempo-traces": "blocks" };
const shared = { "loki-chunks": "one", "loki-ruler": "one", "tempo-traces": "one" };
const written = (who = "") => `rate(loki_chunk_store_stored_chunk_bytes_total{job="granary/loki",namespace="observability"${who}}[7d])`;
const chunks = (more: Partial<typeof where>) => knownBuckets("estimate", {}, own, { ...where, ...more })[0]?.bytes;

test("what everybody keeps equally long is what is written, times that", () => {
  expect(chunks({})).toBe(`sum(${written()} * ${30 * 86400})`);
});

test("each tenant's bytes are kept as long as that tenant keeps them", () => {
  const retentions = { payments: days(90), audit: days(365), web: days(90) };
  expect(chunks({ retentions })).toBe(
    `sum(${written(',user!~"audit|payments|web"')} * ${30 * 86400}` +
      ` or ${written(',user=~"payments|web"')} * ${90 * 86400}` +
      ` or ${written(',user=~"audit"')} * ${365 * 86400})`,
  );
});

test("a bucket that several purposes share is measured once, against all their quotas", () => {
  const quotas = { "loki-chunks": { bytes: 300 }, "tempo-traces": { bytes: 100 } };
  const [one, ...others] = knownBuckets("minio", quotas, shared, where);
  expect(others).toEqual([]);
  expect(one).toMatchObject({ purpose: "loki-chunks, loki-ruler, tempo-traces", measured: true, quota: { bytes: 400 } });
  expect(one?.bytes).toContain('{bucket="one"}');
});

test("an estimate tells apart what shares a bucket", () => {
  expect(knownBuckets("estimate", {}, shared, where).map(({ purpose }) => purpose)).toEqual(["loki-chunks", "tempo-traces"]);
});

test("buckets of their own are measured each by itself", () => {
  expect(knownBuckets("minio", {}, own, where).map(({ purpose }) => purpose)).toEqual(Object.keys(own));
});
