#!/usr/bin/env node
// `node bin/run.mjs preview/main.ts ...` runs one of the project's TypeScript files with the arguments that follow.
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [entry, ...args] = process.argv.slice(2);
if (!entry) {
  console.error("usage: node bin/run.mjs FILE.ts [arguments]");
  process.exit(2);
}
const require = createRequire(import.meta.url);
require("./typescript.cjs");
process.argv = [process.argv[0], resolve(entry), ...args];
require(process.argv[1]);
