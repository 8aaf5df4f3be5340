// LogQL stream selectors, built from names so that no name can end its own string.

/** A name taken literally inside a regular expression. */
export const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** `{namespace=~"a|b",app="web"}`; undefined when nothing is asked of the stream. */
export function streamSelector(wanted: Readonly<Record<string, readonly string[] | undefined>>): string | undefined {
  const matchers = Object.entries(wanted).flatMap(([label, values]) => {
    if (values === undefined || values.length === 0) return [];
    const [only, ...others] = values;
    if (only !== undefined && others.length === 0) return [`${label}=${JSON.stringify(only)}`];
    return [`${label}=~${JSON.stringify(values.map(escapeRegex).join("|"))}`];
  });
  return matchers.length > 0 ? `{${matchers.join(",")}}` : undefined;
}

/** `{namespace=~".+",namespace!~"a|b"}`: streams that have the label, with another value. */
export const otherStreams = (label: string, values: readonly string[]): string =>
  `{${label}=~".+",${label}!~${JSON.stringify(values.map(escapeRegex).join("|"))}}`;
