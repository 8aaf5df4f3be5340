// Pods of the test's own client and server, and what they see of others.
import type { Cluster, KubernetesObject } from "../servers";
import { probeImage } from "../servers/images";

export interface ProbePod {
  readonly namespace: string;
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** A port to serve on; without one the pod only waits for exec. */
  readonly port?: number;
  /** The program's arguments instead. */
  readonly args?: readonly string[];
}

/** Admitted under the pod security standard `restricted`. */
export const probePod = ({
  namespace,
  name,
  labels = {},
  port,
  args = port === undefined ? ["sleep"] : ["serve", `:${port}`],
}: ProbePod): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace, labels },
  spec: {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "probe",
        image: probeImage().name,
        args,
        ...(port === undefined ? {} : { readinessProbe: { tcpSocket: { port }, periodSeconds: 1 } }),
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
      },
    ],
  },
});

/** Starts it and waits until it is ready. */
export async function startProbePod(cluster: Cluster, pod: ProbePod): Promise<void> {
  await cluster.client.apply(probePod(pod));
  await cluster.kubectl("-n", pod.namespace, "wait", "--for=condition=Ready", `pod/${pod.name}`, "--timeout=60s");
}

/** Creates a namespace and waits until pods are admitted into it. */
export async function createNamespace(cluster: Cluster, name: string, labels: Readonly<Record<string, string>> = {}): Promise<void> {
  await cluster.client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } });
  await cluster.kubectl("-n", name, "wait", "--for=create", "serviceaccount/default", "--timeout=60s");
}

/** What a pod gets from a URL: the status and body, or why there is no answer. */
export async function requestFrom(cluster: Cluster, { namespace, name }: ProbePod, url: string, tenant?: string): Promise<string> {
  const command = ["/probe", "get", url, ...(tenant ? [tenant] : [])];
  const answer = await cluster.exec({ namespace, name }, ...command).catch((error: Error) => error.message);
  return answer.trim();
}
