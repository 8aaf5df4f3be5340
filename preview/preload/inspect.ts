import util from "node:util";

/**
 * The SDK prints errors with `util.inspect(error, { colors: true })`, and on source-mapped stacks that search for module names in
 * colour does not end in reasonable time (nodejs/node#64011). Colour is ours to add, so it is never asked for.
 */
export function plainInspect(): void {
  const inspect = util.inspect;
  const plain = (value: unknown, options?: unknown, ...rest: unknown[]) =>
    (inspect as (...all: unknown[]) => string)(value, withoutColors(options), ...rest);
  util.inspect = Object.assign(plain, inspect) as unknown as typeof util.inspect;
}

function withoutColors(options: unknown): unknown {
  return typeof options === "object" && options !== null ? { ...options, colors: false } : options;
}
