import { describe, expect, it } from "vitest";
import { days } from "../../components/config/units";
import { tempoBucket } from "../../components/traces/buckets";
import { tempoInput } from "./fixture";

const bucket = (config: unknown = {}, tenants: unknown = []) => {
  const input = tempoInput(config, tenants);
  return tempoBucket(input.config, input.tenants, input.namespace);
};

describe("Tempo's bucket", () => {
  it("is Tempo's alone, which also tags", () => {
    const workload = { name: "tempo", namespace: "observability", serviceAccounts: ["tempo"] };
    expect(bucket().grants).toEqual([{ workload, actions: ["read", "write", "delete", "list", "tag"], prefix: "" }]);
    expect(bucket().protect).toBe(true);
  });

  it("gives the operator its own shape of Secret and its own account", () => {
    expect(bucket({ kind: "tempostack" }).workload).toMatchObject({ secretShape: "tempo-operator", serviceAccounts: ["tempo-granary"] });
  });

  it("expires under tenants' prefixes only and later than Tempo does", () => {
    const compacted = { blocks: { compactedRetention: "1d" } };
    expect(bucket({ retention: "14d", ...compacted }).expiries).toEqual([{ prefix: "single-tenant/", keepFor: days(17) }]);
    const tenants = [{ name: "a", traces: { retention: "30d" } }, { name: "b" }];
    const { expiries, queryableFor } = bucket({ retention: "14d", ...compacted }, tenants);
    expect(expiries).toEqual([
      { prefix: "a/", keepFor: days(33) },
      { prefix: "b/", keepFor: days(17) },
    ]);
    expect(queryableFor).toEqual(days(30));
  });
});
