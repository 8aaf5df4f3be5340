// The reader of regular expressions against Go's own, which is the one that Alloy has: what one takes the other takes.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { re2Problem } from "../../components/collection/re2";
import { readByRe2, refusedByRe2 } from "../collection/expressions";
import { needs, tool } from "./servers";
import { chance } from "./support/chance";
import { describeReal } from "./support/suite";

const go = (texts: readonly string[]): (string | undefined)[] =>
  JSON.parse(
    execFileSync(tool("alloy-syntax"), ["expressions"], { input: JSON.stringify(texts), encoding: "utf8", maxBuffer: 2 ** 28 }),
  ).map(({ error }: { error?: string }) => error);

/** What expressions are made of, and what only other dialects know. */
const pieces = [
  ..."ab1-^$.|()[]{},*+?\\:=!<>PQEzZhRdDsSwWpxu07é ",
  ...["(?", "(?:", "(?i)", "(?P<n>", "(?<n>", "(?-s:", "[^", "[:alpha:]", "{2}", "{1,", "{1001}", "{0}", "{20}", "\\p{", "L}", "Greek}"],
  ...["\\x{41}", "\\u0041", "\\Q", "\\E", "\\d", "\\b", "a-z", "]"],
];

describeReal("Go's reader of regular expressions", [needs("alloy-syntax")], () => {
  test.each([
    ["takes", readByRe2, true],
    ["refuses", refusedByRe2, false],
  ])("%s what the tables say", (_, texts, taken) => {
    const answers = go(texts);
    expect(texts.filter((_, i) => (answers[i] === undefined) !== taken)).toEqual([]);
  });

  test("agrees about anything made of their parts", () => {
    const pick = chance(11);
    const texts = Array.from({ length: 50_000 }, () =>
      Array.from({ length: 1 + pick(8) }, () => pieces[pick(pieces.length)] ?? "").join(""),
    );
    const answers = go(texts);
    const differing = texts.flatMap((text, i) => {
      const problem = re2Problem(text);
      // Newer Go finds a class of characters by any spelling of its name; one spelling is enough.
      const spelling = answers[i] === undefined && problem?.includes("class of characters called");
      return spelling || (answers[i] === undefined) === (problem === undefined) ? [] : [{ text, go: answers[i], problem }];
    });
    expect(differing.slice(0, 20)).toEqual([]);
  });
});
