// SeaweedFS in a pod: the store of the stack `local`. Its users may write by an identity's action, which grants more than the policies of
// docs/stores.md; loki-on-stores.test.ts runs those.
import { type Cluster, drawKeys, type Keys, type KubernetesObject } from "../../servers";
import { seaweedfsImageName } from "../../servers/images";
import { createNamespace } from "../probe-pod";

const namespace = "seaweedfs";
const labels = { "app.kubernetes.io/name": "seaweedfs" };
export const storePort = 8333;

export interface StorePod {
  readonly administrator: Keys;
  /** By workload. */
  readonly users: Readonly<Record<string, Keys>>;
  /** Its Service. */
  readonly target: { readonly namespace: string; readonly name: string };
}

export async function startStorePod(cluster: Cluster, buckets: Readonly<Record<string, readonly string[]>>): Promise<StorePod> {
  const administrator = drawKeys();
  const users = Object.fromEntries(Object.keys(buckets).map((name) => [name, drawKeys()]));
  const identities = [
    identity("admin", administrator, ["Admin"]),
    ...Object.entries(users).map(([name, keys]) =>
      identity(
        name,
        keys,
        (buckets[name] ?? []).map((bucket) => `Write:${bucket}`),
      ),
    ),
  ];
  await createNamespace(cluster, namespace);
  for (const object of objects(JSON.stringify({ identities }))) await cluster.client.apply(object);
  await cluster.kubectl("-n", namespace, "rollout", "status", "deployment/seaweedfs", "--timeout=120s");
  return { administrator, users, target: { namespace, name: "service/seaweedfs" } };
}

const identity = (name: string, keys: Keys, actions: readonly string[]) => ({
  name,
  credentials: [{ accessKey: keys.accessKeyId, secretKey: keys.secretAccessKey }],
  actions,
});

const objects = (configuration: string): KubernetesObject[] => [
  { apiVersion: "v1", kind: "Secret", metadata: { name: "s3", namespace }, stringData: { "s3.json": configuration } },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "seaweedfs", namespace },
    spec: { selector: labels, ports: [{ name: "s3", port: storePort, targetPort: "s3" }] },
  },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "seaweedfs", namespace },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec } },
  },
];

const podSpec = {
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  // SeaweedFS can hang on SIGTERM.
  terminationGracePeriodSeconds: 1,
  securityContext: { runAsUser: 1000, runAsNonRoot: true, fsGroup: 1000 },
  containers: [
    {
      name: "weed",
      image: seaweedfsImageName,
      env: [{ name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } }],
      args: [
        "server",
        "-dir=/data",
        "-ip=$(POD_IP)",
        "-ip.bind=0.0.0.0",
        "-master.telemetry=false",
        "-filer",
        "-s3",
        `-s3.port=${storePort}`,
        "-s3.config=/config/s3.json",
        "-volume.max=500",
        "-master.volumeSizeLimitMB=64",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
      ],
      ports: [{ name: "s3", containerPort: storePort }],
      readinessProbe: { httpGet: { path: "/healthz", port: storePort }, periodSeconds: 1 },
      volumeMounts: [
        { name: "data", mountPath: "/data" },
        { name: "config", mountPath: "/config" },
      ],
    },
  ],
  volumes: [
    { name: "data", emptyDir: {} },
    { name: "config", secret: { secretName: "s3" } },
  ],
};
