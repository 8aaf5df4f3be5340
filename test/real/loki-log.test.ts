import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { loki } from "./servers";
import { startLokiOnDisk } from "./support/disk-loki";
import { describeReal } from "./support/suite";
import { pause } from "./support/writer";

// Its log is collected and stored like any other: what it says over and over costs as much as what it is asked to keep.
describeReal("The log of a single Loki", [loki], () => {
  it("holds no warning that comes again and again once its programs have found one another", async () => {
    const one = await startLokiOnDisk();
    try {
      // Its programs find one another within seconds, and complain until then.
      await pause(10_000);
      const before = readFileSync(one.log, "utf8").length;
      // Two heartbeats of the ring, which come every 15 seconds, and some more.
      await pause(40_000);
      const warnings = readFileSync(one.log, "utf8")
        .slice(before)
        .split("\n")
        .filter((line) => /level=(?:warn|error)/.test(line))
        .map((line) => /msg=("(?:[^"\\]|\\.)*"|\S+)/.exec(line)?.[1] ?? line);
      const again = warnings.filter((message, i) => warnings.indexOf(message) < i);
      console.log(`warnings and errors in 40 s: ${JSON.stringify(warnings)}`);
      expect(again).toEqual([]);
    } finally {
      await one.stop();
    }
  });
});
