// A stack as a commit left it: its state, and the objects of its cluster. Later programs are tried on it.
import { gunzipSync, gzipSync } from "node:zlib";
import { CreateBucketCommand, PutBucketLifecycleConfigurationCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import type { KubernetesClient, KubernetesObject } from "../../servers";
import { s3 } from "../s3";
import { allObjects, isPulumis, rank } from "./cluster-objects";
import type { LivingStack } from "./living-stack";

export interface Snapshot {
  /** As `pulumi stack export --show-secrets` has it: all secrets are a test's. */
  readonly state: unknown;
  readonly objects: readonly KubernetesObject[];
}

/** What each machine has its own of -> its name in a snapshot. */
const places = ({ cluster, store }: LivingStack): [string, string][] => [
  [cluster.kubeconfig, "{kubeconfig}"],
  ...(store.server ? [[store.server.endpoint, "{store}"] as [string, string]] : []),
];

export async function takeSnapshot(living: LivingStack): Promise<Snapshot> {
  const objects = (await allObjects(living.cluster.client)).filter((object) => isPulumis(object) || isHelms(object));
  const state = withoutSources(JSON.parse(await living.project.export("--show-secrets")) as State);
  const text = JSON.stringify({ state, objects: objects.map(asSaved) });
  return JSON.parse(places(living).reduce((all, [own, name]) => all.replaceAll(own, name), text)) as Snapshot;
}

export async function restoreSnapshot(living: LivingStack, snapshot: Snapshot): Promise<void> {
  const text = places(living).reduce((all, [own, name]) => all.replaceAll(name, own), JSON.stringify(snapshot));
  const { state, objects } = JSON.parse(text) as Snapshot;
  for (const object of [...objects].sort((a, b) => rank(a) - rank(b))) await restoreObject(living.cluster.client, object);
  await restoreBuckets(living, state as State);
  await living.project.import(JSON.stringify(state));
}

interface Managed {
  readonly managedFields?: readonly { readonly manager: string; readonly operation: string }[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly uid?: string;
}

const isHelms = ({ metadata, type }: KubernetesObject): boolean =>
  (metadata as Managed).labels?.["app.kubernetes.io/managed-by"] === "Helm" || type === helmRelease;

const helmRelease = "helm.sh/release.v1";
const manager = "granary-test/manager";

/** Without what a server gives; who manages the fields stays, for Pulumi takes no field from another manager. */
function asSaved({ status: _, ...object }: KubernetesObject): KubernetesObject {
  const { managedFields, uid, resourceVersion, creationTimestamp, generation, ...metadata } = object.metadata as Managed &
    KubernetesObject["metadata"];
  const applied = managedFields?.find(({ operation }) => operation === "Apply")?.manager ?? "helm";
  const { clusterIP, clusterIPs, ...spec } = (object.spec ?? {}) as Record<string, unknown>;
  // A headless Service stays one.
  const kept = clusterIP === "None" ? { ...spec, clusterIP } : spec;
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...(metadata.annotations as object | undefined), [manager]: applied } },
    ...(object.spec ? { spec: object.kind === "Service" ? kept : object.spec } : {}),
    ...(object.type === helmRelease ? { data: { release: smaller((object.data as { release: string }).release) } } : {}),
  };
}

async function restoreObject(client: KubernetesClient, object: KubernetesObject): Promise<void> {
  const { [manager]: applied, ...annotations } = object.metadata.annotations as Record<string, string>;
  const restored = { ...object, metadata: { ...object.metadata, annotations } };
  const path = `${await client.pathOf(restored)}?fieldManager=${applied}&force=true`;
  const { status, body } = await client.request("PATCH", path, restored, "application/apply-patch+yaml");
  if (status >= 300) throw new Error(`${object.kind} ${object.metadata.name}: ${status} ${JSON.stringify(body)}`);
}

/** A release without the chart's templates, which Helm takes from the chart that it upgrades to. */
function smaller(release: string): string {
  const packed = Buffer.from(Buffer.from(release, "base64").toString(), "base64");
  const content = JSON.parse(gunzipSync(packed).toString()) as { chart: object };
  const chart = { ...content.chart, templates: [], files: [], schema: null };
  const text = JSON.stringify({ ...content, chart });
  return Buffer.from(gzipSync(text).toString("base64")).toString("base64");
}

/** Without the places in the program that registered each resource: paths of this machine. */
function withoutSources(state: State): State {
  const resources = state.deployment.resources.map(({ sourcePosition: _, stackTrace: __, ...resource }) => resource);
  return { ...state, deployment: { ...state.deployment, resources } };
}

interface State {
  readonly deployment: { readonly resources: readonly StateResource[] };
}

interface StateResource {
  readonly type: string;
  readonly inputs: Record<string, string>;
  readonly sourcePosition?: string;
  readonly stackTrace?: unknown;
}

async function restoreBuckets({ store: { server } }: LivingStack, { deployment }: State): Promise<void> {
  if (!server) return;
  const client = s3(server.endpoint, server.credentials);
  for (const { type, inputs } of deployment.resources) {
    if (type !== "pulumi-nodejs:dynamic/granary:S3Bucket") continue;
    const { bucket: Bucket, policy: Policy, lifecycle } = inputs;
    await client.send(new CreateBucketCommand({ Bucket }));
    if (lifecycle) await client.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: JSON.parse(lifecycle) }));
    if (Policy) await client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  }
}
