/**
 * Real servers for tests, on loopback, without Docker. `npm run servers` gets their programs ready.
 *
 *   const store = await ceph.shared();            // stopped with the run; for tests that disturb nobody
 *   const mine = await ceph.start({});            // one of your own: mine.stop() when done
 *   mine.endpoint, mine.credentials, mine.logs    // every server has these
 *
 * In a test, name what it needs, so that it is skipped with a reason (or fails with GRANARY_REQUIRE_REAL=1) where that is missing:
 *
 *   describeReal("Loki on Ceph", [ceph, loki], () => { ... });        // from ../support/suite
 *
 * ceph        user(uid) -> keys; admin(...radosgw-admin); tlsEndpoint, ca, caFile; gateway.kill/freeze/resume. A lifecycle "day" is 10 s.
 * seaweedfs   user("loki" | "tempo" | "stranger") -> keys; no rights but those that bucket policies give; allowUploads(user, resources).
 * moto        enforceAccess(), reset().
 * kubernetes  client (apply, get, remove, request, pathOf), kubeconfig; with the controller manager; nothing schedules.
 * certManager start(kubernetes or node): its controller with SelfSigned and CA issuers, and its definitions; no webhook.
 * node        start({ images, volumes }): runs pods. client, kubeconfig, kubectl(...), exec, podLogs, portForward, importImages, run. Needs root.
 * cluster     the same, or the cluster of GRANARY_TEST_KUBECONFIG. ./images builds images: imageNamed("docker.io/grafana/loki:3.7.8"), probeImage().
 * loki        start({ configuration: (place) => text, env }); configuration moved by ../support/local-loki. verifyLokiConfiguration(text).
 * nginx       start({ configuration: ({ folder, port }) => text }); one process, and nothing of the machine's own configuration.
 * prometheus  start({ targets }): scrapes them every second, under the labels given; query(promql).
 * engine      new EngineProject({ stack, environment }): preview, up, refresh, destroy, export of a stack of a copy of the project, with what
 *             each did as steps; serveCharts(hosts) for its releases, startPaperNode(client) for its pods, startPaperOperators(client) for its custom resources.
 * tool("helm" | "logcli" | "lokitool" | "promtool" | ...) is a path; needs("helm") is the requirement that goes with it.
 * testData("crds" | "charts") is a folder, and a requirement as well.
 *
 * The test files of a run share two processes, so modules keep their state from one file to the next, and names in a shared
 * server must be a test's own. Servers end with the process that started them, even by SIGKILL.
 */
export { type Ceph, ceph } from "./ceph";
export { certManager } from "./cert-manager";
export { type Cluster, cluster, ownCluster } from "./cluster";
export {
  type ChartServer,
  EngineProject,
  engine,
  nextVersion,
  passphrase,
  type Run,
  rookSettings,
  type Settings,
  type Step,
  serveCharts,
  startPaperNode,
  startPaperOperators,
  type Violation,
} from "./engine";
export { drawKeys, type Keys } from "./keys";
export { type Kubernetes, kubernetes } from "./kubernetes";
export type { KubernetesClient, KubernetesObject } from "./kubernetes-client";
export { type Loki, type LokiPlace, loki, verifyLokiConfiguration } from "./loki";
export { type Moto, moto } from "./moto";
export { type Nginx, type NginxPlace, nginx } from "./nginx";
export { type Node, type NodeOptions, node } from "./node";
export { type Prometheus, prometheus } from "./prometheus";
export { type Seaweed, seaweedfs } from "./seaweedfs";
export { needs, type Requirement, type Running } from "./server";
export { tool } from "./tools/catalogue";
export { testData } from "./tools/test-data";
