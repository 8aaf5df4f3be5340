import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { PreviewFailure } from "../failure";

export type Yaml = null | boolean | number | string | Yaml[] | { [key: string]: Yaml };
export type YamlObject = { [key: string]: Yaml };

export function isYamlObject(value: Yaml | undefined): value is YamlObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A YAML file whose content must be a mapping; an empty file is an empty one. */
export function readYaml(path: string): YamlObject {
  const document = parseDocument(readFileSync(path, "utf8").replace(/^\uFEFF/, ""), { uniqueKeys: true });
  const [error] = document.errors;
  if (error) throw new PreviewFailure(`${path} is not valid YAML: ${error.message}`);
  const content = (document.toJS() ?? {}) as Yaml;
  if (!isYamlObject(content)) throw new PreviewFailure(`${path} must be a mapping of keys to values`);
  return content;
}

export interface Project {
  root: string;
  name: string;
  /** The program's file or folder. */
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
    entry: join(root, typeof main === "string" ? main : "."),
    stackFolder: join(root, typeof folder === "string" ? folder : "."),
    config: isYamlObject(config) ? config : {},
  };
}

/** Names of the stacks that have a file. */
export function knownStacks(project: Project): string[] {
  const files = existsSync(project.stackFolder) ? readdirSync(project.stackFolder) : [];
  return files.flatMap((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? []).sort();
}

export function stackFile(project: Project, stack: string): string | undefined {
  return ["yaml", "yml"].map((extension) => join(project.stackFolder, `Pulumi.${stack}.${extension}`)).find((path) => existsSync(path));
}
