import { describe, it } from "vitest";
import type { Requirement } from "../servers";

/**
 * Tests that need something which may not be there. Without it they are listed as skipped with the reason;
 * with GRANARY_REQUIRE_REAL=1 they fail, for then everything was promised to be there.
 */
export function describeReal(title: string, needs: readonly Requirement[], tests: () => void): void {
  const missing = [...new Set(needs.flatMap((need) => need.missing()))];
  if (missing.length === 0) return void describe(title, tests);
  if (process.env.GRANARY_REQUIRE_REAL === "1") {
    return void describe(title, () => {
      it("has what it needs", () => {
        throw new Error(missing.join("\n"));
      });
    });
  }
  console.warn(`skipped: ${title}: ${missing.join("; ")}`);
  describe.skipIf(true)(`${title} (${missing.join("; ")})`, tests);
}
