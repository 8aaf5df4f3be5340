// The page about the rules, as text. Pure.

import { fields } from "./readers/values";
import type { Names, Rule } from "./rule";
import { rules } from "./rules";
import { exceptionsLoaded, exceptionsNeeded, knownAfterCreation } from "./rules/pack-itself";

type Described = Omit<Rule, "scope" | "check" | "remediate" | "subjects"> & {
  readonly scope?: Rule["scope"];
  readonly remediate?: unknown;
};

const intro = `# Policies

<!-- Written by \`npm run policy:docs\` from the rules in \`policy/rules\`. Change those. -->

\`policy/\` is a CrossGuard pack. It judges Granary's stacks, and any other program with the same types of resources:

\`\`\`sh
npm run preview                                                    # offline, with the pack
npx pulumi preview --policy-pack policy                            # with the CLI
npx pulumi up --policy-pack policy --policy-pack-config policy-config.json
\`\`\`

## How it judges

- A rule about one resource judges its inputs before it is created. A rule about the stack joins what belongs together: a bucket with its separate
  encryption, policy and lifecycle, and with the retention in the very configuration that Loki or Tempo will read.
- Levels are \`mandatory\` (nothing is created), \`advisory\` (a note), \`remediate\` (corrected where it safely can be) and \`disabled\`. A policy-config changes
  them, and gives the settings that a rule lists:

  \`\`\`json
  {
    "s3-versioned": "advisory",
    "kms-key-rotation": "remediate",
    "registry-allowed": { "enforcementLevel": "mandatory", "images": ["registry.example.com/"] },
    "object-store-tls": { "localStacks": ["local", "laptop"] }
  }
  \`\`\`

- What a preview can't know is neither passed nor failed in silence: \`known-after-creation\` lists it, and the update judges it before it creates the resource.
- What can't be read, such as a policy that is no JSON, is a violation.
- Older names of a type (\`aws.s3.BucketV2\` and its kin) are judged as the type itself. A Kubernetes patch (\`DeploymentPatch\`, \`SecretPatch\`) is judged as if it were the whole
  object: what it leaves out is not known to be safe. Where it is, an exception says so. Only a NamespacePatch may leave pod security out.
- A policy is told whether a resource is protected, but not whether it is kept on destroy (\`retainOnDelete\`); Granary's own tests hold that.
- Inside the cluster Loki and Tempo serve plain http, and network policies say who may speak to whom. \`telemetry-tls\` lets that pass for Services of a namespace in which the
  same stack denies all ingress by default. What stands elsewhere, such as a Prometheus that takes remote writes, has its policies from others, which the pack can't see: name it in
  \`plainHosts\`, as in \`"telemetry-tls": { "plainHosts": ["prometheus.monitoring.svc"] }\`. Secrets are fetched by https alone, unless \`secret-store-tls\` lists the host.
  The object store is never among them.

## Exceptions

An exception names a rule, a resource (a URN, in which \`*\` stands for anything), a reason, an owner and its last day. One that has ended, lacks a part or is not
needed is a violation itself. One list serves all stacks: an exception whose URN names another stack is left alone.

\`\`\`json
{
  "exceptions": {
    "list": [
      {
        "rule": "s3-versioned",
        "resource": "urn:pulumi:prod::granary::*::granary-store-tempo-traces-bucket",
        "reason": "Traces can be lost; versions cost more than they are worth.",
        "owner": "platform",
        "until": "2027-03-31"
      }
    ]
  }
}
\`\`\`

## Proof

\`npm run policy:mutations\` takes the real resources of all stacks, makes unsafe changes from a table in \`test/mutations\`, and asks the real analyzer. It prints how many
were caught for each rule, and all of them as \`caught/total\` in its last line. It fails when one is missed, when a rule has no mutation, or when a stack that nobody changed violates
a rule.
`;

export function page(): string {
  const all: readonly Described[] = [...rules, exceptionsLoaded, exceptionsNeeded, knownAfterCreation];
  const groups = [...new Set(all.map(({ group }) => group))];
  const table = ["| rule | severity | level | demands |", "| --- | --- | --- | --- |", ...all.map(row)].join("\n");
  const sections = groups.map((group) => [`## ${capital(group)}`, ...all.filter((rule) => rule.group === group).map(section)].join("\n\n"));
  return [`${intro}\n## All ${all.length} rules`, table, ...sections].join("\n\n").concat("\n");
}

const row = ({ id, severity, level, demands }: Described): string => `| [${id}](#${id}) | ${severity} | ${level} | ${demands} |`;

function section(rule: Described): string {
  const lines = [
    `- Severity ${rule.severity}, level \`${rule.level}\`, ${scopeOf(rule)}.`,
    `- Why: ${rule.reason}`,
    `- How to fix: ${rule.fix}`,
    ...namesOf(rule.names),
    ...Object.entries(rule.settings ?? {}).map(([name, schema]) => settingOf(name, fields(schema))),
    ...(rule.remediate && rule.level !== "remediate" ? ["- At the level `remediate` the pack corrects it."] : []),
  ];
  return `### ${rule.id}\n\n${rule.demands}\n\n${lines.join("\n")}`;
}

const scopeOf = ({ scope }: Described): string => {
  if (scope === "stack") return "judges the stack";
  return scope === "remediation" ? "corrects each resource" : scope === "resource" ? "judges each resource" : "is about the run";
};

function namesOf(names: Names | undefined): string[] {
  if (!names) return [];
  const lists = { "AWS FSBP": names.fsbp, CIS: names.cis, Checkov: names.checkov };
  const known = Object.entries(lists).flatMap(([tool, ids]) => (ids ? [`${tool} ${ids.join(", ")}`] : []));
  return [`- Elsewhere: ${known.join("; ")}.`];
}

const settingOf = (name: string, schema: Readonly<Record<string, unknown>>): string =>
  `- Setting \`${name}\`: ${String(schema.description)} Default: \`${JSON.stringify(schema.default)}\`.`;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
