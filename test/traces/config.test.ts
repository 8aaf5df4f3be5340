import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { tempoConfig } from "../../components/traces/config";
import { tenantOverrides } from "../../components/traces/overrides";
import { cephBinding, diskBinding } from "../logs/fixture";
import { tempoInput } from "./fixture";

const rendered = (...input: Parameters<typeof tempoInput>) => parse(tempoConfig(tempoInput(...input)), { version: "1.1" });

describe("Tempo's configuration", () => {
  it("is the same text for the same input, and no key stands in it", () => {
    expect(tempoConfig(tempoInput())).toBe(tempoConfig(tempoInput()));
    expect(tempoConfig(tempoInput())).not.toMatch(/access_key|secret|\$\{|\{\{/);
  });

  it("reaches the store as its binding says", () => {
    expect(rendered({}, [], { ...cephBinding("shared"), prefix: "tempo-traces/" }).storage.trace).toMatchObject({
      backend: "s3",
      s3: {
        bucket: "shared",
        prefix: "tempo-traces",
        endpoint: "rook-ceph-rgw-granary.rook-ceph.svc:443",
        region: "us-east-1",
        forcepathstyle: true,
        insecure: false,
        tls_ca_path: "/etc/granary/store-ca/ca.crt",
      },
      wal: { path: "/var/tempo/wal" },
    });
  });

  it("keeps blocks on the volume where the store is a disk", () => {
    const { trace } = rendered({}, [], diskBinding).storage;
    expect(trace.backend).toBe("local");
    expect(trace.s3).toBeUndefined();
  });

  it("retains as long as it is told, not a day as the chart would", () => {
    expect(rendered({ retention: "14d", blocks: { compactedRetention: "2h" } }).compactor.compaction).toEqual({
      block_retention: "336h",
      compacted_block_retention: "2h",
    });
  });

  it("makes metrics only where there is somewhere to write them", () => {
    expect(rendered().metrics_generator).toBeUndefined();
    expect(rendered().overrides.defaults.metrics_generator).toBeUndefined();
    const given = rendered({ metricsGenerator: { remoteWriteUrl: "http://prometheus:9090/api/v1/write" } });
    expect(given.metrics_generator.storage.remote_write).toEqual([{ send_exemplars: true, url: "http://prometheus:9090/api/v1/write" }]);
    expect(given.overrides.defaults.metrics_generator.processors).toEqual(["service-graphs", "span-metrics"]);
  });

  it("writes a tenant's override out in full, because it replaces the defaults as a whole", () => {
    const tenants = [{ name: "a", traces: { retention: "7d", ingestionRate: "1Mi" } }, { name: "b" }];
    expect(tenantOverrides(tempoInput({}, tenants))).toEqual({
      a: {
        compaction: { block_retention: "168h" },
        global: { max_bytes_per_trace: 5 * 2 ** 20 },
        ingestion: { burst_size_bytes: 5 * 2 ** 20, max_traces_per_user: 10_000, rate_limit_bytes: 2 ** 20, retry_info_enabled: true },
        read: { max_bytes_per_tag_values_query: 5_000_000 },
      },
    });
    expect(rendered({}, tenants).multitenancy_enabled).toBe(true);
  });

  it("lays the user's own configuration over all of this, last", () => {
    const { query_frontend } = rendered({ extraConfig: { query_frontend: { search: { concurrent_jobs: 7 } } } });
    expect(query_frontend.search).toMatchObject({ concurrent_jobs: 7, default_result_limit: 20 });
  });
});
