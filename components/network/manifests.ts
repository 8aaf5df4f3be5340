// A policy as objects of the cluster: a NetworkPolicy, and for what stands behind Cilium's own names a CiliumNetworkPolicy beside it.
import type { Opening, Peer, Policy } from "./policy";

type EntityPeer = Extract<Peer, { entity: unknown }>;
const isEntity = (peer: Peer): peer is EntityPeer => "entity" in peer;

const about = ({ name, namespace, purpose }: Policy) => ({ name, namespace, annotations: { "granary.dev/purpose": purpose } });
const selected = ({ pods }: Policy) => (Object.keys(pods).length > 0 ? { matchLabels: { ...pods } } : {});

/** A direction that is named but has no rule is shut. */
export function manifest(policy: Policy) {
  const { ingress, egress } = policy;
  const rules = (openings: readonly Opening[], side: "from" | "to") =>
    openings.flatMap(({ peers, ports }) => {
      const known = peers.filter((peer) => !isEntity(peer)).map((peer) => ({ ...peer }));
      // A rule without peers would be open to all.
      return known.length > 0 ? [{ [side]: known, ports: ports.map((port) => ({ ...port })) }] : [];
    });
  return {
    metadata: about(policy),
    spec: {
      podSelector: selected(policy),
      policyTypes: [...(ingress ? ["Ingress"] : []), ...(egress ? ["Egress"] : [])],
      ...(ingress && ingress.length > 0 ? { ingress: rules(ingress, "from") } : {}),
      ...(egress && egress.length > 0 ? { egress: rules(egress, "to") } : {}),
    },
  };
}

/** Only the ways out to Cilium's entities; nothing for a policy that has none. Cilium adds up what both kinds of policies allow. */
export function ciliumManifest(policy: Policy) {
  const egress = (policy.egress ?? []).flatMap(({ peers, ports }) => {
    const entities = peers.filter(isEntity).map(({ entity }) => entity);
    return entities.length > 0
      ? [{ toEntities: entities, toPorts: [{ ports: ports.map(({ port, protocol }) => ({ port: `${port}`, protocol })) }] }]
      : [];
  });
  return egress.length > 0 ? { metadata: about(policy), spec: { endpointSelector: selected(policy), egress } } : undefined;
}
