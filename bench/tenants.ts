// One preview of a stack with as many tenants as the argument says; prints how many resources that made.
import { join, resolve } from "node:path";
import { readProject } from "../preview/config/files";
import { readStack } from "../preview/config/stack";
import { preview } from "../preview/host/preview";

const root = resolve(__dirname, "..");
const project = readProject(root);
const stack = readStack(project, "dev", { config: { "bench:tenants": process.argv[2] ?? "1" } });
const packs = process.argv.includes("--policies") ? [{ folder: join(root, "policy") }] : [];

preview({ ...stack, root, project: project.name, entry: join(root, "bench/programs/tenants.ts"), packs }).then(
  ({ resources }) => console.log(resources.length),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 2;
  },
);
