// A cluster that lacks something: each `up` fails with one message that names it and the next step, and the last `up` succeeds.
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { allowedClaimFields, claimFieldsSetting } from "../../../components/kubernetes/rook-operator";
import { needs, type Run, rookSettings, startPaperOperators, tool } from "../servers";
import { run } from "../servers/run/process";
import { newFolder } from "../servers/run/run";
import { installDefinitionsOf } from "../support/definitions";
import { type LivingStack, stackNeeds, startStack } from "../support/engine/living-stack";
import { eventually } from "../support/eventually";
import { describeReal } from "../support/suite";

describeReal("A cluster that lacks something", [...stackNeeds("dev"), needs("helm")], () => {
  let living: LivingStack;
  let stopOperators: () => Promise<void> = async () => undefined;

  beforeAll(async () => {
    living = await startStack("dev", { definitions: false, operators: false });
  });
  afterAll(async () => {
    await stopOperators();
    await living?.stop();
  });

  const failedUp = async (): Promise<Run> => {
    const up = await living.project.up();
    expect(up.code, up.text).not.toBe(0);
    return up;
  };

  it("rights", async () => {
    living.project.environment = { KUBECONFIG: await kubeconfigWithoutRights(living) };
    expect((await failedUp()).text).toMatch(
      /"system:serviceaccount:default:deployer" may not \w+ \w+\. Grant it the right, or use another identity/,
    );
  });

  it("the charts' repositories", async () => {
    living.project.environment = { HTTPS_PROXY: "http://127.0.0.1:9" };
    expect((await failedUp()).text).toMatch(/FetchReference|not a valid chart repository/);
    living.project.environment = {};
  });

  it("the operators' definitions", async () => {
    const { text } = await failedUp();
    expect(text).toMatch(
      /The cluster does not know CephObjectStore \(ceph\.rook\.io\/v1\)\. Install Rook's operator with its definitions\./,
    );
    expect(text).toMatch(/The cluster does not know PrometheusRule .* Install the Prometheus operator/);
    await installDefinitionsOf(living.offline, living.cluster);
  });

  it("operators that work", async () => {
    living.project.configure({ "granary:cluster": { operators: { timeout: "5s" } } });
    expect((await failedUp()).text).toMatch(
      /CephObjectStore granary did not reach status\.phase Ready within granary:cluster\.operators\.timeout\. See why: kubectl -n rook-ceph describe/,
    );
    living.project.configure({ "granary:cluster": { operators: null } });
    const operators = startPaperOperators(living.cluster.client);
    stopOperators = operators.stop;
  });

  it("an end of `up`, which was killed", async () => {
    await living.cluster.client.remove(rookSettings);
    const kill = new AbortController();
    living.project.killSwitch = kill.signal;
    const killed = living.project.up();
    await eventually(
      () => claims(living),
      (count) => count > 0,
      120,
    );
    kill.abort();
    expect((await killed).code).not.toBe(0);
    living.project.killSwitch = undefined;
    await living.project.cancel();
  });

  it("the setting of Rook's operator that claims need", async () => {
    living.project.configure({ "granary:cluster": { operators: { timeout: "20s" } } });
    const { text } = await failedUp();
    expect(text).toMatch(
      /ObjectBucketClaim \S+ did not reach status\.phase Bound within granary:cluster\.operators\.timeout\..*\n\s*Rook rejects a claim unless ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS.* or set granary:storage\.operator\.claimFields: set\./,
    );
    await uninstallNamed(living, text);
    living.project.configure({ "granary:cluster": { operators: null }, "granary:storage": { operator: { claimFields: "set" } } });
  });

  it("nothing", async () => {
    const up = await living.project.up();
    const last = (await uninstallNamed(living, up.text)) ? await living.project.up() : up;
    expect(last.code, last.text).toBe(0);
    const again = await living.project.up("--expect-no-changes");
    expect(again.code, again.text).toBe(0);
    expect(await living.cluster.client.get(rookSettings)).toMatchObject({ data: { [claimFieldsSetting]: allowedClaimFields } });
  });
});

/** A release that was being installed is complete after a kill, and not in the state: the message names the command. */
async function uninstallNamed({ cluster }: LivingStack, message: string): Promise<boolean> {
  const named = [...message.matchAll(/helm -n ([\w-]+) uninstall ([\w-]+)/g)];
  for (const [, namespace = "", name = ""] of named) {
    await run(tool("helm"), ["uninstall", name, "-n", namespace, "--ignore-not-found", "--kubeconfig", cluster.kubeconfig]);
  }
  return named.length > 0;
}

async function claims({ cluster }: LivingStack): Promise<number> {
  const { body } = await cluster.client.request("GET", "/apis/objectbucket.io/v1alpha1/objectbucketclaims");
  return (body as { items?: unknown[] }).items?.length ?? 0;
}

/** Of a service account that may read everything and change nothing. */
async function kubeconfigWithoutRights({ cluster: { client, kubeconfig } }: LivingStack): Promise<string> {
  const [name, namespace] = ["deployer", "default"];
  await client.apply({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } });
  await client.apply({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
    subjects: [{ kind: "ServiceAccount", name, namespace }],
  });
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
  const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
  const { body } = await client.request("POST", path, request);
  const { token } = (body as { status: { token: string } }).status;
  const narrow = JSON.parse(readFileSync(kubeconfig, "utf8"));
  narrow.users[0].user = { token };
  const file = `${newFolder("narrow")}/kubeconfig`;
  writeFileSync(file, JSON.stringify(narrow), { mode: 0o600 });
  return file;
}
