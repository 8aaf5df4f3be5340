import { describe, expect, it } from "vitest";
import type { Properties } from "../../preview/wire/values";
import { push, set, unset } from "../mutations/edit";
import { breaksOne, changed, staysFine } from "./broken";
import { judge, valid, withInstead } from "./judge";
import { container } from "./valid/kubernetes";

const pod = "spec.template.spec";
const context = (change: Properties) =>
  set(`${pod}.containers`, [{ ...container, securityContext: { ...container.securityContext, ...change } }] as never);
const where = `${pod}.containers[0].securityContext`;

describe("the API server", () => {
  breaksOne([
    ["clusterRole", "every verb", set("rules.0.verbs", ["*"]), "rbac-no-wildcards", "rules[0].verbs holds *"],
    ["clusterRole", "every resource", set("rules.0.resources", ["*"]), "rbac-no-wildcards", "rules[0].resources holds *"],
    ["clusterRole", "rising", push("rules.0.verbs", "impersonate"), "rbac-no-wildcards", "rules[0].verbs holds impersonate"],
    ["clusterRole", "a shell in pods", push("rules.0.resources", "pods/exec"), "rbac-no-wildcards", "rules[0].resources holds pods/exec"],
    ["clusterRole", "all Secrets", push("rules.0.resources", "secrets"), "rbac-no-secrets-wide", "rules[0] reaches every Secret"],
    [
      "alloy",
      "all Secrets by its chart",
      push("values.rbac.rules", { apiGroups: [""], resources: ["secrets"], verbs: ["list"] }),
      "rbac-no-secrets-wide",
      "values.rbac.rules[1] reaches every Secret",
    ],
    ["binding", "cluster-admin", set("roleRef.name", "cluster-admin"), "rbac-no-cluster-admin", "roleRef.name is cluster-admin"],
    [
      "binding",
      "everyone",
      set("subjects.0", { kind: "Group", name: "system:serviceaccounts" }),
      "rbac-no-cluster-admin",
      "subjects[0] is system:serviceaccounts",
    ],
  ]);
  staysFine([
    [
      "clusterRole",
      "one Secret by name",
      push("rules", { apiGroups: [""], resources: ["secrets"], resourceNames: ["loki"], verbs: ["get"] }),
    ],
    ["clusterRole", "SealedSecrets are no Secrets", push("rules.0.resources", "sealedsecrets")],
    ["binding", "a role that is named like one", set("roleRef.name", "cluster-admin-reader")],
  ]);
});

describe("pods", () => {
  breaksOne([
    ["deployment", "privileged", context({ privileged: true }), "pods-restricted", `${where}.privileged is on`],
    ["deployment", "may rise", context({ allowPrivilegeEscalation: true }), "pods-restricted", `${where}.allowPrivilegeEscalation is on`],
    ["deployment", "root", context({ runAsUser: 0 }), "pods-restricted", `${where}.runAsUser is root`],
    ["deployment", "keeps capabilities", context({ capabilities: {} }), "pods-restricted", `${where}.capabilities.drop does not hold ALL`],
    [
      "deployment",
      "adds one",
      context({ capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] } }),
      "pods-restricted",
      `${where}.capabilities.add holds NET_ADMIN`,
    ],
    ["deployment", "no profile", context({ seccompProfile: {} }), "pods-restricted", `${where}.seccompProfile is not RuntimeDefault`],
    ["deployment", "the host's network", set(`${pod}.hostNetwork`, true), "pods-restricted", `${pod}.hostNetwork is on`],
    [
      "deployment",
      "a path of the host",
      push(`${pod}.volumes`, { name: "x", hostPath: { path: "/" } }),
      "pods-restricted",
      `${pod}.volumes[1] mounts a path of the host`,
    ],
    [
      "loki",
      "privileged by its chart",
      set("values.loki.containerSecurityContext.privileged", true),
      "pods-restricted",
      "values.loki.containerSecurityContext.privileged is on",
    ],
    [
      "loki",
      "a path of the host by its chart",
      set("values.loki.extraVolumes", [{ name: "x", hostPath: { path: "/var" } }]),
      "pods-restricted",
      "values.loki.extraVolumes[0] mounts a path of the host",
    ],
    [
      "alloy",
      "privileged on every node",
      set("values.alloy.securityContext.privileged", true),
      "pods-restricted",
      "values.alloy.securityContext.privileged is on",
    ],
    ["namespace", "no level", unset("metadata.labels"), "namespace-pod-security", "it enforces no pod security level"],
    [
      "namespace",
      "baseline",
      set("metadata.labels.pod-security\\.kubernetes\\.io/enforce", "baseline"),
      "namespace-pod-security",
      "it enforces baseline",
    ],
  ]);
  staysFine([
    [
      "deployment",
      "what the pod says counts for its containers",
      (props) => {
        context({ seccompProfile: undefined as never })(props);
        set(`${pod}.securityContext`, { seccompProfile: { type: "RuntimeDefault" } })(props);
      },
    ],
    ["deployment", "a port below 1024", context({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } })],
    ["namespace", "one more label", set("metadata.labels.team", "platform")],
  ]);
  it("lets only a node agent alone have a privileged namespace", () => {
    expect(judge(withInstead({ tempo: changed("tempo", set("namespace", "collection")) })).map(({ rule }) => rule)).toEqual([
      "namespace-pod-security",
    ]);
    expect(judge(withInstead({ alloy: changed("alloy", set("values.controller.type", "deployment")) })).map(({ rule }) => rule)).toEqual([
      "pods-restricted",
      "pods-restricted",
      "namespace-pod-security",
    ]);
  });
});

describe("the network", () => {
  const world = (cidr: string) => set("spec.egress.0.to", [{ ipBlock: { cidr } }]);
  breaksOne([
    [
      "denyAll",
      "egress is left out",
      set("spec.policyTypes", ["Ingress"]),
      "network-default-deny",
      "nothing denies Egress by default in the namespace observability",
    ],
    ["toStore", "the world", world("0.0.0.0/0"), "network-egress-narrow", "spec.egress[0].to[0] goes to 0.0.0.0/0"],
    ["toStore", "half the world", world("128.0.0.0/1"), "network-egress-narrow", "spec.egress[0].to[0] goes to 128.0.0.0/1"],
    ["toStore", "the other world", world("::/0"), "network-egress-narrow", "spec.egress[0].to[0] goes to ::/0"],
    ["toStore", "no peer", unset("spec.egress.0.to"), "network-egress-narrow", "spec.egress[0] goes to every address"],
    ["toStore", "an empty peer", set("spec.egress.0.to", [{}]), "network-egress-narrow", "spec.egress[0].to[0] goes to every address"],
    [
      "toStore",
      "every pod",
      set("spec.egress.0.to", [{ namespaceSelector: {} }]),
      "network-egress-narrow",
      "spec.egress[0].to[0] goes to every pod of the cluster",
    ],
    [
      "toStore",
      "every pod may come in",
      set("spec.ingress.0", { from: [{ namespaceSelector: {} }], ports: [{ port: 3100 }] }),
      "network-ingress-narrow",
      "spec.ingress[0].from[0] lets every pod of the cluster in",
    ],
    [
      "toStore",
      "every pod, by empty parts",
      set("spec.ingress.0", { from: [{ namespaceSelector: { matchLabels: {} }, podSelector: {} }], ports: [{ port: 3100 }] }),
      "network-ingress-narrow",
      "spec.ingress[0].from[0] lets every pod of the cluster in",
    ],
    [
      "toStore",
      "every pod, by a range that begins at an open port",
      set("spec.ingress.0", { from: [{ namespaceSelector: {} }], ports: [{ port: 4317, endPort: 9999 }] }),
      "network-ingress-narrow",
      "spec.ingress[0].from[0] lets every pod of the cluster in",
    ],
    [
      "toStore",
      "every pod, by an open port and another",
      set("spec.ingress.0", { from: [{ namespaceSelector: {} }], ports: [{ port: 4317 }, { port: 3100 }] }),
      "network-ingress-narrow",
      "spec.ingress[0].from[0] lets every pod of the cluster in",
    ],
    [
      "tempoStack",
      "the operator's own policies",
      set("spec.networkPolicy.enabled", true),
      "tempostack-network",
      "spec.networkPolicy.enabled is not false",
    ],
    [
      "tempoStack",
      "the operator's own policies, by default",
      unset("spec.networkPolicy"),
      "tempostack-network",
      "spec.networkPolicy.enabled is not false",
    ],
    [
      "ciliumPolicy",
      "the whole cluster",
      set("spec.egress.0.toEntities", ["cluster"]),
      "network-cilium-narrow",
      "spec.egress[0].toEntities holds cluster",
    ],
    [
      "ciliumPolicy",
      "ports alone",
      unset("spec.egress.0.toEntities"),
      "network-cilium-narrow",
      "spec.egress[0] names nobody, which is everyone",
    ],
    [
      "ciliumPolicy",
      "the world in a list of specifications",
      set("specs", [{ egress: [{ toCIDR: ["::/0"] }] }]),
      "network-cilium-narrow",
      "specs[0].egress[0] holds ::/0",
    ],
    [
      "ciliumPolicy",
      "every pod may come in",
      set("spec.ingress", [{ fromEndpoints: [{ matchLabels: {} }] }]),
      "network-cilium-narrow",
      "spec.ingress[0].fromEndpoints[0] selects every pod",
    ],
    ["toStore", "everyone may come in", unset("spec.ingress.0.from"), "network-ingress-narrow", "spec.ingress[0] lets every address in"],
  ]);
  staysFine([
    ["toStore", "a store's ranges", world("52.219.0.0/16")],
    ["toStore", "every pod by a port for spans", set("spec.ingress.0", { from: [{ namespaceSelector: {} }], ports: [{ port: 4318 }] })],
    [
      "toStore",
      "labels in any namespace",
      set("spec.ingress.0.from", [{ namespaceSelector: {}, podSelector: { matchLabels: { app: "alloy" } } }]),
    ],
    ["toStore", "every pod of its own namespace", set("spec.ingress.0.from", [{ podSelector: {} }])],
    ["toStore", "DNS to any pod", push("spec.egress", { to: [{ namespaceSelector: {} }], ports: [{ port: 8053, protocol: "UDP" }] })],
    ["toStore", "OpenShift's DNS without a peer", push("spec.egress", { ports: [{ port: 5353, protocol: "UDP" }] })],
    ["ciliumPolicy", "a node, at one port", set("spec.egress.0.toEntities", ["host"])],
    ["ciliumPolicy", "a rule that allows nothing", push("spec.egress", {})],
    ["toStore", "DNS without a peer", push("spec.egress", { ports: [{ port: 53, protocol: "UDP" }] })],
  ]);
  it("opens to every pod what the setting lists, and nothing else", () => {
    const every = changed("toStore", set("spec.ingress.0", { from: [{ namespaceSelector: {} }], ports: [{ port: 4317 }] }));
    const rules = (openPorts: number[]) =>
      judge(withInstead({ toStore: every }), { "network-ingress-narrow": { openPorts } }).map(({ rule }) => rule);
    expect(rules([])).toEqual(["network-ingress-narrow"]);
    expect(rules([4317])).toEqual([]);
  });
  it("asks each namespace once", () => {
    const found = judge(withInstead({ denyAll: undefined })).filter(({ rule }) => rule === "network-default-deny");
    expect(found.map(({ says }) => says)).toEqual([
      "nothing denies Ingress by default in the namespace observability",
      "nothing denies Egress by default in the namespace observability",
    ]);
    expect(Object.values(valid).filter(({ type }) => type.endsWith("Release")).length).toBeGreaterThan(2);
  });
});
