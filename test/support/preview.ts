/**
 * The one way in which tests run programs: the offline host, with the real SDK, the real policy packs and no cloud.
 *
 *   const { resources, outputs } = await previewStack("dev");
 *   await previewStack("dev", { config: { "granary:logs": { retention: "7d" } } });      // changes to Pulumi.dev.yaml, key by key
 *   await previewProgram('import { Thing } from "./components/thing"; new Thing("a");'); // "./" is the project's folder
 *   await previewProgram("test/preview/fixtures/random.ts", { config: { "test:prefix": "x" }, secrets: { "test:key": "s3cret" } });
 *
 * A preview that fails does not throw: `errors` says why and `exit` is what the command line would end with (0, 1 or 2).
 * `expectOk(result)` throws with the cause instead. The same question is asked only once per process; don't change what you get.
 * `resources` and `policies` are what `npm run preview -- --format json` prints, secrets as "[secret]" and unknowns as "[unknown]";
 * `raw` has the marked values behind them.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readProject } from "../../preview/config/files";
import { type Overrides, readStack } from "../../preview/config/stack";
import { messageOf } from "../../preview/failure";
import type { Invokes } from "../../preview/host/invokes";
import type { PackConfig } from "../../preview/host/pack-config";
import { type Preview, type PreviewSpec, preview } from "../../preview/host/preview";
import { type ReportedPolicy, type ReportedResource, report } from "../../preview/report/report";
import type { Properties } from "../../preview/wire/values";

export const root = resolve(__dirname, "../..");

export interface PreviewOptions extends Overrides {
  /** Folders of policy packs, or folders with the configuration of the pack. None by default. */
  packs?: readonly (string | { folder: string; config?: PackConfig })[];
  filled?: boolean;
  invokes?: Invokes;
  stackReferences?: Readonly<Record<string, Properties>>;
  /** Of a program; "dev" and "test" unless given. */
  stack?: string;
  project?: string;
}

export interface PreviewResult {
  resources: ReportedResource[];
  policies: ReportedPolicy[];
  outputs: Properties;
  errors: string[];
  exit: 0 | 1 | 2;
  /** What the program and the packs said meanwhile. */
  said: string[];
  raw?: Preview;
  /** Resources of a type, or of all types that match. */
  ofType(type: string | RegExp): ReportedResource[];
  /** The only resource of this name, and type where the name alone does not tell. */
  resource(name: string, type?: string | RegExp): ReportedResource;
}

const asked = new Map<string, Promise<PreviewResult>>();

/** A stack of this project, from its own files. */
export function previewStack(stack: string, options: PreviewOptions = {}): Promise<PreviewResult> {
  return once(["stack", stack, options], (said) => {
    const project = readProject(root);
    const resolved = readStack(project, stack, options);
    return run({ ...resolved, root, pwd: project.pwd, entry: project.entry, project: project.name }, options, said);
  });
}

/** A program of its own: a TypeScript file, by its path from the project's folder, or a text. */
export function previewProgram(program: string, options: PreviewOptions = {}): Promise<PreviewResult> {
  return once(["program", program, options], (said) => {
    const { stack = "dev", project = "test", config = {}, secrets = {} } = options;
    const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
    const all = Object.entries({ ...config, ...secrets }).map(([key, value]) => [key, text(value)]);
    const secretTexts = Object.values(secrets).map(text);
    const spec = { stack, project, root, config: Object.fromEntries(all), secretKeys: Object.keys(secrets), secretTexts };
    return run({ ...spec, entry: entryOf(program) }, options, said);
  });
}

export async function expectOk(result: Promise<PreviewResult> | PreviewResult): Promise<PreviewResult> {
  const { errors, ...rest } = await result;
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return { errors, ...rest };
}

function run(spec: PreviewSpec, options: PreviewOptions, said: string[]): Promise<Preview> {
  const packs = (options.packs ?? []).map((pack) => (typeof pack === "string" ? { folder: pack } : pack));
  return preview({
    ...spec,
    ...(options.filled === undefined ? {} : { filled: options.filled }),
    ...(options.invokes ? { invokes: options.invokes } : {}),
    ...(options.stackReferences ? { stackReferences: options.stackReferences } : {}),
    packs: packs.map((pack) => ({ ...pack, folder: resolve(root, pack.folder) })),
    progress: (text) => said.push(text),
  });
}

function once(question: unknown[], ask: (said: string[]) => Promise<Preview>): Promise<PreviewResult> {
  const key = JSON.stringify(question, (_, value) => (typeof value === "function" ? String(value) : value));
  const known = asked.get(key);
  if (known) return known;
  const said: string[] = [];
  const answer = Promise.resolve()
    .then(() => ask(said))
    .then(
      (found) => succeeded(found, said),
      (error: unknown) => outcome({ resources: [], policies: [], outputs: {}, errors: [messageOf(error)], exit: 2, said }),
    );
  asked.set(key, answer);
  return answer;
}

function succeeded(found: Preview, said: string[]): PreviewResult {
  const { resources, policies, outputs } = report(found);
  const exit = policies.some((policy) => policy.level === "mandatory") ? 1 : 0;
  return outcome({ resources, policies, outputs, errors: [], exit, said, raw: found });
}

function outcome(result: Omit<PreviewResult, "ofType" | "resource">): PreviewResult {
  const matches = (actual: string, wanted: string | RegExp) => (typeof wanted === "string" ? actual === wanted : wanted.test(actual));
  const ofType = (type: string | RegExp) => result.resources.filter((resource) => matches(resource.type, type));
  return {
    ...result,
    ofType,
    resource(name, type = /^/) {
      const found = ofType(type).filter((resource) => resource.name === name);
      const [only] = found;
      if (found.length === 1 && only) return only;
      const names = result.resources.map((resource) => `${resource.type} ${resource.name}`).join("\n  ");
      throw new Error(`${found.length} resources are named ${name}; there are:\n  ${names}\n${result.errors.join("\n")}`);
    },
  };
}

function entryOf(program: string): string {
  if (!program.includes("\n") && existsSync(join(root, program))) return join(root, program);
  const source = program.replace(/((?:from|import)\s*\(?\s*["'])\.\//g, `$1${root}/`);
  const file = join(root, ".granary", "programs", `${createHash("sha256").update(source).digest("hex").slice(0, 16)}.ts`);
  mkdirSync(join(file, ".."), { recursive: true });
  if (!existsSync(file)) writeFileSync(file, source);
  return file;
}
