/** Metadata with labels, if there are any: an empty map would count as a change in every server-side apply. */
export function labelled<Metadata extends object>(metadata: Metadata, labels: Readonly<Record<string, string>>) {
  return Object.keys(labels).length > 0 ? { ...metadata, labels } : metadata;
}
