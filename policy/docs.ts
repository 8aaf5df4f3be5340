// Writes docs/policies.md from the rules: `npm run policy:docs`. A test says whether the page is current.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { page } from "./page";

writeFileSync(join(resolve(__dirname, ".."), "docs", "policies.md"), page());
