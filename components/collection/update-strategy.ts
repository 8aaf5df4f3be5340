// How an update replaces the agents on the nodes.

/** From here on one node more or less is a tenth at most. */
const manyNodes = 10;

/**
 * Helm waits for as many ready agents as there are nodes, minus `maxUnavailable`. A tenth of one node rounds up to one, so on a single node it would
 * wait for none (helm/helm pkg/kube/ready.go). So an agent's successor is ready before it ends, and Helm waits for all. They share the positions
 * for that time, and Loki stores once what both send. Clusters with many nodes always have some that are down, for which an update must not wait.
 */
export const updateStrategy = (nodes: number | undefined) => ({
  rollingUpdate:
    nodes !== undefined && nodes >= manyNodes ? { maxSurge: 0, maxUnavailable: "10%" } : { maxSurge: "10%", maxUnavailable: 0 },
  type: "RollingUpdate",
});
