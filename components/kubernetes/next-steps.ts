// What to do about an error of the Kubernetes provider. The engine prints the error; this is the line after it.
import { groupOf, kindOf, operatorFor } from "./operators";
import { readiness, unreadyHints } from "./readiness";

export interface Failure {
  /** Pulumi's, such as `kubernetes:core/v1:Secret`. */
  readonly type: string;
  readonly inputs: { readonly metadata?: Named; readonly namespace?: string; readonly name?: string };
  /** As the provider reports it. */
  readonly error: string;
}

interface Named {
  readonly name?: string;
  readonly namespace?: string;
}

interface Step {
  readonly error: RegExp;
  /** Undefined where the error means something else for this resource. */
  readonly next: (failure: Failure, match: RegExpExecArray) => string | undefined;
}

const releaseType = "kubernetes:helm.sh/v3:Release";

const placeOf = ({ inputs }: Failure): Required<Named> => ({
  name: inputs.metadata?.name ?? inputs.name ?? "",
  namespace: inputs.metadata?.namespace ?? inputs.namespace ?? "",
});

const steps: readonly Step[] = [
  {
    error: /no matches for kind "(\w+)" in version "([\w./-]+)"/,
    next: (_, [, kind = "", version = ""]) => `the cluster does not know ${kind} (${version}). Install ${operatorFor(groupOf(version))}.`,
  },
  {
    error: /User "([^"]+)" cannot (\w+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/,
    next: (_, [, user = "", verb = "", resource = "", group = "", namespace]) => {
      const what = group ? `${resource}.${group}` : resource;
      const where = namespace ? ` -n ${namespace}` : "";
      return `grant "${user}" the right, or use another identity. Check it: kubectl auth can-i ${verb} ${what}${where}`;
    },
  },
  {
    error: /namespaces "([^"]+)" not found/,
    next: (_, [, namespace = ""]) =>
      `create namespace ${namespace}, or, if Granary is to create it, take it out of granary:cluster.existingNamespaces.`,
  },
  { error: /timed out waiting for the condition|context deadline exceeded/, next: notReady },
  { error: /cannot re-use a name that is still in use/, next: leftByHelm },
  {
    error: /another operation \(install\/upgrade\/rollback\) is in progress/,
    next: (failure) => {
      const { name, namespace } = placeOf(failure);
      return `an earlier update was interrupted. End it: helm -n ${namespace} rollback ${name}`;
    },
  },
  {
    error: /not a valid chart repository|failed to (?:download|do request|fetch)|could not (?:download|find) |no such host|i\/o timeout/,
    next: ({ type }) =>
      type === releaseType
        ? "the chart could not be downloaded. Let the machine that runs Pulumi reach ghcr.io and grafana.github.io, or set HTTPS_PROXY."
        : undefined,
  },
  {
    error: /\balready exists\b/,
    next: (failure) => {
      const { name } = placeOf(failure);
      return (
        `${name} is in the cluster, but not in the stack's state. If an interrupted \`up\` or an earlier stack of yours left it, take it over ` +
        "by running once: PULUMI_K8S_UPSERT_EXISTING_OBJECTS=true pulumi up. If it is another stack's, check that the kubeconfig's context is the right cluster."
      );
    },
  },
  {
    error: /Apply failed with \d+ conflicts?/,
    next: () =>
      "another program or an interrupted `up` wrote these fields. To overwrite them, run once: PULUMI_K8S_ENABLE_PATCH_FORCE=true pulumi up",
  },
  {
    error: /cluster is unreachable|connection refused|unable to load Kubernetes client configuration/,
    next: () => "the API server does not answer. Check KUBECONFIG and granary:cluster.context: kubectl cluster-info",
  },
];

/** Undefined where the error says enough. */
export function nextStep(failure: Failure): string | undefined {
  for (const { error, next } of steps) {
    const match = error.exec(failure.error);
    const step = match ? next(failure, match) : undefined;
    if (step) return step;
  }
  return undefined;
}

function notReady(failure: Failure): string | undefined {
  const { name, namespace } = placeOf(failure);
  if (failure.type === releaseType) {
    return (
      `pods of release ${name} did not become ready. See why: kubectl -n ${namespace} get pods,pvc,events. A claim that stays Pending needs a ` +
      "StorageClass: mark one as the default, or set granary:logs.storageClass and granary:traces.storageClass."
    );
  }
  const condition = readiness[failure.type]?.replace(/^jsonpath=|[{}]/g, "");
  if (condition === undefined) return undefined;
  const kind = kindOf(failure.type);
  return (
    `${kind} ${name} did not reach ${condition.replace(/^\./, "")} in time. See why: kubectl -n ${namespace} describe ${kind.toLowerCase()} ${name}. ` +
    `${unreadyHints[failure.type] ?? ""} To wait longer, raise granary:cluster.operators.timeout.`
  );
}

function leftByHelm(failure: Failure): string {
  const { name, namespace } = placeOf(failure);
  return (
    `release ${name} is in the cluster, but not in the stack's state. Ask helm -n ${namespace} status ${name}: if it is pending-install, an interrupted ` +
    `\`up\` left it, and helm -n ${namespace} uninstall ${name} removes it. If it is deployed, check that the kubeconfig's context is the right cluster.`
  );
}
