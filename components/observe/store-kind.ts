import type { GranaryConfig } from "../config/schema";

/** Which store lies below, for the metrics that only it has. */
export type StoreKind = GranaryConfig["storage"]["kind"];
