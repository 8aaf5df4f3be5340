// YAML whose bytes depend on the value alone: keys sorted, no anchors, no folding, strings quoted wherever YAML 1.1 or 1.2 would read something else.
import { stringify } from "yaml";

export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain | undefined };

/** Keys that hold undefined are left out. */
export function renderYaml(value: Plain): string {
  return stringify(value, { version: "1.1", sortMapEntries: true, aliasDuplicateObjects: false, lineWidth: 0, indentSeq: false });
}
