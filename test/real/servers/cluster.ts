// The cluster that tests with pods use: a node of our own, or with GRANARY_TEST_KUBECONFIG one that is there already, such as kind.
import { existsSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { type Image, imageArchive } from "./images";
import { kubectlFor } from "./kubectl";
import { type ClusterAccess, kubernetesClient } from "./kubernetes-client";
import { type Node, type NodeOptions, node } from "./node";
import { logFolder, newFolder } from "./run/run";
import { defineServer, type Requirement, shareable } from "./server";

export type Cluster = Node;

const variable = "GRANARY_TEST_KUBECONFIG";
const given = process.env[variable] ? resolve(process.env[variable]) : undefined;

interface Kubeconfig {
  readonly clusters: readonly { cluster: { server: string; "certificate-authority-data"?: string } }[];
  readonly users: readonly {
    user: { token?: string; "client-certificate-data"?: string; "client-key-data"?: string };
  }[];
}

/** `view` is what `kubectl config view --raw --flatten --minify` prints: the current context alone, and no files beside it. */
export function accessOf(view: string): { endpoint: string; access: ClusterAccess } {
  const { clusters, users } = JSON.parse(view) as Kubeconfig;
  const [cluster, user] = [clusters[0]?.cluster, users[0]?.user];
  const text = (base64: string | undefined) => base64 && Buffer.from(base64, "base64").toString("utf8");
  const [ca, cert, key] = [cluster?.["certificate-authority-data"], user?.["client-certificate-data"], user?.["client-key-data"]].map(text);
  if (!cluster || !ca) throw new Error(`${variable}: the current context has no cluster with a certificate authority`);
  if (user?.token) return { endpoint: cluster.server, access: { ca, token: user.token } };
  if (cert && key) return { endpoint: cluster.server, access: { ca, clientCertificate: { cert, key } } };
  throw new Error(`${variable}: the current context's user needs a token or a client certificate; a plugin or a password can't be used`);
}

async function useGiven(kubeconfig: string, { images = [] }: NodeOptions): Promise<Cluster> {
  const folder = newFolder("cluster");
  const tools = kubectlFor(kubeconfig, folder);
  const { endpoint, access } = accessOf(await tools.kubectl("config", "view", "--raw", "--flatten", "--minify", "-o", "json"));
  const client = kubernetesClient(endpoint, access);
  const importImages: Cluster["importImages"] = async (wanted) => {
    const { body } = await client.request("GET", "/api/v1/nodes");
    const { items } = body as { items: { status?: { images?: { names?: string[] }[] } }[] };
    const there = new Set(items.flatMap(({ status }) => (status?.images ?? []).flatMap(({ names }) => names ?? [])));
    const absent = wanted.filter(({ name }) => !there.has(name));
    if (absent.length === 0) return;
    const commands = await Promise.all(absent.map(async (image) => `kind load image-archive ${await imageArchive(image)}`));
    throw new Error(
      `${variable}: the cluster lacks ${names(absent)}, and images can be imported only from outside. For kind:\n${commands.join("\n")}`,
    );
  };
  const cluster: Cluster = {
    endpoint,
    credentials: access,
    client,
    kubeconfig,
    logs: logFolder("cluster"),
    ...tools,
    importImages,
    run: () => Promise.reject(new Error(`${variable}: commands can be run only inside a node that the tests start; use exec() in a pod`)),
    stop: async () => rmSync(folder, { recursive: true, force: true }),
  };
  await importImages(images);
  return cluster;
}

/** For tests that change the cluster itself. */
export const ownCluster: Requirement = {
  name: "a cluster of the tests' own",
  missing: () => (given ? [`this test changes the cluster itself, so it leaves the one that ${variable} names alone`] : []),
};

const names = (images: readonly Image[]) => images.map(({ name }) => name).join(", ");

const existing = defineServer<Cluster, NodeOptions>("Cluster", ["kubectl"], (options) => useGiven(given ?? "", options));
const missingFile = given && !existsSync(given) ? [`${variable} names no file: ${given}`] : [];

export const cluster = given
  ? shareable<Cluster, NodeOptions>({ ...existing, missing: () => [...existing.missing(), ...missingFile] }, {})
  : node;
