// What looks like a key. Shapes that are keys wherever they stand, and names beside which any literal is one.

const shapes: readonly [RegExp, string][] = [
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, "an AWS access key"],
  [/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/, "a private key"],
  [/\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/, "a JSON web token"],
  [/\bgh[pousr]_[A-Za-z0-9]{36,}\b/, "a GitHub token"],
  [/\bglsa_[A-Za-z0-9]{32}_[0-9a-f]{8}\b/, "a Grafana token"],
  [/\bglc_[A-Za-z0-9+/=]{40,}/, "a Grafana Cloud token"],
  [/\bhvs\.[A-Za-z0-9_-]{24,}/, "a Vault token"],
  [/\bops_eyJ[A-Za-z0-9_-]{40,}/, "a 1Password token"],
  [/\bxox[abprs]-[A-Za-z0-9-]{10,}/, "a Slack token"],
  // A password in a URL: not when it is a variable.
  [/\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@"'$]+:(?!\$\{?|%)[^\s:/@"']+@/i, "a URL with a password"],
];

const secretName =
  /^(?:.*[_.-])?(?:secret[_-]?(?:access[_-]?)?key|access[_-]?key(?:[_-]?(?:id|secret))?|password|passwd|passphrase|api[_-]?key|api[_-]?token|auth[_-]?token|bearer[_-]?token|access[_-]?token|client[_-]?secret|private[_-]?key|credential|token)$/i;

/** `secretAccessKey` and `secret_access_key` are the same name. */
const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();

export const isSecretName = (name: string): boolean => secretName.test(snake(name));

/** A reference to where a key is, or an obvious placeholder, is none. */
const isReference = (value: string): boolean =>
  value === "" ||
  value === "[secret]" ||
  /^\$\{?[A-Za-z_]\w*(:[-?]?)?\}?$/.test(value) ||
  /^\{\{.*\}\}$/s.test(value) ||
  /^\$\([A-Za-z_]\w*\)$/.test(value) ||
  /^\$__(env|file)\{[^}]+\}$/.test(value) ||
  /^(sys\.)?env\(/.test(value) ||
  /^\/[\w./-]+$/.test(value) ||
  /^(true|false|null|none|\d+)$/i.test(value);

/** What a text is, when it is a key by its shape. */
export const keyShape = (value: string): string | undefined => shapes.find(([shape]) => shape.test(value))?.[1];

/** What is wrong with this value under this name; nothing when it may stand there. Says what it found, never the value. */
export function credential(name: string, value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const shape = keyShape(value);
  if (shape) return `holds ${shape}`;
  if (isSecretName(name) && !isReference(value.trim())) return "holds a literal where a key belongs";
  const assigned = value.length > 3 ? assignment(value) : undefined;
  return assigned === undefined ? undefined : `gives ${assigned} a literal`;
}

/** The beginning of a reference or of a nested value, where the pattern below stops in the middle of it. */
const isOpening = (value: string): boolean => /[({[]$/.test(value) || /^(\$\(|\$__(env|file)\{|\{\{)/.test(value);

/** `password: x`, `"token": "x"`, `secret_key = "x"` and `--password=x` inside a longer text. */
function assignment(text: string): string | undefined {
  const pattern = /(?:^|[\s"',;&?-]|(?<!\$)\{)([A-Za-z][\w.-]{0,63}?)["']?[ \t]*(?:[:=][ \t]*)(["'`]?)([^\s"'`,;}&]+)\2/g;
  for (const [, name, , value] of text.matchAll(pattern)) {
    if (name !== undefined && value !== undefined && isSecretName(name) && !isReference(value) && !isOpening(value)) return name;
  }
  return undefined;
}
