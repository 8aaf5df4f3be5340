// The form of the checks in this folder.
import type { Problem } from "../../config/problems";
import { problemsBelow } from "../../config/problems-below";
import type { GranaryConfig } from "../../config/schema";
import type { LogsConfig } from "../sizes";

export type Check = (logs: LogsConfig, config: GranaryConfig) => readonly Problem[];

export const { at, when } = problemsBelow("granary:logs");
