// A part of the proof that is quick enough for every run; `npm run policy:mutations` does all of it.
import { describe, expect, it } from "vitest";
import { rules } from "../../policy/rules";
import { run } from "./harness";
import { previewAll } from "./stacks";
import { faultsOf } from "./summary";
import { mutations } from "./table";

describe("the table of mutations", () => {
  it("has 200 or more of them, each for a rule that there is", () => {
    const known = new Set(rules.map(({ id }) => id));
    expect(mutations.length).toBeGreaterThanOrEqual(200);
    expect(mutations.filter(({ rule }) => !known.has(rule))).toEqual([]);
  });
  it("leaves no rule without a mutation", () => {
    const mutated = new Set(mutations.map(({ rule }) => rule));
    expect(rules.map(({ id }) => id).filter((id) => !mutated.has(id))).toEqual([]);
  });
  it("is caught: the first of each rule, on one resource of the real stacks", async () => {
    const subjects = await previewAll();
    const first = rules.flatMap(({ id }) => mutations.find(({ rule }) => rule === id) ?? []);
    const outcomes = await run(subjects, first, { once: true });
    expect(faultsOf(subjects, outcomes, first, rules)).toEqual([]);
    expect(outcomes).toHaveLength(rules.length);
  }, 240_000);
});
