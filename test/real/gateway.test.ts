// Who comes through the gateway, to what, and as whom: a real nginx with the values' own lines in it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { lokiValues } from "../../components/logs/values";
import { lokiInput } from "../logs/fixture";
import { type Nginx, needs, nginx } from "./servers";
import { askRaw, type Backend, chartsNginx, localNginx, plainNginx, startBackend } from "./support/gateway";
import { describeReal } from "./support/suite";

// Of the password `open sesame`.
const passwordHash = "$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW";
const authorization = `Basic ${Buffer.from("team-a:open sesame").toString("base64")}`;
const values = lokiValues(lokiInput({}, [{ name: "team-a", passwordHash }]));

const forTenants = [
  "/loki/api/v1/push",
  "/loki/api/v1/query_range?query=%7Ba%3D%22b%22%7D&start=1",
  "/loki/api/v1/label/app/values",
  "/loki/api/v1/rules/some%2Fnamespace/group",
  "/loki/api/v1/delete",
  "/loki/api/v1/tail",
  "/api/prom/push",
  "/api/prom/rules",
  "/otlp/v1/logs",
  "/prometheus/api/v1/rules",
  "/prometheus/api/v1/alerts?type=x",
];

const forNobody = [
  "/flush",
  "/flush?",
  "/ingester/shutdown?flush=false&terminate=true",
  "/ingester/prepare_shutdown",
  "/ingester/flush_shutdown",
  "/config",
  "/ring",
  "/memberlist",
  "/metrics",
  "/log_level",
  ...["distributor", "ruler", "compactor", "indexgateway", "scheduler"].map((program) => `/${program}/ring`),
  // The same by other spellings: what nginx understands and what it hands on are not the same text.
  "//flush",
  "/./flush",
  "/%66lush",
  "/ingester%2Fshutdown",
  "/loki/api/v1/../../../ingester/shutdown",
  "/loki/api/v1/%2e%2e/%2e%2e/%2e%2e/ingester/shutdown",
  "/ingester/shutdown/../../loki/api/v1/push",
  "/compactor/ring/%2e%2e/%2e%2e/loki/api/v1/push",
  "/flush#/../loki/api/v1/push",
  "http://loki/flush",
];

for (const [whose, programs, configuration] of [
  ["the values' lines in the least of configurations", [nginx], () => Promise.resolve(plainNginx(values))],
  ["the configuration that the chart renders", [nginx, needs("helm")], () => chartsNginx(values)],
] as const) {
  describeReal(`The gateway, with ${whose},`, programs, () => {
    let missing: string | undefined;
    let backend: Backend;
    let gateway: Nginx;
    beforeAll(async () => {
      const text = await configuration();
      if (typeof text !== "string") {
        missing = text.missing;
        return;
      }
      backend = await startBackend();
      gateway = await nginx.start({
        configuration: (place) => {
          writeFileSync(join(place.folder, ".htpasswd"), `team-a:${passwordHash}\n`);
          return localNginx(text, backend.url)(place);
        },
      });
    }, 120_000);
    afterAll(async () => {
      await gateway?.stop();
      await backend?.stop();
    });

    it("lets tenants through to what is theirs, as themselves whatever they say", async ({ skip }) => {
      if (missing) return skip(missing);
      for (const path of forTenants) {
        expect([path, await askRaw(gateway.endpoint, path, { authorization, "x-scope-orgid": "team-b" })]).toEqual([path, 200]);
        expect(backend.seen()).toEqual([[path, "team-a"]]);
      }
    });

    it("lets nobody through to what concerns everybody", async ({ skip }) => {
      if (missing) return skip(missing);
      for (const path of forNobody) {
        expect([path, await askRaw(gateway.endpoint, path, { authorization })]).toEqual([path, 403]);
        expect(backend.seen()).toEqual([]);
      }
    });

    it("lets strangers see that it is there, and no more", async ({ skip }) => {
      if (missing) return skip(missing);
      expect(await askRaw(gateway.endpoint, "/")).toBe(200);
      for (const path of forTenants) expect(await askRaw(gateway.endpoint, path)).toBe(401);
      expect(await askRaw(gateway.endpoint, "/flush")).toBe(403);
      expect(backend.seen()).toEqual([]);
    });
  });
}
