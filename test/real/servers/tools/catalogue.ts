// Every tool that a real test may need: where it is, and what to do when it is not there.
import { cephBinaries, cephHint } from "./debian";
import { goBinary, goModules } from "./go";
import { onPath } from "./path";
import { pythonBinary } from "./python";
import { nginx, packageFolder, prometheus, promtool } from "./unpacked";

const prepare = "npm run servers";

const go = Object.fromEntries(
  goModules.flatMap((m) => Object.keys(m.binaries).map((name) => [name, { find: () => goBinary(name), hint: prepare }])),
);
const ceph = Object.fromEntries(cephBinaries.map((name) => [name, { find: () => onPath(name), hint: `${prepare}, or ${cephHint}` }]));

const tools: Readonly<Record<string, { find(): string | undefined; hint: string }>> = {
  ...go,
  ...ceph,
  weed: { find: () => pythonBinary("weed"), hint: prepare },
  moto_server: { find: () => pythonBinary("moto_server"), hint: prepare },
  promtool: { find: promtool, hint: prepare },
  prometheus: { find: prometheus, hint: prepare },
  nginx: { find: nginx, hint: prepare },
  // Folders of unpacked packages.
  "nginx-libraries": { find: () => packageFolder("nginx-libraries"), hint: prepare },
  "node-packages": { find: () => packageFolder("node-packages"), hint: prepare },
  openssl: { find: () => onPath("openssl"), hint: "as root: apt-get install openssl" },
};

/** The path of a tool; without it an error that says how to get it. */
export function tool(name: string): string {
  const path = find(name);
  if (!path) throw new Error(missing([name])[0]);
  return path;
}

/** What of these is not there, in one line for each way to get it. */
export function missing(names: readonly string[]): string[] {
  const byHint = new Map<string, string[]>();
  for (const name of names) {
    if (find(name)) continue;
    const hint = tools[name]?.hint ?? "";
    byHint.set(hint, [...(byHint.get(hint) ?? []), name]);
  }
  return [...byHint].map(([hint, lacking]) => `${lacking.join(", ")} missing: ${hint}`);
}

/** The path of a tool, if it is there. */
export function find(name: string): string | undefined {
  const entry = tools[name];
  if (!entry) throw new Error(`unknown tool ${name}: known are ${Object.keys(tools).sort().join(", ")}`);
  return entry.find();
}
