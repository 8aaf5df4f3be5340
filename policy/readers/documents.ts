// Access policies in the language of AWS IAM, as the strictest reader takes them: a bucket's, a role's, a key's, and what Ceph makes of them.
import { readJson } from "./json";
import { memo } from "./memo";
import { isFields, oneOrMany } from "./values";

export interface Principal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`; `*` for the bare star. */
  readonly kind: string;
  readonly id: string;
}

export interface Condition {
  /** Lower case: `stringequals`, `boolifexists`, `foranyvalue:stringlike`. */
  readonly operator: string;
  /** Lower case: `aws:securetransport`. */
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  /** Its Sid, or its place: `statement 2`. */
  readonly label: string;
  readonly allows: boolean;
  /** Lower case. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly Principal[];
  /** Those of NotPrincipal. */
  readonly spared: readonly Principal[];
  /** Which of NotAction, NotResource and NotPrincipal it uses. */
  readonly inversions: readonly string[];
  readonly conditions: readonly Condition[];
}

export interface AccessDocument {
  readonly statements: readonly Statement[];
  readonly problems: readonly string[];
  /** Without white space, as IAM counts it. */
  readonly compactLength: number;
}

const documentKeys = new Set(["Version", "Id", "Statement"]);
const principalKeys = ["Principal", "NotPrincipal"];
const actionKeys = ["Action", "NotAction"];
const resourceKeys = ["Resource", "NotResource"];
const statementKeys = new Set(["Sid", "Effect", "Condition", ...principalKeys, ...actionKeys, ...resourceKeys]);

export const readDocument = memo((source: string): AccessDocument => {
  const { value, problem } = readJson(source);
  const problems = problem ? [problem] : [];
  if (!isFields(value)) {
    return { statements: [], problems: problem ? problems : ["is not a JSON object"], compactLength: source.length };
  }
  for (const key of Object.keys(value)) if (!documentKeys.has(key)) problems.push(`has the element "${key}", which no policy has`);
  if (value.Version !== "2012-10-17") problems.push(`has Version ${JSON.stringify(value.Version) ?? "left out"} instead of "2012-10-17"`);
  const written = oneOrMany(value.Statement);
  if (written.length === 0) problems.push("has no statement");
  const statements = written.flatMap((statement, i) => {
    const label = isFields(statement) && typeof statement.Sid === "string" && statement.Sid ? statement.Sid : `statement ${i + 1}`;
    if (!isFields(statement)) {
      problems.push(`${label} is not an object`);
      return [];
    }
    problems.push(...faults(statement).map((fault) => `${label} ${fault}`));
    return [readStatement(statement, label)];
  });
  return { statements, problems, compactLength: JSON.stringify(value).length };
});

function faults(statement: Readonly<Record<string, unknown>>): string[] {
  const found: string[] = [];
  for (const key of Object.keys(statement)) if (!statementKeys.has(key)) found.push(`has the element "${key}", which no statement has`);
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny")
    found.push(`has Effect ${JSON.stringify(statement.Effect) ?? "left out"}`);
  for (const pair of [principalKeys, actionKeys, resourceKeys]) {
    if (pair.every((key) => key in statement)) found.push(`has both ${pair.join(" and ")}`);
  }
  if (!actionKeys.some((key) => key in statement)) found.push("names no Action");
  for (const key of [...actionKeys, ...resourceKeys]) {
    if (!(key in statement)) continue;
    const items = oneOrMany(statement[key]);
    if (items.length === 0 || items.some((item) => typeof item !== "string" || item === "")) {
      found.push(`has ${key} that is neither a string nor a list of strings`);
    }
  }
  for (const key of principalKeys)
    if (key in statement && !isPrincipal(statement[key])) found.push(`has ${key} in no form that is understood`);
  if ("Condition" in statement && !isCondition(statement.Condition)) found.push("has Condition in no form that is understood");
  return found;
}

const strings = (value: unknown): boolean =>
  oneOrMany(value).length > 0 && oneOrMany(value).every((item) => typeof item === "string" && item !== "");
const isPrincipal = (value: unknown): boolean =>
  value === "*" || (isFields(value) && Object.keys(value).length > 0 && Object.values(value).every(strings));
const isCondition = (value: unknown): boolean =>
  isFields(value) &&
  Object.values(value).every(
    (tests) => isFields(tests) && Object.values(tests).every((values) => oneOrMany(values).every((v) => !isFields(v) && v !== null)),
  );

function readStatement(statement: Readonly<Record<string, unknown>>, label: string): Statement {
  const words = (key: string) => oneOrMany(statement[key]).filter((item) => typeof item === "string");
  return {
    label,
    // Anything but a clear Deny counts as an Allow: the stricter reading of a malformed effect.
    allows: statement.Effect !== "Deny",
    actions: words("Action").map((action) => action.toLowerCase()),
    resources: words("Resource"),
    principals: readPrincipals(statement.Principal),
    spared: readPrincipals(statement.NotPrincipal),
    inversions: ["NotAction", "NotResource", "NotPrincipal"].filter((key) => key in statement),
    conditions: readConditions(statement.Condition),
  };
}

function readPrincipals(value: unknown): Principal[] {
  if (!isFields(value)) return oneOrMany(value).map((id) => ({ kind: "*", id: String(id) }));
  return Object.entries(value).flatMap(([kind, ids]) => oneOrMany(ids).map((id) => ({ kind, id: String(id) })));
}

function readConditions(value: unknown): Condition[] {
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([operator, tests]) =>
    isFields(tests)
      ? Object.entries(tests).map(([key, values]) => ({
          operator: operator.toLowerCase(),
          key: key.toLowerCase(),
          values: oneOrMany(values).map(String),
        }))
      : [],
  );
}

export const hasWildcard = (pattern: string): boolean => /[*?]/.test(pattern);

/** Whether a principal means everyone, however it is written. */
export const isEveryone = (principal: Principal): boolean =>
  principal.id === "*" || (principal.kind === "AWS" && hasWildcard(principal.id));

const exactOperators = new Set(["stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"]);

/**
 * Why a statement's conditions do not hold the key to fixed values; nothing when they do. `IfExists` and `ForAllValues` are also true
 * where the key is absent, a negated operator lets everything else in, and `ArnEquals` reads wildcards just as `ArnLike` does.
 */
export function looseness(conditions: readonly Condition[], key: string): string | undefined {
  const about = conditions.filter((condition) => condition.key === key.toLowerCase());
  if (about.length === 0) return `no condition on ${key}`;
  const reasons = about.map(({ operator, values }) => {
    const bare = operator.replace(/^foranyvalue:/, "");
    if (bare.endsWith("ifexists")) return `${operator} is also true where ${key} is absent`;
    if (bare.startsWith("forallvalues:")) return `${operator} is also true where ${key} is absent`;
    if (!exactOperators.has(bare)) return `${operator} does not hold ${key} to fixed values`;
    if (values.length === 0) return `${key} is compared with nothing`;
    const open = values.find(hasWildcard);
    return open === undefined ? undefined : `${key} may be anything like "${open}"`;
  });
  return reasons.includes(undefined) ? undefined : reasons[0];
}
