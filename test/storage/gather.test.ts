import { expect, test } from "vitest";
import { Gathered } from "../../components/storage/gather";

const settled = <T>(output: { promise?: () => Promise<T> }) => (output as { promise: () => Promise<T> }).promise();

test("what several buckets want is complete before any resource that holds it is registered", async () => {
  const wishes = new Gathered<string>();
  const joined = wishes.as((all) => all.join());
  wishes.add("a");
  wishes.add("b");
  expect(await settled<string>(joined as never)).toBe("a,b");
});

test("a bucket that is asked for too late is refused, not forgotten", async () => {
  const wishes = new Gathered<string>();
  await Promise.resolve();
  expect(() => wishes.add("late")).toThrow(/after the program had been composed/);
});
