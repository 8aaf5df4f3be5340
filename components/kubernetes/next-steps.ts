// What to do about an error of the Kubernetes provider. The engine prints the error; this is the text after it. docs/troubleshooting.md has both.
import { groupOf, kindOf, operatorFor } from "./operators";
import { readiness, unreadyHints } from "./readiness";

export interface Failure {
  /** Pulumi's, such as `kubernetes:core/v1:Secret`. */
  readonly type: string;
  readonly inputs: { readonly metadata?: Place; readonly namespace?: string; readonly name?: string };
  /** As the provider reports it. */
  readonly error: string;
}

interface Place {
  readonly name?: string;
  readonly namespace?: string;
}

interface Step {
  readonly error: RegExp;
  /** Undefined where the error means something else for this object. */
  readonly next: (failure: Failure, groups: readonly string[]) => string | undefined;
}

const releaseType = "kubernetes:helm.sh/v3:Release";

const steps: readonly Step[] = [
  {
    error: /no matches for kind "(\w+)" in version "([\w./-]+)"/,
    next: (_, [kind = "", version = ""]) => `The cluster does not know ${kind} (${version}). Install ${operatorFor(groupOf(version))}.`,
  },
  {
    error: /User "([^"]+)" cannot (\w+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/,
    next: (_, [user = "", verb = "", resource = "", group, namespace]) => {
      const check = `kubectl auth can-i ${verb} ${resource}${group ? `.${group}` : ""}${namespace ? ` -n ${namespace}` : ""}`;
      return `"${user}" may not ${verb} ${resource}. Grant it the right, or use another identity. Check: ${check}`;
    },
  },
  {
    error: /namespaces "([^"]+)" not found/,
    next: (_, [namespace = ""]) =>
      `Namespace ${namespace} does not exist, and the stack does not create it. Create it, or take it out of granary:cluster.existingNamespaces.`,
  },
  { error: /timed out waiting for the condition|context deadline exceeded/, next: notReady },
  { error: /cannot re-use a name that is still in use/, next: releaseLeftBehind },
  {
    error: /another operation \(install\/upgrade\/rollback\) is in progress/,
    next: (failure) => {
      const { name, namespace } = placeOf(failure);
      return `An interrupted update of release ${name} never ended. End it: helm -n ${namespace} rollback ${name}`;
    },
  },
  {
    error: /not a valid chart repository|failed to (?:download|do request|fetch|perform "FetchReference")|no such host|i\/o timeout/,
    next: ({ type }) =>
      type === releaseType
        ? "The chart could not be downloaded. Let the machine that runs Pulumi reach ghcr.io and grafana.github.io, or set HTTPS_PROXY."
        : undefined,
  },
  { error: /\balready exists\b/, next: objectLeftBehind },
  {
    error: /Apply failed with \d+ conflicts?/,
    next: () =>
      "Another program, or an interrupted `up`, wrote these fields. To overwrite them, run once: PULUMI_K8S_ENABLE_PATCH_FORCE=true pulumi up",
  },
  {
    error: /cluster is unreachable|connection refused|unable to load Kubernetes client configuration/,
    next: () => "The API server does not answer. Check KUBECONFIG and granary:cluster.context: kubectl cluster-info",
  },
];

/** Undefined where the error says enough. */
export function nextStep(failure: Failure): string | undefined {
  for (const { error, next } of steps) {
    const [match, ...groups] = error.exec(failure.error) ?? [];
    const step = match === undefined ? undefined : next(failure, groups);
    if (step) return step;
  }
  return undefined;
}

/** A release has its name and namespace beside its metadata, other objects in it. */
const placeOf = ({ inputs }: Failure): Required<Place> => ({
  name: inputs.metadata?.name ?? inputs.name ?? "",
  namespace: inputs.metadata?.namespace ?? inputs.namespace ?? "",
});

function notReady(failure: Failure): string | undefined {
  const { name, namespace } = placeOf(failure);
  if (failure.type === releaseType) {
    return (
      `Pods of release ${name} did not become ready. See why: kubectl -n ${namespace} get pods,pvc,events\n` +
      "A volume claim that stays Pending needs a StorageClass: mark one as the default, or set granary:logs.storageClass and granary:traces.storageClass.\n" +
      "A pod whose log says that a lookup failed needs the cluster's DNS: kubectl -n kube-system get pods"
    );
  }
  const condition = readiness[failure.type];
  if (condition === undefined) return undefined;
  const kind = kindOf(failure.type);
  const wanted = condition.replace(/^condition=/, "condition ").replace(/^jsonpath=\{\.(.+)\}=/, "$1 ");
  return (
    `${kind} ${name} did not reach ${wanted} within granary:cluster.operators.timeout. See why: kubectl -n ${namespace} describe ${kind.toLowerCase()} ${name}\n` +
    `${unreadyHints[failure.type] ?? ""}`
  );
}

/** A killed `up` leaves the provider running, so the release may be complete and still be unknown to the state. Volumes outlive a release. */
function releaseLeftBehind(failure: Failure): string {
  const { name, namespace } = placeOf(failure);
  return (
    `Release ${name} is in the cluster, but not in the stack's state. If an interrupted \`up\` left it, remove it: helm -n ${namespace} uninstall ${name}\n` +
    "Its volumes stay. If another stack owns it, the kubeconfig's context is the wrong cluster."
  );
}

function objectLeftBehind(failure: Failure): string {
  const { name } = placeOf(failure);
  return (
    `${kindOf(failure.type)} ${name} is in the cluster, but not in the stack's state. If an interrupted \`up\` or an earlier stack of yours left it, ` +
    "take it over by running once: PULUMI_K8S_UPSERT_EXISTING_OBJECTS=true pulumi up\nIf another stack owns it, the kubeconfig's context is the wrong cluster."
  );
}
