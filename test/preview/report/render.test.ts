import { expect, test } from "vitest";
import { describe as purposeOf } from "../../../preview/describe/describe";
import { toMarkdown } from "../../../preview/report/markdown";
import { violations } from "../../../preview/report/policies";
import type { ReportedPolicy, ReportedResource, ReportedStack } from "../../../preview/report/report";
import { colours, toText } from "../../../preview/report/text";
import type { Properties } from "../../../preview/wire/values";

const stackUrn = "urn:pulumi:dev::granary::pulumi:pulumi:Stack::granary-dev";

function resource(type: string, name: string, inputs: Properties = {}, more: Partial<ReportedResource> = {}): ReportedResource {
  const provider =
    type.startsWith("granary:") || type.startsWith("pulumi:") ? null : "urn:pulumi:dev::granary::pulumi:providers:aws::default";
  const common = { parent: stackUrn, protect: false, retainOnDelete: false, dependsOn: [] };
  return { urn: `urn:pulumi:dev::granary::${type}::${name}`, type, name, provider, inputs, ...common, ...more };
}

const store = resource("granary:storage:Aws", "store");
const bucket = resource(
  "aws:s3/bucket:Bucket",
  "chunks",
  { bucket: "granary-loki-chunks" },
  { parent: store.urn, protect: true, retainOnDelete: true },
);
const release = resource("kubernetes:helm.sh/v3:Release", "loki", { chart: "loki", version: "18.11.0", namespace: "observability" });
const stack: ReportedStack = {
  stack: "dev",
  packs: [{ name: "granary", policies: 3 }],
  resources: [
    resource("pulumi:pulumi:Stack", "granary-dev", {}, { urn: stackUrn, parent: null }),
    release,
    bucket,
    store,
    resource("pulumi:providers:aws", "default", { version: "7.48.0" }),
  ],
  policies: [policy("advisory", "old `image` <b>@team</b>"), policy("mandatory", "not encrypted\nAdd a key.")],
  outputs: { bucket: "granary-loki-chunks" },
};

function policy(level: ReportedPolicy["level"], message: string): ReportedPolicy {
  return { pack: "granary", policy: `rule-${level}`, level, urn: bucket.urn, message };
}

test("as text: components first, what is in them below, providers last, violations before advice, and a summary", () => {
  expect(toText([stack])).toBe(`dev  4 resources
  ├─ store  object store in AWS
  │  └─ chunks  bucket granary-loki-chunks (protected, kept on delete)
  ├─ loki  Helm release of loki 18.11.0 in observability
  └─ default  provider aws 7.48.0
  policies  3 policies of granary: 1 violation, 1 piece of advice
    violation granary/rule-mandatory  chunks
      not encrypted
      Add a key.
    advice granary/rule-advisory  chunks
      old \`image\` <b>@team</b>
  outputs
    bucket: "granary-loki-chunks"

1 stack, 4 resources; 1 violation, 1 piece of advice
`);
  expect(violations([stack])).toBe(1);
});

test("in colour only the colour is more", () => {
  const coloured = toText([stack], colours);
  expect(coloured).not.toBe(toText([stack]));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colour is made of
  expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(toText([stack]));
});

test("as Markdown: a table, stacks with violations unfolded, and no text of a policy that becomes markup or a mention", () => {
  const text = toMarkdown([stack, { ...stack, stack: "prod", policies: [] }]);
  expect(text).toContain("| dev | 4 | **1 violation** | 1 |\n| prod | 4 | no violation | 0 |");
  expect(text).toContain(
    "<details open>\n<summary><b>dev</b>: 4 resources; 3 policies of granary: 1 violation, 1 piece of advice</summary>",
  );
  expect(text).toContain("<details>\n<summary><b>prod</b>");
  expect(text).toContain("- **violation** `granary/rule-mandatory` on `chunks`: not encrypted<br>Add a key.");
  expect(text).toContain("old \\`image\\` &lt;b&gt;\\@team&lt;/b&gt;");
});

test("Markdown that a comment could not hold leaves out what is inside components, and says so", () => {
  const many = Array.from({ length: 2000 }, (_, i) =>
    resource("aws:s3/bucket:Bucket", `bucket-${i}`, { bucket: `b-${i}` }, { parent: store.urn }),
  );
  const text = toMarkdown([{ ...stack, resources: [store, ...many] }]);
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain("store  object store in AWS");
  expect(text).not.toContain("bucket-1999");
  expect(text).toContain("Resources inside components are left out");
});

test("a fence is longer than any in the text that it holds", () => {
  const text = toMarkdown([{ ...stack, outputs: { note: "```" } }]);
  expect(text).toContain('````text\nnote: "```"\n````');
});

test.each([
  ["kubernetes:core/v1:Secret", { metadata: { name: "keys", namespace: "observability" } }, "Secret keys in observability"],
  ["kubernetes:core/v1:Namespace", { metadata: { name: "observability" } }, "namespace observability"],
  ["kubernetes:networking.k8s.io/v1:NetworkPolicy", { metadata: { name: "[unknown]" } }, "NetworkPolicy"],
  ["kubernetes:helm.sh/v3:Release", { chart: "oci://example.org/charts/loki" }, "Helm release of loki"],
  ["aws:s3/bucketVersioning:BucketVersioning", { bucket: "logs" }, "versioning of bucket logs"],
  ["aws:s3/bucketVersioning:BucketVersioning", { bucket: "[unknown]" }, "versioning"],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", { name: "errors" }, "metric alarm errors"],
  ["aws:iam/role:Role", { name: "[secret]" }, "role"],
  ["random:index/randomPassword:RandomPassword", { length: 40 }, "40 random characters"],
  ["granary:logs:Loki", {}, "keeps and searches logs"],
  ["other:thing:SomeThing", {}, "some thing"],
  ["odd", {}, "odd"],
])("%s is described by what is known of it", (type, inputs, purpose) => {
  expect(purposeOf({ type, inputs: inputs as Properties })).toBe(purpose);
});
