// A stack brought up by a real engine on a node whose pods run, from an empty cluster.
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { expectOk, type PreviewResult, previewStack } from "../../../support/preview";
import {
  type Cluster,
  cluster,
  EngineProject,
  engine,
  type Keys,
  type KubernetesObject,
  needs,
  type Requirement,
  type Settings,
  serveCharts,
  testData,
} from "../../servers";
import { type Image, imageNamed, probeImage, seaweedfsImage } from "../../servers/images";
import { newFolder } from "../../servers/run/run";
import { chartsOf } from "../charts";
import { installDefinitionsOf } from "../definitions";
import { chartHosts } from "../engine/chart-hosts";
import { createNamespace } from "../probe-pod";
import { s3 } from "../s3";
import { startedSoFar } from "../started";
import { startStorePod, storePort } from "./store";

export interface PodStack {
  readonly cluster: Cluster;
  readonly project: EngineProject;
  /** The keys of a bucket's objects. */
  objects(bucket: string): Promise<string[]>;
  stop(): Promise<void>;
}

export const podStackNeeds: readonly Requirement[] = [engine, cluster, testData("crds"), needs("helm", "loki", "nginx", "weed", "probe")];
export const namespace = "observability";

/** The stack `local`, with these sections instead of its own and everything that README.md asks for before the first `up`. `up` is the caller's. */
export async function preparePodStack(settings: Settings = {}): Promise<PodStack> {
  const offline = await expectOk(previewStack("local", { config: settings }));
  const { keep, endWith, stop } = startedSoFar();
  try {
    const images = [probeImage(), seaweedfsImage(), ...(await chartImages(offline))];
    const running = await keep(cluster.start({ images }));
    const charts = await keep(serveCharts(chartHosts(offline), newFolder("charts")));
    await installDefinitionsOf(offline, running);
    await createNamespace(running, namespace, { "pod-security.kubernetes.io/enforce": "restricted" });
    const buckets = bucketsOf(offline);
    const named = (...purposes: string[]) => purposes.flatMap((purpose) => buckets[purpose] ?? []);
    const store = await startStorePod(running, { loki: named("loki-chunks", "loki-ruler"), tempo: named("tempo-traces") });
    for (const [workload, keys] of Object.entries(store.users)) await running.client.apply(keysSecret(workload, keys));
    const forward = await keep(running.portForward(store.target.namespace, store.target.name, storePort));
    const { accessKeyId, secretAccessKey } = store.administrator;
    const environment = {
      ...charts.environment,
      KUBECONFIG: running.kubeconfig,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_EC2_METADATA_DISABLED: "true",
    };
    const project = new EngineProject({ stack: "local", environment });
    endWith(() => project.remove());
    project.configure(Object.fromEntries(Object.keys(settings).map((section) => [section, null])));
    project.configure(settings);
    if (Object.keys(bucketsOf(offline)).length > 0) project.configure({ "granary:storage": { managementEndpoint: forward.endpoint } });
    await project.init();
    return { cluster: running, project, objects: (bucket) => keysIn(forward.endpoint, store.administrator, bucket), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The images of all pods that the stack's charts create. */
async function chartImages(offline: PreviewResult): Promise<Image[]> {
  const releases = offline.ofType(/:Release$/);
  const charts = await chartsOf(releases);
  if ("missing" in charts) throw new Error(charts.missing);
  try {
    const rendered = await Promise.all(releases.map((release) => charts.render(release)));
    return [...new Set(rendered.flat().flatMap(imagesOf))].sort().map(imageNamed);
  } finally {
    charts.remove();
  }
}

interface PodTemplate {
  readonly spec?: {
    readonly template?: { readonly spec: Record<"containers" | "initContainers", readonly { image: string }[] | undefined> };
  };
}

function imagesOf(object: KubernetesObject): string[] {
  const { containers = [], initContainers = [] } = (object as PodTemplate).spec?.template?.spec ?? {};
  return [...containers, ...initContainers].map(({ image }) => image);
}

async function keysIn(endpoint: string, administrator: Keys, Bucket: string): Promise<string[]> {
  const { Contents = [] } = await s3(endpoint, administrator).send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key = "" }) => Key);
}

/** None on plain disk. */
const bucketsOf = ({ outputs }: PreviewResult): Readonly<Record<string, string>> =>
  (outputs.buckets ?? {}) as Readonly<Record<string, string>>;

const keysSecret = (workload: string, keys: { accessKeyId: string; secretAccessKey: string }): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: `${workload}-object-store`, namespace },
  stringData: { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey },
});
