#!/usr/bin/env node
// `node bin/run.mjs preview/main.ts ...` builds the project's sources and runs one of them with the arguments that follow.
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "./build.mjs";

const [entry, ...args] = process.argv.slice(2);
if (!entry) {
  console.error("usage: node bin/run.mjs FILE.ts [arguments]");
  process.exit(2);
}
const compiled = join(await build(), entry.replace(/\.ts$/, ".js"));
process.argv = [process.argv[0], compiled, ...args];
createRequire(import.meta.url)(compiled);
