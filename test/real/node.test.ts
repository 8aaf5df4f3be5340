import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cluster, cluster, type KubernetesObject, needs } from "./servers";
import { probeImage, seaweedfsImage } from "./servers/images";
import { eventually } from "./support/eventually";
import { createNamespace, probePod, requestFrom } from "./support/probe-pod";
import { describeReal } from "./support/suite";

// What every test with pods relies on: the node's own parts work together as a cluster's do.

const namespace = "node-test";
const restricted = { "pod-security.kubernetes.io/enforce": "restricted" };
const server = { namespace, name: "server", labels: { app: "server" }, port: 8080 };
const friend = { namespace, name: "friend", labels: { app: "friend" } };
const stranger = { namespace, name: "stranger", labels: { app: "stranger" } };

const service: KubernetesObject = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "server", namespace },
  spec: { selector: server.labels, ports: [{ port: 80, targetPort: server.port }] },
};
const policy = (name: string, ingress: readonly object[]): KubernetesObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name, namespace },
  spec: { podSelector: { matchLabels: server.labels }, policyTypes: ["Ingress"], ingress },
});

describeReal("A node", [cluster, needs("probe", "weed")], () => {
  let node: Cluster;
  beforeAll(async () => {
    node = await cluster.start({ images: [probeImage(), seaweedfsImage()] });
    await createNamespace(node, namespace, restricted);
    for (const pod of [server, friend, stranger]) await node.client.apply(probePod(pod));
    await node.client.apply(service);
    await node.kubectl("-n", namespace, "wait", "--for=condition=Ready", "pod", "--all", "--timeout=120s");
  });
  afterAll(async () => {
    await node?.client.remove({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
    await node?.stop();
  });

  it("is Ready", async () => {
    expect(await node.kubectl("get", "nodes", "-o", "jsonpath={.items[*].status.conditions[?(@.type=='Ready')].status}")).toMatch(/^True/);
  });

  it("resolves a Service's names and leads to its pod", async () => {
    for (const host of ["server", `server.${namespace}.svc`, `server.${namespace}.svc.cluster.local`])
      expect(await requestFrom(node, friend, `http://${host}/`)).toMatch(/^200 server from /);
  });

  it("refuses what a NetworkPolicy denies, and lets through what the next one allows", async () => {
    const url = "http://server/";
    const asks = (from: typeof friend, expected: RegExp) =>
      eventually(
        () => requestFrom(node, from, url),
        (answer) => expected.test(answer),
      );
    const refused = /dial tcp [\d.]+:80: .*(refused|timeout)|Client\.Timeout exceeded/;
    await node.client.apply(policy("deny", []));
    expect(await asks(friend, refused)).toMatch(refused);
    expect(await asks(stranger, refused)).toMatch(refused);
    const ports = [{ port: server.port, protocol: "TCP" }];
    await node.client.apply(policy("allow-friend", [{ from: [{ podSelector: { matchLabels: friend.labels } }], ports }]));
    expect(await asks(friend, /^200/)).toMatch(/^200 server from /);
    expect(await requestFrom(node, stranger, url)).toMatch(refused);
    // Probes come from the node itself, which policies let in.
    expect(
      await node.kubectl("-n", namespace, "get", "pod", "server", "-o", "jsonpath={.status.conditions[?(@.type=='Ready')].status}"),
    ).toBe("True");
  });

  it("rejects a pod that breaks the pod security standard of its namespace", async () => {
    const privileged = {
      ...probePod({ namespace, name: "privileged" }),
      spec: { containers: [{ name: "probe", image: probeImage().name, securityContext: { privileged: true } }] },
    };
    await expect(node.client.apply(privileged)).rejects.toThrow(/403 .*violates PodSecurity "restricted/);
  });

  it("gives a claim's volume to the pod's group, under pod security `restricted`", async () => {
    await node.client.apply({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: "data", namespace },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
    });
    await node.client.apply(storePod);
    // SeaweedFS ends when it can't write to its folder, and is healthy only when its volume server is.
    await node.kubectl("-n", namespace, "wait", "--for=condition=Ready", "pod/store", "--timeout=120s");
    const claim = await node.client.get({ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "data", namespace } });
    expect(claim?.status).toMatchObject({ phase: "Bound" });
  });

  it("forwards a port to this machine, and shows a pod's log", async () => {
    const forward = await node.portForward(namespace, "pod/store", 8333);
    try {
      expect((await fetch(`${forward.endpoint}/healthz`)).status).toBe(200);
    } finally {
      await forward.stop();
    }
    expect(await node.podLogs(storePod.metadata as { namespace: string; name: string })).toMatch(/S3 API Server/);
  });
});

const storePod: KubernetesObject = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "store", namespace, labels: { app: "store" } },
  spec: {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 2000, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "weed",
        image: "granary.test/seaweedfs:4.48",
        args: [
          "server",
          "-dir=/data",
          "-ip=127.0.0.1",
          "-ip.bind=0.0.0.0",
          "-master.telemetry=false",
          "-filer",
          "-s3",
          "-s3.port=8333",
          ...["-s3.port.iceberg=0", "-s3.port.lance=0"],
        ],
        readinessProbe: { httpGet: { path: "/healthz", port: 8333 }, periodSeconds: 1 },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        volumeMounts: [{ name: "data", mountPath: "/data" }],
      },
    ],
    volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
  },
};
