/** Lets the SDK's source-map-support find the compiled text of a file that bin/typescript.cjs compiled in memory. */
export function mapStackTraces(sdk: NodeJS.Require): void {
  const { loaded } = require("../../bin/typescript.cjs") as { loaded: ReadonlyMap<string, string> };
  const support = sdk("source-map-support") as { install(options: { retrieveFile(path: string): string | null }): void };
  support.install({ retrieveFile: (path) => loaded.get(path.replace(/^file:\/\//, "")) ?? null });
}
