// A require hook: `node --require bin/typescript.cjs` lets node load TypeScript in place, without type checking.
// Each source is compiled once and kept by its content in .granary/transpiled, so a second start pays for no compiler.
// The preview host, the Pulumi program, the policy packs and the scripts are all started through it.
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { basename, dirname, join, resolve } = require("node:path");

// In processes that live for a second, optimizing what runs a few hundred times costs more than it saves. Later versions of node try a
// cheaper compiler first, and have no such flag.
if (process.version.startsWith("v20.")) require("node:v8").setFlagsFromString("--interrupt-budget=1000000");

const cache = join(dirname(__dirname), ".granary", "transpiled");
const compiler = { version: require("esbuild/package.json").version, target: "node20", revision: 2 };
const keptFor = 14 * 24 * 3600 * 1000;
const skipped = new Set(["node_modules", ".git", ".granary"]);

// Node 22 and later keep what V8 compiled, too; earlier ones don't have the function.
Module.enableCompileCache?.(join(dirname(cache), "compiled"));

/** The JavaScript that each loaded TypeScript file was compiled to: stack traces are mapped through it. */
const loaded = new Map();
exports.loaded = loaded;

Module._extensions[".ts"] = (module, filename) => {
  const code = compiled(filename);
  loaded.set(filename, code);
  module._compile(code, filename);
};

// In TypeScript "./thing.js" is the name of what ./thing.ts is compiled to; here that is the source itself.
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) => {
  if (request.startsWith(".") && request.endsWith(".js") && parent?.filename?.endsWith(".ts")) {
    const source = join(dirname(parent.filename), request.replace(/\.js$/, ".ts"));
    if (existsSync(source)) return source;
  }
  return resolveFilename(request, parent, ...rest);
};

function compiled(filename) {
  const kept = keptAt(filename, readFileSync(filename));
  if (!existsSync(kept)) compileAround(filename);
  return readFileSync(kept, "utf8");
}

/** Where the compiled text of a source is kept; its name is part of the key because the source map holds it. */
function keptAt(filename, content) {
  const hash = createHash("sha256")
    .update(JSON.stringify(compiler))
    .update(`\0${basename(filename)}\0`)
    .update(content);
  return join(cache, `${hash.digest("hex").slice(0, 32)}.js`);
}

/** Compiles everything of the same package that is not compiled yet: one start of the compiler instead of one per file. */
function compileAround(filename) {
  const root = packageRoot(filename);
  const neighbours = sources(root).filter((file) => file !== filename && !existsSync(keptAt(file, readFileSync(file))));
  const missing = [filename, ...neighbours];
  try {
    compile(missing, root);
  } catch {
    // A neighbour that is not valid TypeScript is no reason to refuse this file.
    compile([filename], dirname(filename));
  }
}

/** Nothing tells when a kept file was used last, so what is old goes and is compiled again if it must. */
function forgetOld() {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > keptFor) rmSync(path, { force: true });
  }
}

function compile(files, root) {
  const { outputFiles } = require("esbuild").buildSync({
    absWorkingDir: root,
    entryPoints: files,
    outdir: root,
    outbase: root,
    write: false,
    bundle: false,
    format: "cjs",
    platform: "node",
    target: compiler.target,
    sourcemap: "inline",
    sourcesContent: false,
    // `import()` becomes a require: node could not load TypeScript through its own loader for modules.
    supported: { "dynamic-import": false },
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    logLevel: "silent",
  });
  mkdirSync(cache, { recursive: true });
  forgetOld();
  for (const { path, text } of outputFiles) {
    const source = path.replace(/\.js$/, ".ts");
    const kept = keptAt(source, readFileSync(source));
    // Several processes may compile the same file: the last rename wins and all are equal.
    const scratch = `${kept}.${process.pid}`;
    writeFileSync(scratch, text);
    renameSync(scratch, kept);
  }
}

function packageRoot(filename) {
  let folder = dirname(resolve(filename));
  while (!existsSync(join(folder, "package.json"))) {
    if (folder === dirname(folder)) return dirname(resolve(filename));
    folder = dirname(folder);
  }
  return folder;
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sources(path);
    return entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts") ? [path] : [];
  });
}
