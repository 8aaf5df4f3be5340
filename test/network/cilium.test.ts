import { describe, expect, test } from "vitest";
import { ciliumManifest, manifest } from "../../components/network/manifests";
import { networkPolicies } from "../../components/network/policies";
import { expectOk, previewStack } from "../support/preview";
import { binding, pods, reaches, traffic } from "./fixture";

const apiServer = { address: "10.0.0.10", entity: "kube-apiserver" } as const;
const node = { address: "169.254.20.10", entity: "host" } as const;
const identityAgent = { address: "169.254.170.23", entity: "host" } as const;
const podIdentity = binding({ kind: "cidrs", cidrs: ["10.0.0.0/16"], port: 443 }, { kind: "pod-identity", roleArn: undefined as never });
const onNode = { dns: { cidrs: ["169.254.20.10/32"] } };
const buckets = { logs: [podIdentity], traces: [] };

describe("where the plugin takes nodes out of address ranges", () => {
  test("address ranges alone reach no API server, no name server and no identity on a node", () => {
    const open = reaches(traffic(onNode, { buckets }));
    expect(open(pods.alloy, apiServer, 6443)).toBe(false);
    expect(open(pods.loki, node, 53, "UDP")).toBe(false);
    expect(open(pods.loki, identityAgent, 80)).toBe(false);
  });

  test("its own names do, each for those who use it", () => {
    const open = reaches(traffic({ plugin: "cilium", ...onNode }, { buckets }));
    expect(open(pods.alloy, apiServer, 6443)).toBe(true);
    expect(open(pods.alloy, { address: "10.0.0.10" }, 443)).toBe(true);
    expect(open(pods.loki, node, 53, "UDP")).toBe(true);
    expect(open(pods.alloy, node, 53)).toBe(true);
    expect(open(pods.loki, identityAgent, 80)).toBe(true);
    expect(open(pods.loki, apiServer, 6443)).toBe(false);
    expect(open(pods.tempo, identityAgent, 80)).toBe(false);
    expect(open(pods.alloy, apiServer, 10250)).toBe(false);
    expect(open(pods.alloy, node, 10250)).toBe(false);
  });

  test("a node is not open for names when none answers there", () => {
    expect(reaches(traffic({ plugin: "cilium" }))(pods.loki, node, 53, "UDP")).toBe(false);
  });
});

describe("the objects", () => {
  const all = networkPolicies(traffic({ plugin: "cilium", ...onNode, apiServer: { ports: [6443] } }));

  test("are as Cilium writes them", () => {
    const made = all.flatMap((policy) => ciliumManifest(policy) ?? []);
    expect(made.map(({ metadata, spec }) => [metadata.namespace, metadata.name, spec])).toEqual([
      ...["observability", "observability-collection"].map((namespace) => [
        namespace,
        "granary-dns",
        {
          endpointSelector: {},
          egress: [
            {
              toEntities: ["host"],
              toPorts: [
                {
                  ports: [
                    { port: "53", protocol: "UDP" },
                    { port: "53", protocol: "TCP" },
                  ],
                },
              ],
            },
          ],
        },
      ]),
      [
        "observability-collection",
        "granary-alloy",
        {
          endpointSelector: { matchLabels: { "app.kubernetes.io/name": "alloy" } },
          egress: [{ toEntities: ["kube-apiserver"], toPorts: [{ ports: [{ port: "6443", protocol: "TCP" }] }] }],
        },
      ],
    ]);
  });

  test("of Kubernetes' own kind know none of its names, and no rule is left without peers", () => {
    for (const policy of all) {
      const { spec } = manifest(policy);
      expect(JSON.stringify(spec)).not.toContain("entity");
      for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) expect(Object.values(rule)[0]).not.toEqual([]);
    }
    const bare = { ...all[0], egress: [{ peers: [{ entity: "host" }], ports: [] }] } as never;
    expect(manifest(bare).spec).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"], egress: [] });
  });

  test("stand in a stack that asks for them, and in no other", async () => {
    const type = "kubernetes:cilium.io/v2:CiliumNetworkPolicy";
    const made = await expectOk(previewStack("prod", { config: { "granary:network": { plugin: "cilium" } } }));
    expect(made.ofType(type).map(({ name }) => name)).toEqual(["granary-network-observability-collection-alloy-on-nodes"]);
    expect((await expectOk(previewStack("prod"))).ofType(type)).toEqual([]);
  });
});
