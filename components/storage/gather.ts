// Several buckets' needs that one resource has to hold together: a shared bucket's rules, a role's policies.
import * as pulumi from "@pulumi/pulumi";

/** Takes entries while the program composes itself, and is complete once that is done. */
export class Gathered<Entry> {
  private readonly entries: Entry[] = [];
  private complete = false;
  /** Everything that was added; settled before any resource that holds it is registered. */
  private readonly settled: Promise<readonly Entry[]>;

  constructor() {
    this.settled = Promise.resolve().then(() => {
      this.complete = true;
      return this.entries;
    });
  }

  add(entry: Entry): void {
    if (this.complete) throw new Error("a bucket was asked for after the program had been composed");
    this.entries.push(entry);
  }

  /** What `compile` makes of all entries, as an input for a resource. */
  as<Result>(compile: (entries: readonly Entry[]) => Result): pulumi.Output<Result> {
    return pulumi.output(this.settled.then(compile)) as pulumi.Output<Result>;
  }
}
