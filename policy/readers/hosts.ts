// Whom an address leads to, and whether its host is listed.

/** The setting that lists hosts which may be spoken to without TLS. */
export const plainHosts = (byDefault: readonly string[], description: string) => ({
  type: "array" as const,
  items: { type: "string" as const },
  default: [...byDefault],
  description,
});

/** `http://user@loki.observability.svc:3100/push` and `tempo.observability.svc:4317` alike. */
export const hostOf = (address: string): string =>
  address
    .replace(/^[a-z]+:\/\//i, "")
    .replace(/^[^@/?#]*@/, "")
    .split(/[:/?#]/, 1)[0]
    ?.toLowerCase() ?? "";

/** `*.example.svc` in the list stands for every host below it. */
export const mayBePlain = (address: string, listed: unknown): boolean => {
  const host = hostOf(address);
  return (Array.isArray(listed) ? listed : [])
    .filter((pattern) => typeof pattern === "string")
    .some((pattern) => (pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern));
};

/** The namespace of a Service's name: `observability` of `loki.observability.svc.cluster.local`. */
export const serviceNamespace = (address: string): string | undefined =>
  /^(?:[^.]+\.)+([^.]+)\.svc(?:\.cluster\.local)?$/.exec(hostOf(address))?.[1];
