// What a provider will compute: the output-only properties of a type, as the SDK's own class for it lists them.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export type ComputedType = "string" | "number" | "boolean" | "list" | "other";

const found = new Map<string, ReadonlyMap<string, ComputedType>>();

/** Output-only properties by name, or none where the type's class can't be found. */
export function computedProperties(type: string, root: string): ReadonlyMap<string, ComputedType> {
  const key = `${root}\0${type}`;
  let properties = found.get(key);
  if (!properties) {
    properties = read(type, root);
    found.set(key, properties);
  }
  return properties;
}

function read(type: string, root: string): ReadonlyMap<string, ComputedType> {
  const file = classFile(type, root);
  if (!file) return new Map();
  const source = readFileSync(`${file}.js`, "utf8");
  // The constructor has a second branch, for reading a resource by its id, in which everything is an output: what the first branch
  // takes from the arguments, or sets itself, is an input all the same.
  const inputs = new Set([...source.matchAll(/resourceInputs\["(\w+)"\] = (?!undefined \/\*out\*\/|state\b)/g)].map((m) => m[1]));
  const names = [...source.matchAll(/resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g)]
    .map((m) => m[1] ?? "")
    .filter((name) => !inputs.has(name));
  const declarations = existsSync(`${file}.d.ts`) ? readFileSync(`${file}.d.ts`, "utf8") : "";
  return new Map([...new Set(names)].sort().map((name) => [name, declaredType(name, declarations)]));
}

function declaredType(name: string, declarations: string): ComputedType {
  const declared = new RegExp(`readonly ${name}!?: pulumi\\.Output<([^;]*)>;`).exec(declarations)?.[1]?.replace(" | undefined", "");
  if (declared === "string" || declared === "number" || declared === "boolean") return declared;
  return declared?.endsWith("[]") ? "list" : "other";
}

/** "aws:s3/bucket:Bucket" -> @pulumi/aws/s3/bucket; "kubernetes:helm.sh/v3:Release" -> @pulumi/kubernetes/helm/v3/release. */
function classFile(type: string, root: string): string | undefined {
  const [pkg, module, name] = type.split(":");
  if (!pkg || module === undefined || !name || pkg === "pulumi") return undefined;
  const folder = packageFolder(pkg, root);
  if (!folder) return undefined;
  const file = name[0]?.toLowerCase() + name.slice(1);
  const [group, version] = module.split("/");
  const candidates = [module, join(module, file), join(group?.split(".")[0] ?? "", version ?? "", file), file];
  return candidates.map((candidate) => join(folder, candidate)).find((path) => existsSync(`${path}.js`));
}

function packageFolder(pkg: string, root: string): string | undefined {
  try {
    return dirname(createRequire(join(root, "index.js")).resolve(`@pulumi/${pkg}/package.json`));
  } catch {
    return undefined;
  }
}
