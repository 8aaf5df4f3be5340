// Looks for secrets in a state's text.
import { signature } from "../../../../preview/wire/values";

interface Marked {
  readonly [signature]?: string;
  readonly plaintext?: string;
}

/** The provider keeps a release's inputs a second time, as one secret. */
const wholeInputs = "__inputs";

/** The secrets of a state that was exported with `--show-secrets`: texts long enough not to occur by chance. */
export function secretsIn(state: string): string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const { [signature]: mark, plaintext } = value as Marked;
    if (mark !== undefined && plaintext !== undefined) for (const text of texts(JSON.parse(plaintext))) found.add(text);
    for (const [key, entry] of Object.entries(value)) if (key !== wholeInputs) look(entry);
  };
  look(JSON.parse(state));
  return [...found];
}

function texts(value: unknown): string[] {
  if (typeof value === "string") return value.length >= 8 ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** Those of the secrets that a text holds, as they are or as base64. */
export function exposed(text: string, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => text.includes(secret) || encodings(secret).some((encoded) => text.includes(encoded)));
}

/** Base64 depends on what stands before: three ways, without the characters that neighbours change. */
function encodings(secret: string): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${" ".repeat(before)}${secret}`)
      .toString("base64")
      .replace(/=+$/, "");
    return encoded.slice(before === 0 ? 0 : before + 1, -2);
  });
}
