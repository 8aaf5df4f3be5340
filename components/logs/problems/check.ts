// The form of the checks in this folder.
import type { Problem } from "../../config/problems";
import type { GranaryConfig } from "../../config/schema";
import type { LogsConfig } from "../sizes";

export type Check = (logs: LogsConfig, config: GranaryConfig) => readonly Problem[];

export const at = (path: string, message: string): Problem => ({ path: `granary:logs${path}`, message });
export const when = (wrong: boolean, path: string, message: () => string): Problem[] => (wrong ? [at(path, message())] : []);
