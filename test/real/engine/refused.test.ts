// A store that answers LIST and rejects PUT: `up` names the next step and leaves no bucket. It succeeds once the store accepts writes.
import { afterAll, beforeAll, expect, it } from "vitest";
import { bucketsOf } from "../support/engine/buckets";
import { type LivingStack, stackNeeds, startStack } from "../support/engine/living-stack";
import { type RefusingDoor, refusingDoor } from "../support/refusing-door";
import { describeReal } from "../support/suite";

describeReal("A store that answers LIST and rejects PUT, and the stack local", stackNeeds("local"), () => {
  let living: LivingStack;
  let door: RefusingDoor;

  beforeAll(async () => {
    living = await startStack("local");
    door = await refusingDoor(living.store.server?.endpoint ?? "");
    door.refuses = true;
    living.project.configure({ "granary:storage": { managementEndpoint: door.endpoint } });
  });
  afterAll(async () => {
    door?.close();
    await living?.stop();
  });

  it("names the bucket and the next step, and leaves no bucket", async () => {
    const up = await living.project.up();
    expect(up.code).not.toBe(0);
    expect(up.text).toMatch(
      /could not create bucket granary-loki-chunks at .*: AccessDenied on CreateBucket: the key that Pulumi runs with may not do this; use a key that may create buckets/,
    );
    expect(await bucketsOf(living)).toEqual([]);
  });

  it("takes the stack once it writes", async () => {
    door.refuses = false;
    await living.project.expectOk(living.project.up());
    await living.project.expectOk(living.project.up("--expect-no-changes"));
    expect(await bucketsOf(living)).toEqual(["granary-loki-chunks", "granary-loki-ruler", "granary-tempo-traces"]);
  });
});
