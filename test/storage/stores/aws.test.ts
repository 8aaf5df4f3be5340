import { describe, expect, test } from "vitest";
import type { PreviewResult } from "../../support/preview";
import { type Inputs, inputsOf } from "../support/inputs";
import { previewStore, type Settings, stackSettings, withStorage } from "../support/stack";

describe("aws", () => {
  test("each bucket has its own rotated key, closed doors and one lifecycle", async () => {
    const result = await previewStore("prod");
    for (const purpose of ["loki-chunks", "loki-ruler", "tempo-traces"]) {
      const part = (what: string) => inputsOf(result, `store-${purpose}-${what}`);
      expect(part("key")).toMatchObject({ enableKeyRotation: true, deletionWindowInDays: 30 });
      expect(part("encryption").rules).toMatchObject([
        { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" }, bucketKeyEnabled: true, blockedEncryptionTypes: ["SSE-C"] },
      ]);
      expect(part("ownership").rule).toEqual({ objectOwnership: "BucketOwnerEnforced" });
      expect(part("public-access")).toMatchObject({
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
      expect(part("logging").targetPrefix).toBe(`${part("bucket").bucket}/`);
    }
    expect(result.ofType(/:BucketLifecycleConfiguration$/)).toHaveLength(4);
    expect(result.ofType(/V2$/)).toEqual([]);
  });

  test("a key that the stack brings is used by all, and roles may use it", async () => {
    const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const result = await previewStore("prod", withStorage("prod", { encryption: { keyArn } }));
    expect(result.ofType(/:Key$/)).toEqual([]);
    expect(String(inputsOf(result, "store-loki-loki-chunks-policy").policy)).toContain(keyArn);
  });

  test("pods become roles by IRSA or by Pod Identity", async () => {
    const irsa = await previewStore("prod");
    const credentials = ({ outputs }: PreviewResult) => (outputs.bindings as unknown as { credentials: object }[])[0]?.credentials;
    expect(credentials(irsa)).toEqual({ kind: "irsa", roleArn: "arn:aws:iam::123456789012:role/granary/granary-prod-loki" });
    const pods = await previewStore("prod", withStorage("prod", { identity: { kind: "pod-identity", cluster: "prod" } }));
    expect(credentials(pods)).toMatchObject({ kind: "pod-identity" });
    const associations = pods.ofType(/PodIdentityAssociation$/).map(({ inputs }) => inputs as Inputs);
    expect(associations.map(({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`).sort()).toEqual([
      "observability/loki",
      "observability/tempo",
    ]);
    expect(irsa.ofType(/PodIdentityAssociation$/)).toEqual([]);
  });

  test("a permissions boundary and a path are on every role", async () => {
    const permissionsBoundary = "arn:aws:iam::123456789012:policy/workloads";
    const result = await previewStore("prod", withStorage("prod", { permissionsBoundary, rolePath: "/observability/" }));
    for (const { inputs } of result.ofType(/:Role$/)) expect(inputs).toMatchObject({ permissionsBoundary, path: "/observability/" });
  });

  test("transitions are in the rules of their bucket alone", async () => {
    const transitions = [{ purpose: "loki-chunks", to: "GLACIER_IR", after: "30d" }];
    const long = { retention: "365d" };
    const { logs } = stackSettings("prod") as { logs: Settings };
    const tenants = [{ name: "platform" }, { name: "payments", logs: long }];
    const result = await previewStore("prod", withStorage("prod", { transitions }, { logs: { ...logs, ...long }, tenants }));
    const moved = result.ofType(/:BucketLifecycleConfiguration$/).filter(({ inputs }) => JSON.stringify(inputs).includes("GLACIER_IR"));
    expect(moved.map(({ name }) => name)).toEqual(["store-loki-chunks-lifecycle"]);
  });

  test("copies, events, alarms, locks and the budget are there when asked for", async () => {
    const result = await previewStore(
      "prod",
      withStorage("prod", {
        replication: { region: "eu-west-1", purposes: ["loki-chunks"] },
        dataEvents: { enabled: true },
        alarms: { topic: "arn:aws:sns:eu-central-1:123456789012:alerts", quotas: { "loki-chunks": "1TB" } },
        budget: { monthlyUsd: 200, emails: ["platform@example.com"] },
        objectLock: [{ purpose: "loki-ruler", mode: "GOVERNANCE", period: "7d" }],
        egress: ["52.219.44.0/22"],
        vpcEndpoint: { kind: "made", vpcId: "vpc-0123456789abcdef0", routeTableIds: ["rtb-0123456789abcdef0"] },
      }),
    );
    expect(result.ofType(/:BucketReplicationConfig$/).map(({ name }) => name)).toEqual(["store-loki-chunks-replication"]);
    const replica = result.resource("store-loki-chunks-replica-bucket");
    expect(replica.provider).not.toBe(result.resource("store-loki-chunks-bucket").provider);
    expect(replica.protect).toBe(true);
    expect(inputsOf(result, "store-trail-key").enableKeyRotation).toBe(true);
    const [trail] = result.ofType(/:Trail$/);
    expect(trail?.inputs).toMatchObject({ enableLogFileValidation: true });
    expect(JSON.stringify(trail?.inputs.advancedEventSelectors)).toContain("granary-prod-tempo-traces");
    expect(result.ofType(/:MetricAlarm$/)).toHaveLength(7);
    expect(inputsOf(result, "store-loki-ruler-bucket").objectLockEnabled).toBe(true);
    expect(result.ofType(/:Budget$/)).toHaveLength(1);
    expect(inputsOf(result, "store-vpc-endpoint").vpcEndpointType).toBe("Gateway");
  });

  test("a locked bucket is copied into a locked one, by a role that may read locks", async () => {
    const objectLock = [{ purpose: "loki-ruler", mode: "GOVERNANCE", period: "7d" }];
    const result = await previewStore("prod", withStorage("prod", { replication: { region: "eu-west-1" }, objectLock }));
    expect(inputsOf(result, "store-loki-ruler-replica-bucket").objectLockEnabled).toBe(true);
    expect(inputsOf(result, "store-loki-ruler-replica-object-lock").rule).toEqual({ defaultRetention: { mode: "GOVERNANCE", days: 7 } });
    const lock = result.resource("store-loki-ruler-replica-object-lock");
    expect({ protect: lock.protect, kept: lock.retainOnDelete }).toEqual({ protect: true, kept: true });
    const mayReadLocks = (purpose: string) =>
      ["s3:GetObjectRetention", "s3:GetObjectLegalHold"].map((action) =>
        String(inputsOf(result, `store-${purpose}-replication-policy`).policy).includes(`"${action}"`),
      );
    expect(mayReadLocks("loki-ruler")).toEqual([true, true]);
    expect(mayReadLocks("loki-chunks")).toEqual([false, false]);
    expect(inputsOf(result, "store-loki-chunks-replica-bucket")).not.toHaveProperty("objectLockEnabled");
  });

  test("without access logs there is no bucket for them, and an existing one is used as it is", async () => {
    const without = await previewStore("prod", withStorage("prod", { accessLogs: { enabled: false } }));
    expect(without.resources.filter(({ name }) => name.includes("access-logs") || name.endsWith("-logging"))).toEqual([]);
    const existing = await previewStore("prod", withStorage("prod", { accessLogs: { bucket: "company-logs" } }));
    expect(inputsOf(existing, "store-loki-chunks-logging").targetBucket).toBe("company-logs");
  });
});
