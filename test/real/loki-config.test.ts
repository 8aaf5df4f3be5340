import { expect, it } from "vitest";
import { lokiConfig } from "../../components/logs/config";
import { cephBinding, diskBinding, lokiInput } from "../logs/fixture";
import { needs, verifyLokiConfiguration } from "./servers";
import { describeReal } from "./support/suite";

// What each stack says today is checked in loki-on-ceph.test.ts; here is what a stack could say.
describeReal("Loki's own check takes", [needs("loki")], () => {
  const tenants = [{ name: "a", logs: { retention: "7d", ingestionRate: "1Mi" } }, { name: "b" }];
  const everything = {
    ruler: { alertmanagerUrl: "http://alertmanager:9093", remoteWriteUrl: "http://prometheus:9090/api/v1/write" },
    compactor: { streams: [{ selector: '{namespace="audit"}', keep: "90d" }] },
    queries: { maxBytesRead: "50Gi" },
    schema: [
      { from: "2024-04-01", store: "filesystem" },
      { from: "2026-12-24", added: "2026-12-20" },
    ],
  };
  const shared = (prefix: string) => ({ ...cephBinding("granary"), prefix });
  const roles = { ...cephBinding("granary"), credentials: { kind: "irsa" as const, roleArn: "arn" as never } };

  for (const mode of ["monolithic", "simple-scalable", "distributed"]) {
    for (const size of ["homelab", "production"]) {
      it(`${mode} in size ${size}, plain and with everything`, async () => {
        const inputs = [
          lokiInput({ mode, size }),
          lokiInput({ mode, size, ...everything }, tenants, { chunks: shared("loki-chunks/"), ruler: shared("loki-ruler/") }),
          lokiInput({ mode, size, caches: { chunks: { enabled: true }, results: { enabled: false } } }, [], {
            chunks: roles,
            ruler: roles,
          }),
        ];
        for (const input of inputs) expect(await verifyLokiConfiguration(lokiConfig(input))).toBeUndefined();
      });
    }
  }

  it("every encoding, and a disk", async () => {
    for (const encoding of ["gzip", "snappy", "lz4", "zstd", "flate", "none"]) {
      expect(await verifyLokiConfiguration(lokiConfig(lokiInput({ chunks: { encoding } })))).toBeUndefined();
    }
    expect(await verifyLokiConfiguration(lokiConfig(lokiInput({}, [], { chunks: diskBinding, ruler: diskBinding })))).toBeUndefined();
  });

  it("nothing that it does not know", async () => {
    const text = lokiConfig(lokiInput({ extraConfig: { limits_config: { enforce_metric_name: false } } }));
    expect(await verifyLokiConfiguration(text)).toMatch(/enforce_metric_name/);
  });
});
