import { describe, expect, it } from "vitest";
import { days } from "../../components/config/units";
import { lokiBuckets, lokiWorkload } from "../../components/logs/buckets";
import { lokiInput } from "./fixture";

const buckets = (config: unknown = {}, tenants: unknown = []) => {
  const input = lokiInput(config, tenants);
  return lokiBuckets(input.config, input.tenants, input.namespace);
};

describe("Loki's buckets", () => {
  it("are read, written, listed and emptied by Loki alone", () => {
    const { chunks, ruler } = buckets();
    const workload = { name: "loki", namespace: "observability", serviceAccounts: ["loki"] };
    expect(lokiWorkload("observability")).toEqual(workload);
    for (const bucket of [chunks, ruler])
      expect(bucket.grants).toEqual([{ workload, actions: ["read", "write", "delete", "list"], prefix: "" }]);
  });

  it("expire under tenants' prefixes only, so that index, delete requests and seed stay", () => {
    expect(buckets().chunks.expiries.map(({ prefix }) => prefix)).toEqual(["fake/"]);
    expect(buckets({}, [{ name: "a" }, { name: "b" }]).chunks.expiries.map(({ prefix }) => prefix)).toEqual(["a/", "b/"]);
    expect(buckets().ruler.expiries).toEqual([]);
  });

  it("keep longer than Loki does: retention, delete delay, and time to come round", () => {
    const [expiry] = buckets({ retention: "30d", compactor: { deleteDelay: "2d" } }).chunks.expiries;
    expect(expiry?.keepFor).toEqual(days(34));
  });

  it("follow each tenant's own retention, and the longest of any stream", () => {
    const tenants = [{ name: "a", logs: { retention: "90d" } }, { name: "b" }];
    const streams = [{ selector: '{namespace="audit"}', keep: "60d" }];
    const { chunks } = buckets({ retention: "30d", compactor: { deleteDelay: "1d", streams } }, tenants);
    expect(chunks.expiries).toEqual([
      { prefix: "a/", keepFor: days(93) },
      { prefix: "b/", keepFor: days(63) },
    ]);
    expect(chunks.queryableFor).toEqual(days(90));
  });

  it("reserve on a disk what the monolithic program has, once for chunks and rules", () => {
    const disk = (config: unknown) => Object.values(buckets(config)).map(({ diskSize, onDiskOf }) => [diskSize?.bytes, onDiskOf]);
    const gibibytes = 2 ** 30;
    expect(disk({})).toEqual([
      [10 * gibibytes, undefined],
      [10 * gibibytes, "loki-chunks"],
    ]);
    expect(disk({ size: "production" })[0]).toEqual([20 * gibibytes, undefined]);
    expect(disk({ components: { monolithic: { disk: "70Gi" } } })[0]).toEqual([70 * gibibytes, undefined]);
  });

  it("are protected", () => {
    expect(Object.values(buckets()).map(({ protect }) => protect)).toEqual([true, true]);
  });
});
