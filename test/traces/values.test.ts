import { describe, expect, it } from "vitest";
import { tempoConfig } from "../../components/traces/config";
import { tempoValues } from "../../components/traces/values";
import { cephBinding, diskBinding } from "../logs/fixture";
import { describeChart, unknownPaths } from "../support/chart-values";
import { tempoInput } from "./fixture";

// biome-ignore lint/suspicious/noExplicitAny: chart values are an open map
const values = (...input: Parameters<typeof tempoInput>): any => tempoValues(tempoInput(...input));

describe("the chart's values", () => {
  it("hold the very configuration that Tempo is tested with, and a volume, which the chart would not make", () => {
    expect(values().config).toBe(tempoConfig(tempoInput()));
    expect(values().persistence).toEqual({ enabled: true, size: "10Gi" });
    expect(values({}, [], { ...diskBinding, storageClass: "local-path" }).persistence).toEqual({
      enabled: true,
      size: "50Gi",
      storageClassName: "local-path",
    });
  });

  it("satisfy the pod security level restricted, which the chart alone does not", () => {
    const { securityContext, tempo } = values();
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    expect(tempo.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
    });
    expect(values({ jaegerUi: true }).tempoQuery.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
    });
  });

  it("hand keys over by the Secret's name alone and restart the pod when they change", () => {
    expect(values().tempo.extraEnvFrom).toEqual([{ secretRef: { name: "loki-store" } }]);
    expect(values().podAnnotations).toEqual({ "granary.dev/credentials-revision": "1" });
    const roleArn = "arn:aws:iam::111122223333:role/tempo" as never;
    const given = values({}, [], { ...cephBinding("traces"), credentials: { kind: "irsa", roleArn } });
    expect(given.serviceAccount.annotations).toEqual({ "eks.amazonaws.com/role-arn": roleArn });
    expect(given.tempo.extraEnvFrom).toBeUndefined();
  });

  it("pin the image by its digest where the stack names one; Jaeger's has another", () => {
    const digest = `sha256:${"0".repeat(64)}`;
    const { tempo, tempoQuery } = values({ image: { digest }, jaegerUi: true });
    expect([tempo.tag, tempoQuery.tag]).toEqual([`2.10.8@${digest}`, "2.10.8"]);
    expect(values().tempo.tag).toBe("2.10.8");
  });

  it("do not kill a Tempo that is only not ready", () => {
    expect(values().tempo.livenessProbe.httpGet.path).not.toBe("/ready");
  });

  it("keep the heap below what the container may take", () => {
    expect(values({ size: "production" }).tempo.extraEnv).toEqual([{ name: "GOMEMLIMIT", value: "3276MiB" }]);
  });

  /** Read by the chart's templates, and in its values as a comment only. */
  const commented = ["persistence.storageClassName"];
  /** A pod's security context is handed on as it is: Kubernetes knows these. */
  const handedOn = ["securityContext.fsGroupChangePolicy", "securityContext.seccompProfile"];
  describeChart("tempo", "exist in the chart", (known) => {
    const all = { size: "production", storageClass: "fast", jaegerUi: true, metricsGenerator: { remoteWriteUrl: "http://p/api" } };
    it("with everything set", () => {
      expect(unknownPaths(values(all, [{ name: "a", traces: { retention: "7d" } }]), known)).toEqual([...commented, ...handedOn]);
    });
    it("and one that does not would be found", () => {
      expect(unknownPaths({ tempo: { retensions: "1h" } }, known)).toEqual(["tempo.retensions"]);
    });
  });
});
