// Servers built from pinned Go modules. Every folder go/<module> holds a go.mod and a go.sum; the cache's folder is named after both.
import { existsSync, renameSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { root } from "../run/root";
import { cache, keyOf, makeWhole } from "./cache";
import type { Step } from "./progress";

interface GoModule {
  readonly name: string;
  /** Binary -> the package that it is built from. */
  readonly binaries: Readonly<Record<string, string>>;
  readonly ldflags: string;
}

const kubernetesVersion = ["gitVersion=v1.36.3", "gitMajor=1", "gitMinor=36"].map((v) => `-X k8s.io/component-base/version.${v}`);

export const goModules: readonly GoModule[] = [
  {
    name: "kube",
    binaries: {
      etcd: "go.etcd.io/etcd/server/v3",
      "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
      "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
    },
    // Clients parse the server's version and refuse one that was not stamped in.
    ldflags: ["-s -w", ...kubernetesVersion].join(" "),
  },
  {
    name: "loki",
    binaries: {
      loki: "github.com/grafana/loki/v3/cmd/loki",
      lokitool: "github.com/grafana/loki/v3/cmd/lokitool",
      logcli: "github.com/grafana/loki/v3/cmd/logcli",
    },
    ldflags: "-s -w",
  },
  { name: "helm", binaries: { helm: "helm.sh/helm/v3/cmd/helm" }, ldflags: "-s -w" },
  // A program of a few lines around Alloy's own parser; Alloy itself can't be built from modules.
  { name: "alloy-syntax", binaries: { "alloy-syntax": "servers/alloy-syntax" }, ldflags: "-s -w" },
];

const sources = (module: GoModule) => join(root, "test/real/servers/go", module.name);

function folderOf(module: GoModule): string {
  const files = ["go.mod", "go.sum", "main.go"].map((file) => join(sources(module), file)).filter((file) => existsSync(file));
  return join(cache, "go", `${module.name}-${keyOf(files, module.ldflags, ...Object.values(module.binaries))}`);
}

export function goBinary(name: string): string | undefined {
  const module = goModules.find((m) => name in m.binaries);
  if (!module) throw new Error(`no Go module here builds ${name}`);
  const path = join(folderOf(module), name);
  return existsSync(path) ? path : undefined;
}

export const isBuilt = (module: GoModule) => Object.keys(module.binaries).every((name) => existsSync(join(folderOf(module), name)));

export async function buildGo(module: GoModule, step: Step): Promise<void> {
  const counted = { downloaded: 0, compiled: 0 };
  const progress = (line: string) => {
    if (line.startsWith("go: downloading")) step.say(`downloading modules, ${++counted.downloaded} so far`);
    else if (/^[\w./-]+$/.test(line)) step.say(`compiling, ${++counted.compiled} packages so far, now ${line}`);
    else return false;
    return true;
  };
  step.say("compiling and linking");
  await makeWhole(folderOf(module), async (scratch) => {
    const flags = ["-v", "-trimpath", "-mod=readonly", "-ldflags", module.ldflags, "-o", `${scratch}/`];
    const env = { CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off" };
    await step.run("go", ["build", ...flags, ...Object.values(module.binaries)], { cwd: sources(module), env, progress });
    for (const [name, path] of Object.entries(module.binaries)) renameSync(join(scratch, builtName(path)), join(scratch, name));
  });
}

/** What `go build` calls a package's binary: its last element, or the one before a major version. */
function builtName(path: string): string {
  return /^v\d+$/.test(basename(path)) ? basename(dirname(path)) : basename(path);
}
