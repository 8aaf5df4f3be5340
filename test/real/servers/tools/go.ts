// Servers built from pinned Go modules. Every folder go/<module> holds a go.mod and a go.sum; the cache's folder is named after both.
import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { root } from "../run/root";
import { cache, keyOf, makeWhole } from "./cache";
import { embedDefinitions } from "./cert-manager";
import { embedSchema, kubernetesProviderVersion } from "./kubernetes-provider";
import type { Step } from "./progress";

interface GoModule {
  readonly name: string;
  /** Binary -> the package that it is built from. */
  readonly binaries: Readonly<Record<string, string>>;
  readonly ldflags: string;
  /** Files that must be generated before the build; returns the build's flags for them. */
  readonly generate?: (sources: string, scratch: string) => Promise<readonly string[]>;
}

const kubernetesPrograms = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy", "kubectl"];
const kubernetesVersion = ["gitVersion=v1.36.3", "gitMajor=1", "gitMinor=36"].map((v) => `-X k8s.io/component-base/version.${v}`);
const addons = ["cert-manager", "coredns", "netpol", "pause", "probe"];

export const goModules: readonly GoModule[] = [
  {
    name: "kubernetes-provider",
    binaries: { "pulumi-resource-kubernetes": "servers/kubernetes-provider" },
    ldflags: `-s -w -X github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version=${kubernetesProviderVersion}`,
    generate: embedSchema,
  },
  {
    name: "kube",
    binaries: {
      etcd: "go.etcd.io/etcd/server/v3",
      ...Object.fromEntries(kubernetesPrograms.map((name) => [name, `k8s.io/kubernetes/cmd/${name}`])),
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
  {
    name: "pulumi",
    binaries: { pulumi: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
    // The CLI refuses to start with a version that it cannot parse.
    ldflags: "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.274.1",
  },
  // What a cluster needs beside Kubernetes: DNS, enforcement of NetworkPolicies, the pause container, cert-manager, a client for tests, and helm.
  // One module, so that they share the compiled Kubernetes client.
  {
    name: "addons",
    binaries: { ...Object.fromEntries(addons.map((name) => [name, `servers/addons/${name}`])), helm: "helm.sh/helm/v3/cmd/helm" },
    ldflags: "-s -w",
    generate: embedDefinitions,
  },
  // A program of a few lines around Alloy's own parser; Alloy itself can't be built from modules.
  { name: "alloy-syntax", binaries: { "alloy-syntax": "servers/alloy-syntax" }, ldflags: "-s -w" },
];

const sources = (module: GoModule) => join(root, "test/real/servers/go", module.name);

function folderOf(module: GoModule): string {
  const names = readdirSync(sources(module), { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((name) => /\.(go|mod|sum)$/.test(name)).map((name) => join(sources(module), name));
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
    const generated = (await module.generate?.(sources(module), scratch)) ?? [];
    // The linker strips debug information anyway; without it kube-scheduler compiles in 270 s instead of 292 s.
    const quick = "-gcflags=all=-dwarf=false";
    const flags = ["-v", "-trimpath", "-mod=readonly", quick, ...generated, "-ldflags", module.ldflags, "-o", `${scratch}/`];
    const env = { CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off" };
    await step.run("go", ["build", ...flags, ...Object.values(module.binaries)], { cwd: sources(module), env, progress });
    for (const [name, path] of Object.entries(module.binaries)) renameSync(join(scratch, builtName(path)), join(scratch, name));
    rmSync(join(scratch, "embedded"), { recursive: true, force: true });
  });
}

/** What `go build` calls a package's binary: its last element, or the one before a major version. */
function builtName(path: string): string {
  return /^v\d+$/.test(basename(path)) ? basename(dirname(path)) : basename(path);
}
