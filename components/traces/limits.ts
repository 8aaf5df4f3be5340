// A tenant's limits: its own over the stack's.
import type { GranaryConfig } from "../config/schema";
import type { TracesConfig } from "./input";

export type Limits = TracesConfig["limits"];
export type OwnTraces = NonNullable<GranaryConfig["tenants"][number]["traces"]>;

/** A rate of its own brings a burst in the stack's proportion, in which the largest trace still fits. */
export function limitsOf(stack: Limits, own: OwnTraces = {}): Limits {
  const maxTraceSize = own.maxTraceSize ?? stack.maxTraceSize;
  const ingestionRate = own.ingestionRate ?? stack.ingestionRate;
  const inProportion = Math.ceil((ingestionRate.bytes * stack.ingestionBurst.bytes) / stack.ingestionRate.bytes);
  const derived = own.ingestionRate ? { bytes: Math.max(inProportion, maxTraceSize.bytes) } : stack.ingestionBurst;
  return { ...stack, ingestionRate, ingestionBurst: own.ingestionBurst ?? derived, maxTraceSize };
}
