// Services by kube-proxy, NetworkPolicies by kube-router's controller.
import { flags, serviceRange } from "../kubernetes-flags";
import { tool } from "../tools/catalogue";
import { nodeName, podRange } from "./addresses";
import type { Namespaces } from "./namespaces";

export async function startServiceProxy(namespaces: Namespaces, kubeconfig: string): Promise<void> {
  await namespaces.startDaemon("kube-proxy", {
    command: tool("kube-proxy"),
    args: flags({
      kubeconfig,
      "proxy-mode": "nftables",
      "hostname-override": nodeName,
      "cluster-cidr": podRange,
      "bind-address": "0.0.0.0",
      "oom-score-adj": 0,
      // The kernel takes these from the machine's own network namespace only.
      "conntrack-max-per-core": 0,
      "conntrack-tcp-timeout-established": 0,
      "conntrack-tcp-timeout-close-wait": 0,
    }),
    ready: async () => /table ip kube-proxy/.test(await namespaces.run("nft", ["list", "tables"])),
  });
}

/** Asks for the Node object once, at its start. */
export async function startPolicyController(namespaces: Namespaces, kubeconfig: string): Promise<void> {
  await namespaces.startDaemon("netpol", {
    command: tool("netpol"),
    args: flags({ kubeconfig, "service-cluster-ip-range": serviceRange, node: nodeName }),
    ready: async () => /-A FORWARD .*KUBE-ROUTER-FORWARD/.test(await namespaces.run("iptables-save", ["-t", "filter"])),
  });
}
