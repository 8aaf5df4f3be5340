// Writes the types of the operators' custom resources from their definitions: shapes only, no prose, so that a misspelt field does not compile.
// Reads what `npm run servers` downloaded, or the crds/ of the folder that GRANARY_TEST_DATA names.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile, type JSONSchema } from "json-schema-to-typescript";
import { parseAllDocuments } from "yaml";
import { testData } from "../test/real/servers/tools/test-data";

interface Definition {
  kind: string;
  spec: { group: string; names: { kind: string }; versions: { name: string; storage: boolean; schema: { openAPIV3Schema: JSONSchema } }[] };
}

const wanted = new Set([
  "CephObjectStore",
  "CephObjectStoreUser",
  "ObjectBucketClaim",
  "ExternalSecret",
  "SecretStore",
  "ServiceMonitor",
  "PodMonitor",
  "PrometheusRule",
  "TempoStack",
  "GrafanaDashboard",
  "GrafanaDatasource",
]);
const target = join(process.cwd(), "components", "kubernetes", "generated");

function definitions(folder: string): { release: string; definition: Definition }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .flatMap((file) =>
      parseAllDocuments(readFileSync(join(folder, file), "utf8"))
        .map((document) => document.toJS() as Definition | null)
        .filter((d): d is Definition => d?.kind === "CustomResourceDefinition" && wanted.has(d.spec.names.kind))
        .map((definition) => ({ release: file.replace(/\.yaml$/, ""), definition })),
    );
}

/** Keeps what shapes a value; drops prose, defaults and checks that types cannot carry. */
function shape(node: unknown): JSONSchema {
  if (typeof node !== "object" || node === null) return {};
  const schema = node as Record<string, unknown>;
  if (schema["x-kubernetes-int-or-string"]) return { oneOf: [{ type: "integer" }, { type: "string" }] };
  const kept: JSONSchema = {};
  if (schema.type) kept.type = schema.type as NonNullable<JSONSchema["type"]>;
  if (schema.enum) kept.enum = schema.enum as NonNullable<JSONSchema["enum"]>;
  if (schema.required) kept.required = schema.required as string[];
  if (schema.items) kept.items = shape(schema.items);
  if (schema.properties) {
    const properties = schema.properties as Record<string, unknown>;
    kept.properties = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, shape(value)]));
  }
  const open = schema["x-kubernetes-preserve-unknown-fields"] === true;
  if (typeof schema.additionalProperties === "object") kept.additionalProperties = shape(schema.additionalProperties);
  else if (kept.type === "object") kept.additionalProperties = open || !kept.properties;
  return kept;
}

async function main(): Promise<void> {
  const data = testData("crds");
  const [problem] = data.missing();
  if (problem) throw new Error(problem);
  mkdirSync(target, { recursive: true });
  const found = definitions(data.folder);
  const missing = [...wanted].filter((kind) => !found.some(({ definition }) => definition.spec.names.kind === kind));
  if (missing.length > 0) throw new Error(`no definition of ${missing.join(", ")} in ${data.folder}`);
  for (const { release, definition } of found) {
    const { group, names, versions } = definition.spec;
    const version = versions.find((v) => v.storage) ?? versions[0];
    if (!version) throw new Error(`${names.kind}: no version`);
    const spec = shape(version.schema.openAPIV3Schema.properties?.spec);
    const types = await compile(spec, `${names.kind}Spec`, { bannerComment: "", unknownAny: true, style: { printWidth: 140 } });
    const header = `// Written by \`npm run crds\` from ${release} (${group}/${version.name}). Do not edit.\n`;
    writeFileSync(join(target, `${names.kind}.gen.ts`), header + types);
    process.stderr.write(`${names.kind} ${group}/${version.name}\n`);
  }
}

void main();
