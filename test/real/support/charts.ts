// The charts themselves: from a folder that GRANARY_CHARTS names (one unpacked chart in each subfolder), else from the test data, else pulled
// from their repositories.
import { execFile } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { parseAllDocuments } from "yaml";
import type { ReportedResource } from "../../../preview/report/report";
import { type KubernetesObject, testData, tool } from "../servers";
import { newFolder } from "../servers/run/run";

const run = promisify(execFile);

interface ReleaseInputs {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string;
  readonly repositoryOpts?: { readonly repo?: string };
  readonly values: Readonly<Record<string, unknown>>;
}

export interface Charts {
  /** What Helm would send to the API server for this release. */
  render(release: ReportedResource): Promise<KubernetesObject[]>;
  remove(): void;
}

const inputsOf = (release: ReportedResource): ReleaseInputs => release.inputs as unknown as ReleaseInputs;
const chartName = ({ chart }: ReleaseInputs): string => chart.split("/").at(-1) ?? chart;

/** The charts of these releases, or why they can't be had here. */
export async function chartsOf(releases: readonly ReportedResource[]): Promise<Charts | { readonly missing: string }> {
  const scratch = newFolder("charts");
  const remove = () => rmSync(scratch, { recursive: true, force: true });
  const folders = new Map<string, string>();
  for (const inputs of releases.map(inputsOf)) {
    const found = folders.get(chartName(inputs)) ?? (await folderOf(inputs, scratch));
    if (typeof found !== "string") {
      remove();
      return found;
    }
    folders.set(chartName(inputs), found);
  }
  return { render: (release) => render(inputsOf(release), folders.get(chartName(inputsOf(release))) ?? "", scratch), remove };
}

async function folderOf(inputs: ReleaseInputs, scratch: string): Promise<string | { missing: string }> {
  const name = chartName(inputs);
  const given = process.env.GRANARY_CHARTS;
  if (given) {
    const folder = resolve(given, name);
    return existsSync(join(folder, "Chart.yaml")) ? folder : { missing: `GRANARY_CHARTS holds no chart ${name}` };
  }
  const kept = join(testData("charts").folder, name);
  if (existsSync(join(kept, "templates"))) return kept;
  const source = inputs.repositoryOpts?.repo ? [inputs.chart, "--repo", inputs.repositoryOpts.repo] : [inputs.chart];
  try {
    await run(tool("helm"), ["pull", ...source, "--version", inputs.version, "--untar", "--untardir", scratch], { timeout: 60_000 });
    return join(scratch, name);
  } catch (error) {
    const cause = String((error as { stderr?: string }).stderr || error)
      .trim()
      .split("\n")
      .at(-1);
    return { missing: `can't reach the repository of chart ${name}: ${cause}` };
  }
}

async function render(inputs: ReleaseInputs, folder: string, scratch: string): Promise<KubernetesObject[]> {
  const values = join(scratch, `${inputs.name}.json`);
  writeFileSync(values, JSON.stringify(inputs.values));
  const flags = ["--namespace", inputs.namespace, "--values", values, "--kube-version", "1.36.3", "--api-versions", "policy/v1"];
  const { stdout } = await run(tool("helm"), ["template", inputs.name, folder, ...flags], { maxBuffer: 64 * 2 ** 20 });
  return parseAllDocuments(stdout)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object): object is KubernetesObject => object !== null)
    .map((object) => ({ ...object, metadata: { namespace: inputs.namespace, ...object.metadata } }));
}
