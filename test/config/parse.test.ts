import { describe, expect, test } from "vitest";
import { parseConfig } from "../../components/config/parse";

const good: Record<string, unknown> = { environment: "local", storage: { kind: "filesystem" } };
const nothingSecret = (_key: string): boolean => false;

/** What Pulumi hands over: plain words as they are, everything else as JSON. */
function texts(input: Record<string, unknown>): Record<string, string> {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]));
}

function problems(change: Record<string, unknown>, isSecret = nothingSecret): Record<string, string> {
  const parsed = parseConfig(texts({ ...good, ...change }), isSecret);
  const found: Record<string, string> = {};
  for (const { path, message } of "problems" in parsed ? parsed.problems : [])
    found[path] = [found[path], message].filter(Boolean).join("; ");
  return found;
}

describe("a good configuration", () => {
  test("comes back typed, with its defaults", () => {
    const parsed = parseConfig(texts({ ...good, logs: { retention: "720h" } }), nothingSecret);
    expect(parsed).toMatchObject({ config: { namespace: "observability", logs: { retention: { seconds: 2_592_000 } }, tenants: [] } });
  });
});

describe("a day", () => {
  const quoted = 'a day in UTC, in quotes, such as "2026-12-01"';
  test.each<[string, unknown, string]>([
    ["as Pulumi hands a bare date over", "2026-12-24 00:00:00 +0000 UTC", quoted],
    ["that is no text", 20261224, quoted],
    ["that no calendar has", "2026-02-31", "a day that the calendar has"],
    ["with a time", "2026-12-24T00:00:00Z", quoted],
  ])("%s is refused", (_, from, allowed) => {
    const found = problems({ logs: { schema: [{ from }] } });
    const shown = typeof from === "string" ? JSON.stringify(from) : from;
    expect(found).toEqual({ "granary:logs.schema[0].from": `found ${shown}; allowed is ${allowed}` });
  });
});

describe("a mistake names its key, what was found and what is allowed", () => {
  const retention = "a duration: a whole number and w, d, h, m or s, such as 30d or 720h";
  test.each<[string, Record<string, unknown>, string, string]>([
    [
      "a missing word",
      { environment: undefined },
      "granary:environment",
      "is missing; it takes one of local, development, staging, production",
    ],
    [
      "a wrong word",
      { environment: "locl" },
      "granary:environment",
      'found "locl"; allowed is one of local, development, staging, production; did you mean local?',
    ],
    [
      "no store",
      { storage: undefined },
      "granary:storage",
      "is missing; it takes a map whose kind is one of rook-ceph, aws, hetzner, s3, filesystem",
    ],
    [
      "a wrong kind of store",
      { storage: { kind: "rook" } },
      "granary:storage.kind",
      'found "rook"; allowed is one of rook-ceph, aws, hetzner, s3, filesystem',
    ],
    [
      "a store without a kind",
      { storage: {} },
      "granary:storage.kind",
      "is missing; it takes one of rook-ceph, aws, hetzner, s3, filesystem",
    ],
    [
      "two stores",
      { storage: [{ kind: "aws" }, { kind: "s3" }] },
      "granary:storage",
      "found a list; allowed is a map whose kind is one of rook-ceph, aws, hetzner, s3, filesystem",
    ],
    ["an unknown part", { log: {} }, "granary:log", "is not a key that Granary knows; did you mean granary:logs?"],
    ["an unknown key", { logs: { retension: "1d" } }, "granary:logs.retension", "is not a key that Granary knows; did you mean retention?"],
    ["a bad duration", { logs: { retention: "30x" } }, "granary:logs.retention", `found "30x"; allowed is ${retention}`],
    ["a number for a duration", { logs: { retention: 3 } }, "granary:logs.retention", `found 3; allowed is ${retention}`],
    [
      "a retention of zero",
      { logs: { retention: "0d" } },
      "granary:logs.retention",
      'found "0d"; allowed is a duration longer than zero, such as 30d or 720h',
    ],
    ["text for a map", { traces: "on" }, "granary:traces", 'found "on"; allowed is a map'],
    ["text for a truth value", { traces: { enabled: "yes" } }, "granary:traces.enabled", 'found "yes"; allowed is true or false'],
    [
      "an empty name",
      { namespace: "" },
      "granary:namespace",
      "found empty text; allowed is a Kubernetes name: lower case letters, digits and hyphens, 63 at most, no hyphen at either end",
    ],
  ])("%s", (_, change, path, message) => {
    expect(problems(change)).toEqual({ [path]: message });
  });

  test("an empty tenant name, by its place in the list", () => {
    expect(Object.keys(problems({ tenants: [{ name: "payments" }, { name: "" }] }))).toEqual(["granary:tenants[1].name"]);
  });

  test("all of them at once", () => {
    const all = problems({ environment: "x", storage: { kind: "y" }, logs: { retention: "z" }, unknown: 1, traces: { enabled: 3 } });
    expect(Object.keys(all)).toEqual([
      "granary:environment",
      "granary:logs.retention",
      "granary:storage.kind",
      "granary:traces.enabled",
      "granary:unknown",
    ]);
  });
});

describe("secrets", () => {
  test("in plain text are refused with the command to run, and never repeated", () => {
    const found = problems({ keys: { loki: { accessKeyId: "AKIAPLAINTEXT", secretAccessKey: "hunter2hunter2" } } });
    expect(found["granary:keys"]).toContain("pulumi config set --secret --path 'granary:keys.<workload>.secretAccessKey'");
    expect(JSON.stringify(found)).not.toMatch(/AKIAPLAINTEXT|hunter2/);
  });

  test("under a key that is not for them are named, and never repeated", () => {
    const found = problems({ storage: { kind: "filesystem", secretAccessKey: "hunter2hunter2" } });
    expect(found["granary:storage.secretAccessKey"]).toContain("secrets are not written here");
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });

  test("that are malformed are not shown", () => {
    const found = problems({ keys: "hunter2hunter2" }, (key) => key === "keys");
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });
});
