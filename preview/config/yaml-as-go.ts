// The CLI reads YAML with a library of its own, which takes some plain texts for something else than YAML 1.2 does: a preview that read
// them otherwise would hide it. Dates become texts with a time, and integers may have underscores or a leading zero for octal.
import type { ScalarTag } from "yaml";

const legacyInteger: ScalarTag = {
  tag: "tag:yaml.org,2002:int",
  default: true,
  test: /^[-+]?(?:0[0-7_]+|0b[01_]+|[0-9][0-9_]*_[0-9_]*)$/,
  resolve(text) {
    const digits = text.replaceAll("_", "");
    const sign = digits.startsWith("-") ? -1 : 1;
    const bare = digits.replace(/^[-+]/, "");
    return sign * Number(/^0[0-7]+$/.test(bare) ? `0o${bare.slice(1)}` : bare);
  },
};

const timestamp: ScalarTag = {
  tag: "tag:yaml.org,2002:timestamp",
  default: true,
  test: /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]|\s+)(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z|[-+]\d{2}:\d{2})?)?$/,
  resolve(text) {
    const [, year, month, day, hours = "0", minutes = "0", seconds = "0", fraction = "", zone = "Z"] = timestamp.test?.exec(text) ?? [];
    if (!isDate(Number(year), Number(month), Number(day)) || (zone !== "Z" && !/[Tt]/.test(text))) return text;
    const two = (part = "") => part.padStart(2, "0");
    const offset = zone === "Z" ? "+0000 UTC" : `${zone.replace(":", "")} ${zone.replace(":", "")}`;
    const trimmed = fraction.replace(/\.?0+$/, "");
    return `${year}-${two(month)}-${two(day)} ${two(hours)}:${two(minutes)}:${two(seconds)}${trimmed} ${offset}`;
  },
};

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Tags for the `yaml` package that go before its own. */
export const tagsOfGo = [legacyInteger, timestamp];
