// Stands in for both ts-node and TypeScript where the SDK would start them: bin/typescript.cjs has compiled the sources already.
type Utilities = {
  typeScriptRequireStrings(): { tsnodeRequire: string; typescriptRequire: string };
  loadTypeScriptCompilerOptions(path: string): object;
};

export const version = "";
export function register(): void {}

/** Packs are type-checked by their SDK whenever they start; `npm test` does that here. */
export function useCompiledSources(sdk: NodeJS.Require): void {
  const utilities = sdk("@pulumi/pulumi/tsutils") as Utilities;
  utilities.typeScriptRequireStrings = () => ({ tsnodeRequire: __filename, typescriptRequire: __filename });
  utilities.loadTypeScriptCompilerOptions = () => ({});
}
