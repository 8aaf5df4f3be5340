// Small edits of a resource's properties, by path; each throws when there is nothing at the place that it should change.
import { parse, stringify } from "yaml";
import { isUnknown, type Properties, type Value } from "../../preview/wire/values";

export type Edit = (props: Properties) => void;

/** The text to change is known only after creation, so there is nothing to change in a preview. */
export class NothingKnown extends Error {}

/** Puts a value at a path, making the objects on the way; `[0]` steps are written as `.0`. */
export const set =
  (path: string, value: Value): Edit =>
  (props) => {
    const [holder, key] = place(props, path, true);
    (holder as Properties)[key] = value;
  };

export const unset =
  (path: string): Edit =>
  (props) => {
    const [holder, key] = place(props, path, false);
    if (!(key in (holder as Properties))) throw new Error(`there is no ${path} to take away`);
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete (holder as Properties)[key];
  };

/** Appends to a list, which is made where there is none. */
export const push =
  (path: string, value: Value): Edit =>
  (props) => {
    const [holder, key] = place(props, path, true);
    const slot = holder as Properties;
    const items = slot[key] ?? [];
    if (!Array.isArray(items)) throw new Error(`${path} is no list`);
    slot[key] = [...items, value];
  };

export const both =
  (...edits: readonly Edit[]): Edit =>
  (props) => {
    for (const edit of edits) edit(props);
  };

/** Changes a text. */
export const rewrite =
  (path: string, change: (text: string) => string): Edit =>
  (props) => {
    const [holder, key] = place(props, path, false);
    const slot = holder as Properties;
    const text = slot[key];
    if (isUnknown(text)) throw new NothingKnown(path);
    if (typeof text !== "string") throw new Error(`${path} is no text`);
    const changed = change(text);
    if (changed === text) throw new Error(`the text at ${path} did not change`);
    slot[key] = changed;
  };

export const replace = (path: string, from: string | RegExp, to: string): Edit => rewrite(path, (text) => text.replace(from, to));

/** Edits what a JSON text says. */
export const json = (path: string, edit: Edit): Edit => inside(path, JSON.parse, (value) => JSON.stringify(value), edit);

/** Edits what a YAML text says. */
export const yaml = (path: string, edit: Edit): Edit => inside(path, parse, (value) => stringify(value), edit);

const inside = (path: string, read: (text: string) => unknown, write: (value: unknown) => string, edit: Edit): Edit =>
  rewrite(path, (text) => {
    const value = read(text) as Properties;
    edit(value);
    return write(value);
  });

function place(props: Properties, path: string, make: boolean): [Properties | Value[], string] {
  const steps = escaped(path);
  const last = steps.pop() ?? "";
  let current: Value | undefined = props;
  for (const step of steps) {
    const holder = current as Properties;
    if (holder[step] === undefined && make) holder[step] = {};
    current = holder[step];
    if (typeof current !== "object" || current === null) throw new Error(`there is no ${step} on the way to ${path}`);
  }
  return [current as Properties | Value[], last];
}

/** Dots separate steps; `\.` is a dot in a name. */
const escaped = (path: string): string[] => path.split(/(?<!\\)\./).map((step) => step.replaceAll("\\.", "."));
