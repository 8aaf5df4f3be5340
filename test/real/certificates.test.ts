// What Granary waits for on a Certificate is what cert-manager's controller reports.
import { afterAll, beforeAll, expect, it } from "vitest";
import { readiness } from "../../components/kubernetes/readiness";
import { certManager, type Kubernetes, kubernetes, needs, type Running } from "./servers";
import { type KubectlTools, kubectlFor } from "./servers/kubectl";
import { newFolder } from "./servers/run/run";
import { describeReal } from "./support/suite";

const apiVersion = "cert-manager.io/v1";
const condition = readiness[`kubernetes:${apiVersion}:Certificate`];
const issuer = (name: string, spec: object) => ({ apiVersion, kind: "Issuer", metadata: { name, namespace: "default" }, spec });
const certificate = (name: string, issuerName: string, spec: object) => ({
  apiVersion,
  kind: "Certificate",
  metadata: { name, namespace: "default" },
  spec: { secretName: `${name}-tls`, issuerRef: { name: issuerName, kind: "Issuer" }, ...spec },
});

describeReal("cert-manager's controller", [kubernetes, certManager, needs("kubectl")], () => {
  let cluster: Kubernetes;
  let controller: Running<undefined>;
  let tools: KubectlTools;
  const wait = (name: string, seconds: number) =>
    tools.kubectl("wait", `--for=${condition}`, `certificate/${name}`, `--timeout=${seconds}s`);

  beforeAll(async () => {
    cluster = await kubernetes.start();
    tools = kubectlFor(cluster.kubeconfig, newFolder("kubectl"));
    controller = await certManager.start(cluster);
  });
  afterAll(async () => {
    await controller?.stop();
    await cluster?.stop();
  });

  it("reports a Certificate of an own authority as ready, with its Secret", async () => {
    const { client } = cluster;
    await client.apply(issuer("self-signed", { selfSigned: {} }));
    await client.apply(certificate("authority", "self-signed", { isCA: true, commonName: "Granary" }));
    await client.apply(issuer("authority", { ca: { secretName: "authority-tls" } }));
    await client.apply(certificate("gateway", "authority", { dnsNames: ["loki.observability.svc"] }));
    await wait("gateway", 60);
    const { body } = await client.request("GET", "/api/v1/namespaces/default/secrets/gateway-tls");
    const { type, data } = body as { type: string; data: Record<string, string> };
    expect(type).toBe("kubernetes.io/tls");
    expect(Object.keys(data).sort()).toEqual(["ca.crt", "tls.crt", "tls.key"]);
  });

  it("does not report one whose Issuer does not exist", async () => {
    await cluster.client.apply(certificate("orphan", "nowhere", { dnsNames: ["loki.observability.svc"] }));
    await expect(wait("orphan", 5)).rejects.toThrow(/timed out waiting for the condition/);
  });
});
