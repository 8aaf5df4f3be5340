// `npm run schema` writes what is made from the schema of a stack's file: its JSON Schema, for editors, and the page of all settings.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stackFileSchema } from "../components/config/json-schema";
import { settingsPage } from "./settings-page";

function write(path: string, text: string): void {
  const target = join(process.cwd(), path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  process.stderr.write(`${target}\n`);
}

const schema = stackFileSchema();
write("schema/stack.schema.json", `${JSON.stringify(schema, null, 2)}\n`);
write("docs/settings.md", settingsPage(schema));
