import { describe, expect, test } from "vitest";
import { collectionProblems } from "../../components/collection/problems";
import { re2Problem } from "../../components/collection/re2";
import { readByRe2, refusedByRe2 } from "./expressions";
import { stackConfig } from "./fixture";

const problems = (collection: unknown, more: object = {}) =>
  collectionProblems(stackConfig(collection, more)).map(({ path, message }) => `${path} ${message}`);
const tenants = [{ name: "team-a" }, { name: "team-b" }];

describe("a collection that fits together", () => {
  test.each([
    ["as it comes", {}, {}],
    ["with tenants that the stack has", { tenants: { "team-a": ["a"], "team-b": ["b"] } }, { tenants }],
    ["that is off, whatever else it says", { enabled: false, tenants: { nobody: ["a"] } }, {}],
    ["with expressions in RE2's own notation", { podLogs: { multiline: [{ firstLine: "(?i)^\\[[[:alpha:]]+\\] (?P<rest>.*)" }] } }, {}],
  ])("has no problem %s", (_, collection, more) => {
    expect(problems(collection, more)).toEqual([]);
  });
});

describe("a collection that does not", () => {
  test.each([
    [
      "nothing to do",
      { podLogs: { enabled: false }, traces: { enabled: false } },
      {},
      "granary:collection.enabled found true, but podLogs, journal, events and traces are all off; enable one of them, or set this to false",
    ],
    [
      "Loki's namespace",
      { namespace: "observability" },
      {},
      "granary:collection.namespace found observability, which is Loki's own; Alloy reads paths of its nodes and needs a namespace that permits that",
    ],
    [
      "a lookahead",
      { podLogs: { dropLines: [{ matching: "a(?=b)", reason: "x" }] } },
      {},
      'granary:collection.podLogs.dropLines[0].matching found "a(?=b)"; allowed is a regular expression that RE2 reads, and RE2 has no lookahead and no lookbehind',
    ],
    [
      "an open bracket",
      { podLogs: { dropNamespaces: ["kube-(system"] } },
      {},
      'granary:collection.podLogs.dropNamespaces[0] found "kube-(system"; allowed is a regular expression that RE2 reads, and a parenthesis is not closed',
    ],
    [
      "a namespace both kept and dropped",
      { podLogs: { onlyNamespaces: ["shop"], dropNamespaces: ["shop"] } },
      {},
      "granary:collection.podLogs.onlyNamespaces shop is also in dropNamespaces; name it in one of them",
    ],
    [
      "a label that is none",
      { externalLabels: { "my-cluster": "a" } },
      {},
      "granary:collection.externalLabels.my-cluster is no label's name; allowed are letters, digits and underscores, without a digit or two underscores in front",
    ],
    [
      "a label of Granary's own",
      { podLogs: { podLabels: { pod: "x" } } },
      {},
      "granary:collection.podLogs.podLabels.pod is a label that Granary sets itself; choose a name other than namespace, pod, container, app, stream, filename",
    ],
    [
      "a tenant that the stack does not have",
      { tenants: { "team-c": ["c"] } },
      { tenants },
      "granary:collection.tenants.team-c is not a tenant of this stack; allowed is one of team-a, team-b",
    ],
    [
      "a tenant without any",
      { tenants: { "team-a": ["a"] } },
      {},
      "granary:collection.tenants.team-a is not a tenant of this stack; list it in granary:tenants first",
    ],
    [
      "a namespace of two tenants",
      { tenants: { "team-a": ["x"], "team-b": ["x"] } },
      { tenants },
      "granary:collection.tenants.team-b[0] x belongs to team-a already; a namespace's lines go to one tenant",
    ],
    [
      "a tenant's namespace that is dropped",
      { tenants: { "team-a": ["kube-system"] } },
      { tenants },
      "granary:collection.tenants.team-a[0] kube-system is in podLogs.dropNamespaces, so its lines never arrive",
    ],
    [
      "a queue too small for one request",
      { traces: { queueSize: "4Mi" } },
      {},
      "granary:collection.traces.queueSize found 4Mi; allowed is 8Mi or more, because one request of a program may hold 4Mi",
    ],
    [
      "batches that a tenant's limit never lets in",
      { push: { batchSize: "2Mi" } },
      { tenants: [{ name: "team-a" }, { name: "team-b", logs: { ingestionRate: "512Ki" } }] },
      "granary:collection.push.batchSize found 2Mi; allowed is 1Mi or less, for tenant team-b takes no more at once",
    ],
    [
      "batches that Loki's limit never lets in",
      {},
      { logs: { limits: { ingestionRate: "256Ki" } } },
      "granary:collection.push.batchSize found 1Mi; allowed is 512Ki or less, for Loki takes no more at once",
    ],
    [
      "a release that is undone without being waited for",
      { release: { wait: false, atomic: true } },
      {},
      "granary:collection.release.wait found false with release.atomic true, which waits for the pods to decide whether to undo the update; set one of them to its default",
    ],
    [
      "waiting the wrong way round",
      { push: { minBackoff: "10m", maxBackoff: "1m" } },
      {},
      "granary:collection.push.minBackoff is longer than push.maxBackoff; allowed is that or less",
    ],
  ])("with %s is told so", (_, collection, more, said) => {
    expect(problems(collection, more)).toEqual([said]);
  });

  test("is told everything at once", () => {
    expect(problems({ namespace: "observability", externalLabels: { "a-b": "c" }, push: { minBackoff: "10m" } })).toHaveLength(3);
  });
});

test.each(refusedByRe2)("RE2 does not read %s", (text) => {
  expect(re2Problem(text)).toBeDefined();
});

test.each(readByRe2)("RE2 reads %s", (text) => {
  expect(re2Problem(text)).toBeUndefined();
});
