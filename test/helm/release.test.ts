import { expect, test } from "vitest";
import { expectOk, previewStack } from "../support/preview";

// The provider drops empty lists from a release's values unless it is told to keep nulls (`excludeNulls` in its helm_release.go).
test.each(["dev", "prod", "hetzner", "local"])("every release of %s keeps empty lists and nulls in its values", async (stack) => {
  const releases = (await expectOk(previewStack(stack))).ofType(/:Release$/);
  expect(releases.length).toBeGreaterThan(1);
  expect(releases.filter(({ inputs }) => inputs.allowNullValues !== true)).toEqual([]);
});
