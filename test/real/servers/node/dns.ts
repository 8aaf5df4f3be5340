// The cluster's name server: CoreDNS in a pod, behind the Service that every pod is pointed at.
import { corednsImageName } from "../images";
import type { KubernetesClient, KubernetesObject } from "../kubernetes-client";
import { until } from "../run/until";
import { dnsService } from "./addresses";

const namespace = "kube-system";
const labels = { "k8s-app": "kube-dns" };
const corefile = `.:53 {
    errors
    health :8080
    ready :8181
    kubernetes cluster.local in-addr.arpa {
        pods insecure
    }
    cache 5
}
`;

const container = (image: string) => ({
  name: "coredns",
  image,
  args: ["-conf", "/etc/coredns/Corefile"],
  ports: [
    { name: "dns", containerPort: 53, protocol: "UDP" },
    { name: "dns-tcp", containerPort: 53, protocol: "TCP" },
  ],
  readinessProbe: { httpGet: { path: "/ready", port: 8181 }, periodSeconds: 1 },
  livenessProbe: { httpGet: { path: "/health", port: 8080 } },
  volumeMounts: [{ name: "config", mountPath: "/etc/coredns", readOnly: true }],
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] },
  },
});

const role = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "system:coredns" };
const deployment = (image: string): KubernetesObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "coredns", namespace },
  spec: {
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        serviceAccountName: "coredns",
        dnsPolicy: "Default",
        containers: [container(image)],
        volumes: [{ name: "config", configMap: { name: "coredns" } }],
      },
    },
  },
});

const objects = (image: string): KubernetesObject[] => [
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "coredns", namespace } },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: role.name },
    rules: [
      { apiGroups: [""], resources: ["endpoints", "services", "pods", "namespaces"], verbs: ["list", "watch"] },
      { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"] },
    ],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: role.name },
    roleRef: role,
    subjects: [{ kind: "ServiceAccount", name: "coredns", namespace }],
  },
  { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "coredns", namespace }, data: { Corefile: corefile } },
  deployment(image),
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "kube-dns", namespace, labels },
    spec: {
      clusterIP: dnsService,
      selector: labels,
      ports: [
        { name: "dns", port: 53, protocol: "UDP" },
        { name: "dns-tcp", port: 53, protocol: "TCP" },
      ],
    },
  },
];

export async function applyNameServer(client: KubernetesClient): Promise<void> {
  for (const object of objects(corednsImageName)) await client.apply(object);
}

/** It reads the API server through its Service, so that a name server that is ready also shows that Services work. */
export function untilNameServerReady(client: KubernetesClient): Promise<void> {
  return until("CoreDNS is ready", async () => {
    const found = await client.get(deployment(corednsImageName));
    return (found?.status as { readyReplicas?: number } | undefined)?.readyReplicas === 1;
  });
}
