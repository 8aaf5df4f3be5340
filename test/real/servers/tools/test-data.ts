// Operators' resource definitions and charts' values: from a folder that GRANARY_TEST_DATA names, else downloaded once from their projects.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Requirement } from "../server";
import { cache, keyOf, makeWhole } from "./cache";
import type { Step } from "./progress";
import { type TestDataFile, testDataFiles } from "./test-data-files";

export type TestDataKind = "crds" | "charts";

const downloads = join(cache, "data", keyOf([], JSON.stringify(testDataFiles)));

function folder(kind: TestDataKind): string {
  const given = process.env.GRANARY_TEST_DATA;
  return join(given ? resolve(given) : downloads, kind);
}

export interface TestData extends Requirement {
  readonly folder: string;
  /** The files below it with this ending. */
  files(ending: string): string[];
}

export function testData(kind: TestDataKind): TestData {
  const path = folder(kind);
  const hint = process.env.GRANARY_TEST_DATA ? "GRANARY_TEST_DATA names no folder that holds it" : "npm run servers";
  return {
    name: kind,
    folder: path,
    missing: () => (existsSync(path) ? [] : [`${path} missing: ${hint}`]),
    files: (ending) => {
      const names = readdirSync(path, { recursive: true, encoding: "utf8" });
      return names
        .filter((name) => name.endsWith(ending))
        .sort()
        .map((name) => join(path, name));
    },
  };
}

export const testDataJobs = [
  {
    name: "test data",
    isReady: () => testData("crds").missing().length + testData("charts").missing().length === 0,
    make: download,
  },
];

async function download(step: Step): Promise<void> {
  if (process.env.GRANARY_TEST_DATA) throw new Error(testData("crds").missing().concat(testData("charts").missing()).join("\n"));
  const texts = new Map<string, string[]>();
  for (const file of testDataFiles) {
    step.say(`downloading ${file.path} of ${file.repository}`);
    texts.set(file.target, [...(texts.get(file.target) ?? []), await fetchFile(file)]);
  }
  await makeWhole(downloads, async (scratch) => {
    for (const [target, parts] of texts) {
      mkdirSync(dirname(join(scratch, target)), { recursive: true });
      writeFileSync(join(scratch, target), parts.join("\n---\n"));
    }
  });
}

async function fetchFile({ repository, tag, path, sha256 }: TestDataFile): Promise<string> {
  const url = `https://raw.githubusercontent.com/${repository}/${tag}/${path}`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(60_000) }).catch((error: Error) => {
    throw new Error(
      `can't reach ${url} (${(error.cause as Error | undefined)?.message ?? error.message}); set GRANARY_TEST_DATA to a folder that has it`,
    );
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const text = await answer.text();
  const digest = createHash("sha256").update(text).digest("hex");
  if (digest !== sha256) throw new Error(`${url} has digest ${digest}, not ${sha256}: not used`);
  return text;
}
