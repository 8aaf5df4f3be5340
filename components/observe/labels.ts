/** What everything here carries, so that it can be listed. */
export const partOfGranary = { "app.kubernetes.io/part-of": "granary" } as const;
