// Exceptions: who allowed what, for which resource, why, and until when.
import { isFields, list, text } from "./readers/values";
import { stackOf } from "./resource";

interface Exception {
  readonly rule: string;
  readonly resource: RegExp;
  readonly pattern: string;
  /** The last day on which it holds, as YYYY-MM-DD. */
  readonly until: string;
  /** The stacks under way that needed it. */
  readonly usedBy: Set<string>;
}

const parts = ["rule", "resource", "reason", "owner", "until"] as const;

/** The exceptions of a pack, and which of them a stack needed. */
export class Exceptions {
  private exceptions: Exception[] = [];
  private malformed: string[] = [];
  private loaded: unknown;

  constructor(
    private readonly rules: ReadonlySet<string>,
    private readonly today: () => string,
  ) {}

  /** Takes what a policy-config says; the same list again changes nothing. */
  load(entries: unknown): void {
    const written = JSON.stringify(entries ?? []);
    if (written === this.loaded) return;
    this.loaded = written;
    this.exceptions = [];
    this.malformed = [];
    for (const [i, entry] of list(entries).entries()) {
      const faults = this.faultsOf(entry);
      this.malformed.push(...faults.map((fault) => `exception ${i + 1} ${fault}`));
      if (faults.length > 0 || !isFields(entry)) continue;
      const pattern = String(entry.resource);
      this.exceptions.push({ rule: String(entry.rule), resource: glob(pattern), pattern, until: String(entry.until), usedBy: new Set() });
    }
  }

  /** Whether a violation is excepted. An exception that has ended covers nothing. */
  covers(rule: string, urn: string): boolean {
    const found = this.exceptions.find((exception) => exception.rule === rule && exception.resource.test(urn));
    if (!found) return false;
    found.usedBy.add(stackOf(urn));
    return found.until >= this.today();
  }

  /** What is wrong with the exceptions themselves, in a run of this stack. */
  *faults(stack: string): Generator<string> {
    yield* this.malformed;
    for (const { rule, pattern, until, usedBy } of this.exceptions) {
      if (until < this.today()) yield `the exception from ${rule} for ${pattern} ended on ${until}`;
      else if (!usedBy.has(stack) && mayMeet(pattern, stack))
        yield `the exception from ${rule} for ${pattern} is not needed: nothing there violates the rule`;
    }
  }

  /** A stack is done with; its next run must need its exceptions again. */
  forget(stack: string): void {
    for (const exception of this.exceptions) exception.usedBy.delete(stack);
  }

  private faultsOf(entry: unknown): string[] {
    if (!isFields(entry)) return ["is not an object"];
    const faults = parts.filter((part) => !text(entry[part])?.trim()).map((part) => `says no ${part}`);
    const unknown = Object.keys(entry).filter((key) => !(parts as readonly string[]).includes(key));
    faults.push(...unknown.map((key) => `has the key ${key}, which none has`));
    const { rule, resource, until } = entry;
    if (typeof rule === "string" && rule && !this.rules.has(rule)) faults.push(`names the rule ${rule}, which there is not`);
    if (typeof resource === "string" && /^[*:]+$/.test(resource)) faults.push("names every resource");
    if (typeof until === "string" && until && !isDate(until)) faults.push(`ends on ${until}, which is no date like 2027-03-31`);
    return faults;
  }
}

const isDate = (value: string): boolean => {
  const time = new Date(`${value}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value);
};

const glob = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  );

/** One policy-config serves several stacks: an exception that is for another one is not unused here. */
const mayMeet = (pattern: string, stack: string): boolean => {
  const named = stackOf(pattern);
  return named === "" || glob(named).test(stack);
};
