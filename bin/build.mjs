// Transpiles every TypeScript source of the project, without type checking, into .granary/build/<hash of the sources>.
// One build serves the preview host, the Pulumi program, the policy pack and the scripts, so none pays for a compiler at start-up.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const builds = join(root, ".granary", "build");
const keptBuilds = 3;
const skipped = new Set(["node_modules", ".git", ".granary", "bin"]);
// Sources are compiled; the manifests beside them are what Pulumi reads in a program's or a pack's folder.
const isSource = (name) => name.endsWith(".ts") && !name.endsWith(".d.ts");
const isManifest = (name) => name === "package.json" || name === "PulumiPolicy.yaml";

/** Returns the folder that holds the compiled sources, making it when they changed since the last build. */
export async function build() {
  const files = list("").sort();
  const hash = createHash("sha256");
  const contents = files.map((file) => {
    const text = readFileSync(join(root, file), "utf8");
    hash.update(`${file}\0${text}\0`);
    return text;
  });
  const target = join(builds, hash.digest("hex").slice(0, 16));
  if (!existsSync(target)) await compile(files, contents, target);
  return target;
}

async function compile(files, contents, target) {
  const { transform } = await import("esbuild");
  const scratch = `${target}.${process.pid}`;
  await Promise.all(
    files.map(async (file, i) => {
      const out = join(scratch, file);
      mkdirSync(dirname(out), { recursive: true });
      if (!isSource(file)) return writeFileSync(out, contents[i]);
      const { code } = await transform(contents[i], {
        loader: "ts",
        format: "cjs",
        platform: "node",
        target: "node20",
        sourcemap: "inline",
        sourcefile: join(root, file),
        tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
      });
      writeFileSync(out.replace(/\.ts$/, ".js"), code);
    }),
  );
  try {
    renameSync(scratch, target);
  } catch (error) {
    // Another process finished the same build first: its result is ours.
    rmSync(scratch, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  forgetOldBuilds(target);
}

/** Old builds go once they are an hour old: a preview that runs beside this one may still load from a fresh one. */
function forgetOldBuilds(current) {
  const dated = readdirSync(builds).map((name) => ({ path: join(builds, name), time: statSync(join(builds, name)).mtimeMs }));
  const old = dated.filter((b) => b.path !== current && Date.now() - b.time > 3600_000).sort((a, b) => b.time - a.time);
  for (const { path } of old.slice(keptBuilds)) rmSync(path, { recursive: true, force: true });
}

function list(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : list(path);
    return isSource(entry.name) || isManifest(entry.name) ? [path] : [];
  });
}
