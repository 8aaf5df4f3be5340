import { isObject, isUnknown, markOf, marks, type Value, visit } from "../wire/values";

/** Shorter ones can't be told from ordinary text. */
const shortest = 4;
/** Lines of longer secrets, such as keys in PEM. */
const shortestLine = 8;
export const masked = "[secret]";

/** Remembers the secret strings of a stack and takes them out of any text that is to be shown. */
export class Secrets {
  private readonly known = new Set<string>();
  private pattern: RegExp | undefined;

  add(text: string): void {
    for (const form of formsOf(text)) {
      if (form.length < shortest || this.known.has(form)) continue;
      this.known.add(form);
      this.pattern = undefined;
    }
  }

  /** Learns every secret inside a value: what is marked as one may also turn up unmarked. */
  learn(value: Value): void {
    visit(value, (inner) => {
      const hidden = markOf(inner) === marks.secret || (markOf(inner) === marks.output && isObject(inner) && inner.secret === true);
      if (hidden && isObject(inner)) this.addStrings(inner.value);
      return !hidden;
    });
  }

  mask(text: string): string {
    if (this.known.size === 0) return text;
    // Longest first, so that a secret that holds another one disappears as a whole.
    this.pattern ??= new RegExp(
      [...this.known]
        .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
        .map(escaped)
        .join("|"),
      "g",
    );
    return text.replace(this.pattern, masked);
  }

  private addStrings(value: Value | undefined): void {
    visit(value, (inner) => {
      if (typeof inner === "string" && !isUnknown(inner) && !(inner in marksByValue)) this.add(inner);
      return true;
    });
  }
}

const marksByValue: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(marks).map(([name, value]) => [value, name]));

/** The shapes in which a secret appears in texts: as it is, in JSON, in a URL, in a Kubernetes Secret, line by line. */
function formsOf(text: string): string[] {
  const lines = text.includes("\n") ? text.split("\n").map((line) => line.trim()) : [];
  const ownLines = lines.filter((line) => line.length >= shortestLine);
  return [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), Buffer.from(text).toString("base64"), ...ownLines];
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
