// How a pod gets its address: a pair of devices, routed and without address translation, so that every packet between pods passes the node's rules.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { podRange } from "./addresses";

const addresses = { type: "host-local", dataDir: "/run/pod-addresses", ranges: [[{ subnet: podRange }]], routes: [{ dst: "0.0.0.0/0" }] };
const configuration = {
  cniVersion: "1.0.0",
  name: "node",
  plugins: [
    { type: "ptp", ipMasq: false, mtu: 1500, ipam: addresses },
    { type: "portmap", capabilities: { portMappings: true } },
  ],
};

export const writeNetworkConfiguration = (folder: string): void =>
  writeFileSync(join(folder, "10-node.conflist"), JSON.stringify(configuration));
