import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./preview";

/** README.md and every page below docs/, by their paths in the checkout. */
export const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).map((path) => `docs/${path}`),
].filter((path) => path.endsWith(".md"));
