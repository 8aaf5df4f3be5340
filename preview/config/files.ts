import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve, sep } from "node:path";
import { parseDocument } from "yaml";
import { PreviewFailure } from "../failure";
import { tagsOfGo } from "./yaml-as-go";

export type Yaml = null | boolean | number | string | Yaml[] | { [key: string]: Yaml };
export type YamlObject = { [key: string]: Yaml };

export function isYamlObject(value: Yaml | undefined): value is YamlObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A YAML file whose content must be a mapping; an empty file is an empty one. */
export function readYaml(path: string): YamlObject {
  const document = parseDocument(readFileSync(path, "utf8").replace(/^\uFEFF/, ""), {
    uniqueKeys: true,
    customTags: (tags) => [...tagsOfGo, ...tags],
  });
  const [error] = document.errors;
  if (error) throw new PreviewFailure(`${path} is not valid YAML: ${error.message}`);
  const content = (document.toJS() ?? {}) as Yaml;
  if (!isYamlObject(content)) throw new PreviewFailure(`${path} must be a mapping of keys to values`);
  return content;
}

export interface Project {
  root: string;
  name: string;
  /** Where the program runs, and its file there, or "." where its package.json names that. */
  pwd: string;
  entry: string;
  /** Where the stacks' files are. */
  stackFolder: string;
  /** What Pulumi.yaml says about configuration keys. */
  config: YamlObject;
}

export function readProject(root: string): Project {
  const path = join(root, "Pulumi.yaml");
  if (!existsSync(path)) throw new PreviewFailure(`${root} is not a Pulumi project: it has no Pulumi.yaml`);
  const { name, runtime, main, config = {}, stackConfigDir } = readYaml(path);
  if (typeof name !== "string") throw new PreviewFailure(`${path}: name must be a text`);
  const language = isYamlObject(runtime) ? runtime.name : runtime;
  if (language !== "nodejs")
    throw new PreviewFailure(`${path}: runtime is ${JSON.stringify(language)}; only nodejs programs can be previewed`);
  // An older form of the file gives the folder of the stacks' files as a text.
  const folder = typeof config === "string" ? config : stackConfigDir;
  return {
    root,
    name,
    ...programOf(root, path, main),
    stackFolder: join(root, typeof folder === "string" ? folder : "."),
    config: isYamlObject(config) ? config : {},
  };
}

/** As the CLI takes `main`: a folder below the project is where the program runs, a file is what runs in its own folder. */
function programOf(root: string, path: string, main: Yaml | undefined): { pwd: string; entry: string } {
  if (main === undefined) return { pwd: root, entry: "." };
  const target = typeof main === "string" && !isAbsolute(main) ? resolve(root, main) : "";
  if (target !== root && !target.startsWith(`${root}${sep}`)) throw new PreviewFailure(`${path}: main must be a path inside the project`);
  if (!existsSync(target)) throw new PreviewFailure(`${path}: main is ${target}, which does not exist`);
  return statSync(target).isDirectory() ? { pwd: target, entry: "." } : { pwd: dirname(target), entry: basename(target) };
}

/** Names of the stacks that have a file. */
export function knownStacks(project: Project): string[] {
  const files = existsSync(project.stackFolder) ? readdirSync(project.stackFolder) : [];
  return files.flatMap((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? []).sort();
}

export function stackFile(project: Project, stack: string): string | undefined {
  return ["yaml", "yml"].map((extension) => join(project.stackFolder, `Pulumi.${stack}.${extension}`)).find((path) => existsSync(path));
}
