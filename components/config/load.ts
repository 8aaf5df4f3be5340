// The one reader of Pulumi's configuration.
import * as pulumi from "@pulumi/pulumi";
import { parseConfig } from "./parse";
import type { Problem } from "./problems";
import type { GranaryConfig } from "./schema";

/** Ends the program before anything is registered; Pulumi prints its message without a stack trace. */
export class ConfigurationError extends pulumi.RunError {
  constructor(stack: string, problems: readonly Problem[]) {
    const count = problems.length === 1 ? "1 mistake" : `${problems.length} mistakes`;
    const lines = problems.map(({ path, message }) => `  ${path}\n      ${message}`);
    super(`${count} in the configuration of stack ${stack} (Pulumi.${stack}.yaml); nothing was changed.\n${lines.join("\n")}`);
  }
}

/** The SDK has this function but leaves it out of its types. */
const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };

export function loadConfig(): GranaryConfig {
  const prefix = `${pulumi.getProject()}:`;
  const all: Record<string, string> = pulumi.runtime.allConfig();
  const own = Object.entries(all).filter(([key]) => key.startsWith(prefix));
  const raw = Object.fromEntries(own.map(([key, text]) => [key.slice(prefix.length), text]));
  const parsed = parseConfig(raw, (key) => isConfigSecret(prefix + key));
  if ("problems" in parsed) throw new ConfigurationError(pulumi.getStack(), parsed.problems);
  return parsed.config;
}
