import { execFileSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAllDocuments, stringify } from "yaml";
import { lokiConfig } from "../../components/logs/config";
import { addresses } from "../../components/logs/topology";
import { lokiValues } from "../../components/logs/values";
import { lokiChart } from "../../components/logs/versions";
import { tempoConfig } from "../../components/traces/config";
import { tempoValues } from "../../components/traces/values";
import { tempoChart } from "../../components/traces/versions";
import { lokiInput } from "../logs/fixture";
import { tempoInput } from "../traces/fixture";
import { needs, tool } from "./servers";
import { newFolder } from "./servers/run/run";

// The real charts, rendered by the real Helm with the very values that the program gives them: from their registry where it can be reached,
// else from a folder with their sources.

type Tree = Readonly<Record<string, unknown>>;
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly template?: { readonly spec: Pod }; readonly volumeClaimTemplates?: readonly Claim[] };
  readonly data?: Readonly<Record<string, string>>;
}
interface Claim {
  readonly spec: { readonly resources: { readonly requests: { readonly storage: string } } };
}
interface Pod {
  readonly securityContext?: Tree;
  readonly serviceAccountName?: string;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[] | null;
}
interface Container {
  readonly name: string;
  readonly image: string;
  readonly securityContext?: { readonly [key: string]: unknown; readonly capabilities?: { readonly drop?: readonly string[] } };
}

const folder = process.env.GRANARY_CHARTS;
const helmIsThere = needs("helm").missing().length === 0;

/** Where the chart is, or why it can't be had. */
function chartAt(
  name: string,
  { chart, version }: { chart: string; version: string },
): { readonly from?: string[]; readonly why?: string } {
  if (!helmIsThere) return { why: needs("helm").missing().join() };
  const local = folder && join(folder, name);
  if (local && existsSync(join(local, "Chart.yaml"))) return { from: [local] };
  try {
    execFileSync(tool("helm"), ["show", "chart", chart, "--version", version], { stdio: "ignore", timeout: 30_000 });
    return { from: [chart, "--version", version] };
  } catch {
    return { why: `skipped: ${chart} can't be reached, and GRANARY_CHARTS names no folder with ${name}/Chart.yaml` };
  }
}

let scratch: string;
beforeAll(() => {
  scratch = newFolder("charts");
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function render(release: string, from: readonly string[], values: Tree): Manifest[] {
  const file = join(scratch, `${release}.yaml`);
  writeFileSync(file, stringify(values));
  const args = ["template", release, ...from, "-n", "observability", "-f", file, "--kube-version", "1.34"];
  const text = execFileSync(tool("helm"), args, { encoding: "utf8", maxBuffer: 2 ** 26 });
  return parseAllDocuments(text, { version: "1.1" }).flatMap((document) => {
    const manifest = document.toJS() as Manifest | null;
    return manifest ? [manifest] : [];
  });
}

const names = (manifests: readonly Manifest[], kind: string) =>
  manifests.filter((one) => one.kind === kind).map(({ metadata }) => metadata.name);
const pods = (manifests: readonly Manifest[]) =>
  manifests.flatMap(({ kind, metadata, spec }) => (spec?.template ? [{ name: `${kind} ${metadata.name}`, pod: spec.template.spec }] : []));

/** What Kubernetes' level `restricted` would refuse. */
function refusedByRestricted({ name, pod }: ReturnType<typeof pods>[number]): string[] {
  const all = [...pod.containers, ...(pod.initContainers ?? [])];
  return all.flatMap((container) => {
    const own = container.securityContext ?? {};
    const either = (key: string) => own[key] ?? pod.securityContext?.[key];
    const fine =
      either("runAsNonRoot") === true &&
      own.allowPrivilegeEscalation === false &&
      own.capabilities?.drop?.includes("ALL") &&
      (either("seccompProfile") as { type?: string } | undefined)?.type === "RuntimeDefault";
    return fine ? [] : [`${name}: ${container.name}`];
  });
}

const loki = chartAt("loki", lokiChart);
if (loki.why) console.warn(loki.why);
describe.skipIf(loki.why)(`Loki's chart${loki.why ? ` (${loki.why})` : ""}`, () => {
  const hash = `$2y$10$${"a".repeat(53)}`;
  const all = ["monolithic", "simple-scalable", "distributed"].flatMap((mode) =>
    ["homelab", "production"].map((size) => ({ mode, size, input: lokiInput({ mode, size }, [{ name: "a", passwordHash: hash }]) })),
  );
  const rendered = (input: (typeof all)[number]["input"]) => render("loki", loki.from ?? [], lokiValues(input));

  it.each(all)("hands Loki the configuration to the byte ($mode, $size)", ({ input }) => {
    const config = rendered(input).find(({ kind, metadata }) => kind === "ConfigMap" && metadata.name === "loki");
    expect(config?.data?.["config.yaml"]?.trim()).toBe(lokiConfig(input).trim());
  });

  it.each(all)("makes the services by which its programs find one another ($mode, $size)", ({ input }) => {
    const services = new Set(names(rendered(input), "Service"));
    const hosts = Object.values(addresses(input.config.mode, "observability")).map(
      (address: string) => address.replace(/^(?:http:\/\/|dns\+)/, "").split(".")[0],
    );
    expect(hosts.filter((host) => !services.has(host ?? ""))).toEqual([]);
  });

  it.each(all)("makes pods that the level restricted admits, and no cluster roles ($mode, $size)", ({ input }) => {
    const manifests = rendered(input);
    expect(pods(manifests).length).toBeGreaterThan(1);
    expect(pods(manifests).flatMap(refusedByRestricted)).toEqual([]);
    expect(names(manifests, "ClusterRole")).toEqual([]);
    expect(names(manifests, "Secret")).toEqual([]);
  });

  it.each([
    ["monolithic", ["monolithic"]],
    ["simple-scalable", ["write", "backend"]],
    ["distributed", ["ingester", "indexGateway", "compactor", "ruler", "patternIngester"]],
  ])("claims each volume as large as was said (%s)", (mode, components) => {
    const disks = Object.fromEntries(components.map((name) => [name, { disk: "33Gi" }]));
    const sets = rendered(lokiInput({ mode, patterns: true, components: disks })).filter(({ kind }) => kind === "StatefulSet");
    const sizes = sets.map(({ spec }) => (spec?.volumeClaimTemplates ?? []).map(({ spec: { resources } }) => resources.requests.storage));
    expect(sizes).toEqual(components.map(() => ["33Gi"]));
  });

  it("runs the version that was chosen, as the account that the store knows", () => {
    const own = pods(rendered(lokiInput())).filter(({ name }) => name === "StatefulSet loki");
    expect(own.map(({ pod }) => [pod.serviceAccountName, pod.containers[0]?.image])).toEqual([["loki", "docker.io/grafana/loki:3.7.8"]]);
  });
});

const tempo = chartAt("tempo", tempoChart);
if (tempo.why) console.warn(tempo.why);
describe.skipIf(tempo.why)(`Tempo's chart${tempo.why ? ` (${tempo.why})` : ""}`, () => {
  const input = tempoInput({ metricsGenerator: { remoteWriteUrl: "http://prometheus:9090/api/v1/write" } }, [
    { name: "a", traces: { retention: "7d" } },
  ]);

  it("hands Tempo the configuration to the byte", () => {
    const config = render("tempo", tempo.from ?? [], tempoValues(input)).find(({ kind }) => kind === "ConfigMap");
    expect(config?.data?.["tempo.yaml"]?.trim()).toBe(tempoConfig(input).trim());
    expect(config?.data?.["overrides.yaml"]).toContain("block_retention: 168h");
  });

  it("makes pods that the level restricted admits, Jaeger's UI included", () => {
    const manifests = render("tempo", tempo.from ?? [], tempoValues(tempoInput({ jaegerUi: true })));
    expect(pods(manifests).flatMap(refusedByRestricted)).toEqual([]);
    expect(pods(manifests)[0]?.pod.containers.map(({ name }) => name)).toEqual(["tempo", "tempo-query"]);
  });
});
