// Writes the JSON Schema of a stack's file, for editors: `npm run schema`.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stackFileSchema } from "../components/config/json-schema";

const target = join(process.cwd(), "schema", "stack.schema.json");
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `${JSON.stringify(stackFileSchema(), null, 2)}\n`);
process.stderr.write(`${target}\n`);
