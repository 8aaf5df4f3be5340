// YAML configuration as a strict reader takes it: a key given twice, or text that does not parse, is a problem and never a crash.
import { parseDocument } from "yaml";
import { memo } from "./memo";

export interface Yaml {
  readonly value?: unknown;
  readonly problem?: string;
}

export const readYaml = memo((source: string): Yaml => {
  try {
    const document = parseDocument(source, { uniqueKeys: true, logLevel: "silent" });
    const error = document.errors[0];
    if (error) return { problem: error.message.split("\n", 1)[0] ?? "can't be read" };
    // Aliases may refer to themselves or multiply: more of them than any configuration has is refused.
    return { value: document.toJS({ maxAliasCount: 100 }) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
});
