import { describe, expect, test } from "vitest";
import { missingFields, settingProblem } from "../../components/storage/rook-ceph/operator";
import type { Yaml } from "../../preview/config/files";
import { expectOk, type PreviewResult, previewStack } from "../support/preview";
import { filesystem } from "./support/settings";
import { previewStore, type Settings, stackSettings, tryStore, withStorage } from "./support/stack";

// What each store registers, and how it answers what is known to go wrong with it.

type Inputs = Record<string, never>;
const inputsOf = (result: PreviewResult, name: string) => result.resource(name).inputs as Inputs;
const kinds = ["dev", "prod", "hetzner", "local"];

describe("every store", () => {
  test.each(kinds)("%s: what holds data is protected and kept, until the stack says otherwise in so many words", async (stack) => {
    // A bucket's guards stay with it: without them what is left would be open to whoever may read in the account.
    const guards =
      "BucketPolicy|BucketPublicAccessBlock|BucketOwnershipControls|BucketServerSideEncryptionConfiguration|BucketLifecycleConfiguration|BucketVersioning";
    const holdsData = new RegExp(`:(?:CephObjectStore|ObjectBucketClaim|S3Bucket|Bucket|Key|${guards})$`);
    const own = ({ resources }: PreviewResult) => resources.filter(({ type }) => holdsData.test(type) && !type.startsWith("granary:"));
    const kept = own(await previewStore(stack));
    expect(kept.length).toBeGreaterThanOrEqual(3);
    for (const { name, protect, retainOnDelete } of kept)
      expect({ name, protect, retainOnDelete }).toEqual({ name, protect: true, retainOnDelete: true });
    if (stack === "prod") expect(kept.filter(({ type }) => new RegExp(`:(?:${guards})$`).test(type))).toHaveLength(4 * 6);
    const given = own(
      await previewStore(
        stack,
        withStorage(stack, { onDestroy: "delete-all-data" }, { environment: stack === "local" ? "local" : "development" }),
      ),
    );
    expect(given.map(({ name }) => name)).toEqual(kept.map(({ name }) => name));
    for (const { protect, retainOnDelete } of given) expect({ protect, retainOnDelete }).toEqual({ protect: false, retainOnDelete: false });
  });

  test.each(kinds)("%s: names are plain text in a preview, and every resource has a parent", async (stack) => {
    const { outputs, resources } = await previewStore(stack);
    for (const { bucket } of outputs.bindings as unknown as { bucket: string }[]) expect(bucket).toMatch(/^[a-z0-9-]+$/);
    const roots = resources.filter(({ parent, type }) => !parent && !type.startsWith("pulumi:"));
    expect(roots).toEqual([]);
  });

  test.each(kinds)("%s: a binding says where, as whom, and what comes first, and nothing of the store", async (stack) => {
    const { outputs } = await previewStore(stack);
    for (const binding of outputs.bindings as unknown as Record<string, unknown>[]) {
      expect(Object.keys(binding).sort()).toEqual(["bucket", "credentials", "endpoint", "kind", "prefix", "ready"]);
      if (stack !== "local") expect((binding.ready as unknown[]).length).toBeGreaterThan(1);
    }
  });

  test("renaming a bucket's prefix asks for new buckets and lets go of the old ones, which stay", async () => {
    const bucket = async (prefix: string) =>
      inputsOf(await previewStore("hetzner", withStorage("hetzner", { bucketPrefix: prefix })), "store-loki-chunks-bucket");
    expect((await bucket("one")).bucket).toBe("one-loki-chunks");
    expect((await bucket("two")).bucket).toBe("two-loki-chunks");
  });
});

describe("rook-ceph", () => {
  interface Claim {
    metadata: { namespace: string };
    spec: { additionalConfig: Record<string, string> };
  }
  const claim = (result: PreviewResult, purpose: string) => result.resource(`store-${purpose}-claim`).inputs as unknown as Claim;

  test("claims carry owner, policy and rules each time, since Rook deletes what is left out", async () => {
    const result = await previewStore("dev");
    for (const purpose of ["loki-chunks", "loki-ruler", "tempo-traces"]) {
      const { additionalConfig } = claim(result, purpose).spec;
      expect(additionalConfig.bucketOwner).toBe("granary-dev-owner");
      expect(JSON.parse(additionalConfig.bucketPolicy ?? "").Statement.length).toBeGreaterThan(1);
      const ids = JSON.parse(additionalConfig.bucketLifecycle ?? "").Rules.map(({ ID }: { ID: string }) => ID);
      expect(ids).toEqual([...ids].sort());
    }
  });

  test("the owner's key stays away from workloads: claims are in the store's namespace, after the owner", async () => {
    const result = await previewStore("dev");
    expect(claim(result, "loki-chunks").metadata.namespace).toBe("rook-ceph");
    const { dependsOn } = result.resource("store-loki-chunks-claim");
    for (const name of ["store-owner", "store-storage-class", "store-loki-user"])
      expect(dependsOn.some((urn) => urn.endsWith(`::${name}`))).toBe(true);
  });

  test("users have no capability and make no buckets; the class keeps objects when a claim goes", async () => {
    const result = await previewStore("dev");
    for (const { inputs } of result.ofType(/:CephObjectStoreUser$/)) expect((inputs as Inputs).spec).not.toHaveProperty("capabilities");
    expect(inputsOf(result, "store-loki-user").spec).toMatchObject({ quotas: { maxBuckets: -1 } });
    expect(inputsOf(result, "store-storage-class")).toMatchObject({
      reclaimPolicy: "Retain",
      provisioner: "rook-ceph.ceph.rook.io/bucket",
      parameters: { objectStoreName: "granary", objectStoreNamespace: "rook-ceph" },
    });
  });

  test("with TLS no plain port is open, and clients are told whom to trust", async () => {
    const result = await previewStore("dev");
    const { gateway } = inputsOf(result, "store-object-store").spec as unknown as { gateway: object };
    expect(gateway).toMatchObject({ securePort: 443, sslCertificateRef: "granary-rgw-tls" });
    expect(gateway).not.toHaveProperty("port");
    const [chunks] = result.outputs.bindings as unknown as { endpoint: object }[];
    expect(chunks?.endpoint).toMatchObject({
      url: "https://rook-ceph-rgw-granary.rook-ceph.svc:443",
      tls: true,
      ca: { secretName: "granary-rgw-ca", key: "ca.crt" },
    });
  });

  test("an authority in the configuration is put beside the workloads", async () => {
    const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    const tls = { certificateSecret: "rgw-tls", ca: { certificate } };
    const result = await previewStore("dev", withStorage("dev", { objectStore: { gateway: { tls } } }));
    expect(inputsOf(result, "store-ca-observability").metadata).toMatchObject({ name: "object-store-ca", namespace: "observability" });
  });

  test("quotas, erasure coding, resources and settings of the gateway reach the store", async () => {
    const result = await previewStore("dev");
    expect(claim(result, "loki-chunks").spec.additionalConfig.bucketMaxSize).toBe(`${500 * 2 ** 30}`);
    expect(inputsOf(result, "store-object-store").spec).toMatchObject({
      preservePoolsOnDelete: true,
      metadataPool: { replicated: { size: 3, requireSafeReplicaSize: true } },
      dataPool: { failureDomain: "host", erasureCoded: { dataChunks: 2, codingChunks: 1 } },
      gateway: { instances: 2, resources: { requests: { cpu: "500m", memory: "1Gi" } }, rgwConfig: { rgw_bucket_counters_cache: "true" } },
    });
  });

  test("the rest of a store's settings reach it as well", async () => {
    const objectStore = {
      metadataPool: { replicas: 3, failureDomain: "rack", deviceClass: "ssd" },
      dataPool: { replicas: 3, failureDomain: "rack", deviceClass: "hdd", compression: "aggressive" },
      preservePoolsOnDelete: false,
      gateway: {
        instances: 3,
        port: 8000,
        placement: { podAntiAffinity: {} },
        priorityClass: "high",
        serviceAnnotations: { team: "platform" },
        operationsLog: true,
      },
      healthCheck: { readiness: false },
      encryption: { kind: "sse-s3", address: "https://vault.vault.svc:8200", tokenSecret: "rgw-vault" },
    };
    const result = await previewStore("dev", withStorage("dev", { objectStore, serviceMonitor: true }));
    expect(inputsOf(result, "store-object-store").spec).toMatchObject({
      preservePoolsOnDelete: false,
      metadataPool: { failureDomain: "rack", deviceClass: "ssd" },
      dataPool: { replicated: { size: 3 }, parameters: { compression_mode: "aggressive" } },
      gateway: {
        instances: 3,
        port: 8000,
        placement: { podAntiAffinity: {} },
        priorityClassName: "high",
        service: { annotations: { team: "platform" } },
        opsLogSidecar: {},
      },
      healthCheck: { readinessProbe: { disabled: true }, startupProbe: { disabled: false } },
      security: {
        s3: {
          tokenSecretName: "rgw-vault",
          connectionDetails: { KMS_PROVIDER: "vault", VAULT_ADDR: "https://vault.vault.svc:8200", VAULT_SECRET_ENGINE: "transit" },
        },
      },
    });
    expect(inputsOf(result, "store-service-monitor").spec).toMatchObject({ selector: { matchLabels: { app: "rook-ceph-exporter" } } });
    const [chunks] = result.outputs.bindings as unknown as { endpoint: { url: string; reach: object } }[];
    // Network policies see pods, which listen elsewhere than their service does.
    expect(chunks?.endpoint).toMatchObject({ url: "http://rook-ceph-rgw-granary.rook-ceph.svc:8000", reach: { port: 8080 } });
  });

  test("a gateway on the nodes' network or outside the cluster is reached where the stack says", async () => {
    const reach = { kind: "cidrs", cidrs: ["192.0.2.0/28"], port: 80 };
    const { outputs } = await previewStore("dev", withStorage("dev", { objectStore: { existing: true, gateway: { port: 80 }, reach } }));
    const bindings = outputs.bindings as unknown as { endpoint: { reach: object } }[];
    for (const { endpoint } of bindings) expect(endpoint.reach).toEqual(reach);
  });

  test("a store that is there already gets users and buckets, and is not touched itself", async () => {
    const result = await previewStore(
      "dev",
      withStorage("dev", { objectStore: { existing: true, name: "shared", gateway: { port: 80 } } }),
    );
    expect(result.ofType(/:CephObjectStore$/)).toEqual([]);
    expect(inputsOf(result, "store-loki-user").spec).toMatchObject({ store: "shared" });
  });

  describe("the operator's setting that claims need", () => {
    test("is read, and what it lacks is named", async () => {
      expect(missingFields(undefined)).toEqual(["bucketLifecycle", "bucketMaxObjects", "bucketMaxSize", "bucketOwner", "bucketPolicy"]);
      expect(missingFields("maxObjects, maxSize, bucketPolicy, bucketLifecycle, bucketOwner,bucketMaxObjects,bucketMaxSize")).toEqual([]);
      expect(settingProblem("rook-ceph", ["bucketPolicy"])).toContain("ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS");
      const result = await previewStore("dev");
      expect(result.resource("store-operator-config").type).toBe("kubernetes:core/v1:ConfigMap");
    });

    test("is set where Granary may", async () => {
      const result = await previewStore("dev", withStorage("dev", { operator: { claimFields: "set" } }));
      const { data, metadata } = inputsOf(result, "store-operator-config") as unknown as { data: Record<string, string>; metadata: object };
      expect(missingFields(data.ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS)).toEqual([]);
      expect(metadata).toMatchObject({ name: "rook-ceph-operator-config", namespace: "rook-ceph" });
      expect(result.resource("store-loki-chunks-claim").dependsOn.some((urn) => urn.endsWith("::store-operator-config"))).toBe(true);
    });

    test("is warned about where it is taken for granted", async () => {
      const { said } = await previewStore("dev", withStorage("dev", { operator: { claimFields: "assume" } }));
      expect(said.join("\n")).toContain("ROOK_OBC_ALLOW_ADDITIONAL_CONFIG_FIELDS");
    });
  });
});

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

describe("hetzner", () => {
  test("buckets carry versioning, rules and policy as plain text, and nothing that Ceph would choke on", async () => {
    const result = await previewStore("hetzner", withStorage("hetzner", { versioning: true }));
    const { bucket, endpoint, region, pathStyle, policy, lifecycle, versioning } = inputsOf(result, "store-loki-chunks-bucket");
    expect({ bucket, endpoint, region, pathStyle, versioning }).toEqual({
      bucket: "granary-hz-loki-chunks",
      endpoint: "https://fsn1.your-objectstorage.com",
      region: "fsn1",
      pathStyle: true,
      versioning: true,
    });
    expect(JSON.parse(policy ?? "").Statement[0].Sid).toBe("DenyOtherKeys");
    expect(JSON.parse(lifecycle ?? "").Rules.map(({ ID }: { ID: string }) => ID)).toEqual(["abort-uploads", "expire-fake", "noncurrent"]);
    // The AWS provider waits there for a header that only AWS sends; a public access block denies every upload on older Ceph.
    expect(result.ofType(/^aws:/)).toEqual([]);
  });

  test.each(["fsn1", "nbg1", "hel1"])("%s is its own region", async (location) => {
    const result = await previewStore("hetzner", withStorage("hetzner", { location }));
    const [chunks] = result.outputs.bindings as unknown as { endpoint: object }[];
    expect(chunks?.endpoint).toMatchObject({ host: `${location}.your-objectstorage.com`, region: location, tls: true });
  });
});

describe("s3", () => {
  test("SeaweedFS gets policies with its own names for users, and no condition that would lock out everyone", async () => {
    const result = await previewStore("local", withStorage("local", { users: { loki: "loki-writer" } }));
    const policy = String(inputsOf(result, "store-loki-chunks-bucket").policy);
    expect(policy).toContain("arn:aws:iam::000000000000:user/loki-writer");
    expect(policy).not.toContain("SecureTransport");
  });

  test.each([
    ["ceph", ["lifecycle", "policy"]],
    ["minio", ["lifecycle"]],
    ["garage", ["lifecycle"]],
    ["other", []],
  ])("%s gets the documents that it can keep", async (product, documents) => {
    const result = await previewStore("local", withStorage("local", { product }));
    const inputs = inputsOf(result, "store-loki-chunks-bucket");
    expect(["lifecycle", "policy"].filter((key) => key in inputs)).toEqual(documents);
  });

  test("one bucket for all has the rules and grants of each under its prefix", async () => {
    const shared = { bucket: "everything", prefixes: { "loki-chunks": "logs/", "loki-ruler": "rules/", "tempo-traces": "traces/" } };
    const result = await previewStore("local", withStorage("local", { shared }));
    expect(result.ofType(/:S3Bucket$/)).toHaveLength(1);
    const { lifecycle, policy } = inputsOf(result, "store-shared-bucket");
    const prefixes = JSON.parse(lifecycle ?? "").Rules.map(({ Filter }: { Filter: { Prefix: string } }) => Filter.Prefix);
    expect(prefixes).toEqual(["", "logs/fake/", "traces/single-tenant/", ""]);
    expect(policy).toContain("everything/logs/*");
    const bindings = result.outputs.bindings as unknown as { bucket: string; prefix: string }[];
    expect(bindings.map(({ bucket, prefix }) => `${bucket}/${prefix}`)).toEqual([
      "everything/logs/",
      "everything/rules/",
      "everything/traces/",
    ]);
  });

  test("Pulumi may reach the store elsewhere than the workloads do", async () => {
    const managementEndpoint = "http://localhost:8333";
    const result = await previewStore("local", withStorage("local", { managementEndpoint }));
    const endpoint = "http://seaweedfs.seaweedfs.svc:8333";
    expect(inputsOf(result, "store-loki-chunks-bucket")).toMatchObject({ endpoint, managementEndpoint });
    const [chunks] = result.outputs.bindings as unknown as { endpoint: object }[];
    expect(chunks?.endpoint).toMatchObject({ url: endpoint });
  });

  test.each([
    ["local", { takeOver: ["loki-chunks"] }, "store-loki-chunks-bucket", "store-loki-ruler-bucket"],
    ["hetzner", { takeOver: ["loki-chunks"] }, "store-loki-chunks-bucket", "store-tempo-traces-bucket"],
  ])("%s: a bucket is taken over where the stack names it, and no other", async (stack, change, taken, not) => {
    const result = await previewStore(stack, withStorage(stack, change));
    expect(inputsOf(result, taken).takeOver).toBe(true);
    expect(inputsOf(result, not)).not.toHaveProperty("takeOver");
  });

  test("buckets that are only used are not made", async () => {
    const { managementEndpoint: _unused, ...storage } = stackSettings("local").storage as Settings;
    const result = await previewStore("local", { ...stackSettings("local"), storage: { ...storage, buckets: "use" } });
    expect(result.ofType(/:S3Bucket$/)).toEqual([]);
  });
});

describe("filesystem", () => {
  test("the namespace that the volumes go with, and the guards of the schema, stay until the stack says otherwise", async () => {
    const options = async (config: Record<string, Yaml>) => {
      const result = await expectOk(previewStack("dev", { config: { "granary:cluster": {}, ...config } }));
      return ["granary-namespace", "granary-logs-loki-schema-2024-04-01"].map((name) => {
        const { protect, retainOnDelete } = result.resource(name);
        return { protect, retainOnDelete };
      });
    };
    const all = (keep: boolean) => Array(2).fill({ protect: keep, retainOnDelete: keep });
    const storage = { kind: "filesystem" };
    expect(await options({ "granary:storage": storage })).toEqual(all(true));
    expect(await options({ "granary:storage": { ...storage, onDestroy: "delete-all-data" } })).toEqual(all(false));
  });

  test("so does the namespace of a stack that has moved to buckets and still has a period on its volume", async () => {
    const namespaceMade = { "granary:cluster": {} };
    const onVolume = {
      ...namespaceMade,
      "granary:logs": {
        schema: [
          { from: "2024-04-01", store: "filesystem" },
          { from: "2026-12-01", added: "2026-11-21" },
        ],
      },
    };
    expect((await expectOk(previewStack("dev", { config: onVolume }))).resource("granary-namespace").protect).toBe(true);
    expect((await expectOk(previewStack("dev", { config: namespaceMade }))).resource("granary-namespace").protect).toBe(false);
  });

  test("reserves volumes, by the spec or by the stack", async () => {
    const volumes = { "loki-chunks": { size: "100Gi", storageClass: "fast" } };
    const settings: Settings = { ...filesystem, storage: { kind: "filesystem", storageClass: "standard", volumes } };
    const result = await previewStore("local", settings);
    const { outputs } = result;
    const [chunks, ruler, traces] = outputs.bindings as unknown as { kind: string; size: { bytes: number }; storageClass: string }[];
    expect(chunks).toMatchObject({ kind: "disk", size: { bytes: 100 * 2 ** 30 }, storageClass: "fast" });
    expect(traces).toMatchObject({ kind: "disk", size: { bytes: 10 * 2 ** 30 }, storageClass: "standard" });
    expect(ruler).toMatchObject({ kind: "disk", size: { bytes: 100 * 2 ** 30 }, storageClass: "fast" });
    expect(result.ofType(/:Volume$/).map(({ name }) => name)).toEqual(["store-loki-chunks", "store-tempo-traces"]);
  });
});

test("nothing is registered when a setting is wrong", async () => {
  const result = await tryStore("hetzner", { ...stackSettings("hetzner"), secrets: { source: { kind: "made" } } });
  expect(result.exit).toBe(2);
  expect(result.resources).toEqual([]);
});
