// Addresses inside a node's own network namespace. Nodes share no network, so that each has the same.
export const nodeName = "node";
export const nodeAddress = "10.97.0.1";
export const podRange = "10.98.0.0/24";
export const apiServerPort = 6443;
/** The first and the tenth address of the Services' range. */
export const apiServerService = "10.96.0.1";
export const dnsService = "10.96.0.10";
