// One broken property, one violation: the form that the tables of the tests have.
import { expect, it } from "vitest";
import type { Resource } from "../../policy/resource";
import type { Properties } from "../../preview/wire/values";
import type { Edit } from "../mutations/edit";
import { judge, valid, withInstead } from "./judge";

/** The kind of the valid resource, what is done to it, the rule that must say so, and its words. */
export type Case = readonly [kind: string, what: string, edit: Edit, rule: string, says: string];

export function changed(kind: string, edit: Edit): Resource {
  const resource = valid[kind];
  if (!resource) throw new Error(`there is no valid ${kind}`);
  const props = structuredClone(resource.props) as Properties;
  edit(props);
  return { ...resource, props };
}

/** Exactly one violation, of the whole pack, about the resource that was changed or the one named. */
export function breaksOne(cases: readonly Case[]): void {
  it.each(cases)("%s: %s", (kind, _, edit, rule, says) => {
    const found = judge(withInstead({ [kind]: changed(kind, edit) }));
    expect(found.map(({ rule: by, says: words }) => ({ rule: by, says: words }))).toEqual([{ rule, says }]);
  });
}

/** Things that look alike and are fine. */
export function staysFine(cases: readonly (readonly [kind: string, what: string, edit: Edit])[]): void {
  it.each(cases)("%s: %s is fine", (kind, _, edit) => {
    expect(judge(withInstead({ [kind]: changed(kind, edit) }))).toEqual([]);
  });
}
