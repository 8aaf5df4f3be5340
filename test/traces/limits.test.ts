import { describe, expect, it } from "vitest";
import { limitsOf, type OwnTraces } from "../../components/traces/limits";

const mebibytes = (count: number) => ({ bytes: count * 2 ** 20 });
const stack = { ingestionRate: mebibytes(15), ingestionBurst: mebibytes(20), maxTraceSize: mebibytes(5), maxLiveTraces: 10 };
const own = (traces: OwnTraces) => limitsOf(stack, traces);

describe("a tenant's limits of traces", () => {
  it("are the stack's where it says nothing", () => {
    expect(own({})).toEqual(stack);
    expect(own({ retention: { seconds: 86400 } })).toEqual(stack);
  });

  it("bring a burst with the rate, in the stack's proportion", () => {
    expect(own({ ingestionRate: mebibytes(60) }).ingestionBurst).toEqual(mebibytes(80));
    expect(own({ ingestionRate: mebibytes(60), ingestionBurst: mebibytes(61) }).ingestionBurst).toEqual(mebibytes(61));
  });

  it("leave room in the burst for the largest trace", () => {
    expect(own({ ingestionRate: mebibytes(1) }).ingestionBurst).toEqual(mebibytes(5));
    expect(own({ ingestionRate: mebibytes(1), maxTraceSize: mebibytes(9) }).ingestionBurst).toEqual(mebibytes(9));
  });
});
