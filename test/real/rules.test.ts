// The alerts as Prometheus itself understands them: its own checker reads the rules and runs them over made-up series.
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { days } from "../../components/config/units";
import type { PrometheusRuleSpec } from "../../components/kubernetes/generated/PrometheusRule.gen";
import { prometheusRule } from "../../components/observe/alerts/rules";
import { type Plain, renderYaml } from "../../components/text/yaml";
import { alertCases } from "../observe/alert-cases";
import type { AlertCase, Expected } from "../observe/alert-cases/case";
import { observeArgs, watched } from "../observe/fixture";
import { needs, tool } from "./servers";
import { newFolder } from "./servers/run/run";
import { describeReal } from "./support/suite";

const rules = (config: unknown = {}, more: Parameters<typeof observeArgs>[1] = {}): PrometheusRuleSpec =>
  prometheusRule(watched(config, more), observeArgs(config, more).config.alerts);

describeReal("Alert rules in promtool", [needs("promtool")], () => {
  let folder: string;
  beforeAll(() => {
    folder = newFolder("rules");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, renderYaml(content as Plain));
    return path;
  };
  const promtool = (...args: string[]): string => {
    try {
      return execFileSync(tool("promtool"), args, { encoding: "utf8", stdio: "pipe" });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`promtool ${args.join(" ")}\n${stdout}${stderr}`);
    }
  };

  test.each([
    ["on Ceph", {}, {}],
    ["on AWS with CloudWatch", { bucketMetrics: "cloudwatch" }, { store: "aws" }],
    ["with a tenant that keeps longer", {}, { retentions: { payments: days(90) } }],
    ["on plain disk, without quotas", { quotas: {} }, { store: "filesystem", buckets: {} }],
  ] as const)("are sound %s", (_, config, more) => {
    const path = write("checked.yaml", rules(config, more));
    expect(promtool("check", "rules", path)).toContain("SUCCESS");
  });

  /** Every alert by itself: the others would be worked out over all its series as well. */
  function rulesOf(alert: string): string {
    const groups = rules().groups?.map((group) => ({ ...group, rules: group.rules?.filter((rule) => rule.alert === alert) }));
    return write(`${alert}.rules.yaml`, { groups: groups?.filter((group) => group.rules?.length) });
  }

  function testFile(name: string, cases: readonly AlertCase[]): string {
    const [{ alert, every = 1 } = { alert: "" }] = cases;
    const tests = cases.map(({ when, series, after, fires }) => ({
      name: `${alert}: ${when}`,
      interval: `${every}m`,
      input_series: Object.entries(series).map(([key, values]) => ({ series: key, values })),
      alert_rule_test: [{ eval_time: `${after}m`, alertname: alert, exp_alerts: fires.map((expected) => expectation(alert, expected)) }],
    }));
    return write(name, { rule_files: [rulesOf(alert)], evaluation_interval: `${every}m`, tests });
  }

  const known = new Map(rules().groups?.flatMap((group) => (group.rules ?? []).map((rule) => [rule.alert, rule.annotations])));

  const expectation = (alert: string, { severity, labels, says }: Expected) => ({
    exp_labels: { ...labels, severity },
    exp_annotations: { ...known.get(alert), description: says },
  });

  test("fire when they must, say what they should, and are quiet otherwise", () => {
    const files = new Map<string, AlertCase[]>();
    for (const each of alertCases) {
      const name = `${each.alert}.every-${each.every ?? 1}.yaml`;
      files.set(name, [...(files.get(name) ?? []), each]);
    }
    promtool("test", "rules", ...[...files].map(([name, cases]) => testFile(name, cases)));
  });

  test("would be noticed if they said something else, or nothing", () => {
    const [one] = alertCases.filter(({ fires }) => fires.length > 0);
    if (!one) throw new Error("there are no cases");
    const otherWords = one.fires.map((expected) => ({ ...expected, says: "something else" }));
    for (const fires of [otherWords, []]) {
      expect(() => promtool("test", "rules", testFile("wrong.yaml", [{ ...one, fires }]))).toThrow("FAILED");
    }
  });
});
