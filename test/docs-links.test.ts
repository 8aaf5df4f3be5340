// Links between the pages of the documentation lead to files and headings that exist.
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { pages } from "./support/docs";
import { root } from "./support/preview";

const withoutCode = (text: string): string => text.replaceAll(/^ *```.*?^ *```/gms, "");

/** As GitHub names a heading: lower case, no punctuation, spaces as hyphens, and a number behind a name that occurred before. */
function anchors(text: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const names = [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) => {
    const name = title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-");
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return times === 0 ? name : `${name}-${times}`;
  });
  return new Set(names);
}

/** Links to other sites are left to their readers. */
const linksOf = (text: string): string[] =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link).filter((link) => !/^[a-z]+:/.test(link));

function brokenLinks(page: string, text: string): string[] {
  return linksOf(text).filter((link) => {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? join(root, page) : join(root, dirname(page), path);
    if (!existsSync(target)) return true;
    if (anchor === undefined) return false;
    return statSync(target).isDirectory() || !anchors(path === "" ? text : readFileSync(target, "utf8")).has(anchor);
  });
}

test.each(pages)("%s", (page) => expect(brokenLinks(page, readFileSync(join(root, page), "utf8"))).toEqual([]));

test("a missing page and a missing heading would be found", () => {
  const text =
    "# Keys & `names`\n[this](#keys--names), [that](#keys), [page](docs/none.md), [other](docs/logs.md#nowhere), [logs](docs/logs.md)";
  expect(brokenLinks("README.md", text)).toEqual(["#keys", "docs/none.md", "docs/logs.md#nowhere"]);
});
