import { both, push, set, unset } from "../edit";
import type { Mutation } from "../harness";
import { notLocal, tempo, types } from "./types";

const denies = { type: types.networkPolicy, name: /default-deny$/, stacks: notLocal } as const;
const toStore = { type: types.networkPolicy, name: /-store$/ } as const;
const push3100 = { type: types.networkPolicy, name: /-push$/ } as const;
const lines3100 = { type: types.networkPolicy, name: /loki-push$/ } as const;
const spans = { type: types.networkPolicy, name: /alloy-traces$/ } as const;
const cilium = { type: types.ciliumPolicy } as const;
export const network: readonly Mutation[] = [
  { rule: "network-default-deny", what: "the default deny is taken away", at: denies, removed: true },
  { rule: "network-default-deny", what: "the default deny lets out", at: denies, edit: set("spec.policyTypes", ["Ingress"]) },
  { rule: "network-default-deny", what: "the default deny allows all after all", at: denies, edit: set("spec.ingress", [{}]) },
  {
    rule: "network-default-deny",
    what: "the default deny is for some pods",
    at: denies,
    edit: set("spec.podSelector", { matchLabels: { app: "loki" } }),
  },
  {
    rule: "network-default-deny",
    what: "the default deny stands in another namespace",
    at: denies,
    edit: set("metadata.namespace", "elsewhere"),
  },
  {
    rule: "network-default-deny",
    what: "Tempo moves to a namespace without one",
    at: { ...tempo, stacks: notLocal },
    edit: set("namespace", "elsewhere"),
  },
  {
    rule: "network-egress-narrow",
    what: "S3 egress goes to the world",
    at: toStore,
    edit: set("spec.egress.0.to", [{ ipBlock: { cidr: "0.0.0.0/0" } }]),
  },
  {
    rule: "network-egress-narrow",
    what: "S3 egress goes to the world in two halves",
    at: toStore,
    edit: set("spec.egress.0.to", [{ ipBlock: { cidr: "0.0.0.0/1" } }, { ipBlock: { cidr: "128.0.0.0/1" } }]),
  },
  {
    rule: "network-egress-narrow",
    what: "S3 egress goes to the world but for one",
    at: toStore,
    edit: set("spec.egress.0.to", [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }]),
  },
  {
    rule: "network-egress-narrow",
    what: "S3 egress goes to the IPv6 world",
    at: toStore,
    edit: set("spec.egress.0.to", [{ ipBlock: { cidr: "::/0" } }]),
  },
  { rule: "network-egress-narrow", what: "S3 egress names no peer", at: toStore, edit: unset("spec.egress.0.to") },
  { rule: "network-egress-narrow", what: "S3 egress has an empty peer", at: toStore, edit: set("spec.egress.0.to", [{}]) },
  {
    rule: "network-egress-narrow",
    what: "S3 egress goes to every pod of the cluster",
    at: toStore,
    edit: set("spec.egress.0.to", [{ namespaceSelector: {} }]),
  },
  {
    rule: "network-egress-narrow",
    what: "the way to the API server names no peer, at ports of name servers and more",
    at: { type: types.networkPolicy, name: /-collection-alloy$/ },
    edit: both(unset("spec.egress.0.to"), push("spec.egress.0.ports", { port: 53, protocol: "UDP" })),
  },
  {
    rule: "network-ingress-narrow",
    what: "every pod of the cluster may push",
    at: lines3100,
    edit: set("spec.ingress.0.from", [{ namespaceSelector: {} }]),
  },
  {
    rule: "network-ingress-narrow",
    what: "every pod may push, by a selector of empty parts",
    at: lines3100,
    edit: set("spec.ingress.0.from", [{ namespaceSelector: { matchLabels: {}, matchExpressions: [] }, podSelector: {} }]),
  },
  {
    rule: "network-ingress-narrow",
    what: "every pod may come in from the port for spans upwards",
    at: spans,
    edit: set("spec.ingress.0.ports.0.endPort", 65535),
  },
  { rule: "network-ingress-narrow", what: "every pod may come in by all ports", at: spans, edit: unset("spec.ingress.0.ports") },
  {
    rule: "tempostack-network",
    what: "the operator adds its own policies, as it does by default",
    at: { type: types.tempoStack },
    edit: unset("spec.networkPolicy"),
  },
  { rule: "network-cilium-narrow", what: "Cilium opens the world", at: cilium, edit: set("spec.egress.0.toEntities", ["world"]) },
  { rule: "network-cilium-narrow", what: "Cilium opens the cluster", at: cilium, edit: push("spec.egress.0.toEntities", "cluster") },
  { rule: "network-cilium-narrow", what: "Cilium names nobody", at: cilium, edit: unset("spec.egress.0.toEntities") },
  {
    rule: "network-cilium-narrow",
    what: "Cilium opens the world by its range",
    at: cilium,
    edit: set("spec.egress.0.toCIDRSet", [{ cidr: "0.0.0.0/0" }]),
  },
  { rule: "network-cilium-narrow", what: "Cilium lets everybody in", at: cilium, edit: set("spec.ingress", [{ fromEntities: ["all"] }]) },
  { rule: "network-cilium-narrow", what: "Cilium lets every pod in", at: cilium, edit: set("spec.ingress", [{ fromEndpoints: [{}] }]) },
  { rule: "network-ingress-narrow", what: "everyone may push", at: push3100, edit: unset("spec.ingress.0.from") },
  {
    rule: "network-ingress-narrow",
    what: "the internet may push",
    at: push3100,
    edit: set("spec.ingress.0.from", [{ ipBlock: { cidr: "0.0.0.0/0" } }]),
  },
];
