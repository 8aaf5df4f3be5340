import Module from "node:module";
import { scriptUrls } from "./script-urls";

type Loaded = Record<string, unknown>;
type Stub = NodeJS.Module & { exports: Loaded };

/** SDK modules that only serializing a function needs (dynamic providers, callbacks), with all that they export. */
export const deferredFunctions: Readonly<Record<string, readonly string[]>> = {
  "@pulumi/pulumi/runtime/closure/serializeClosure": ["serializeFunction", "serializeFunctionAsync"],
  "@pulumi/pulumi/runtime/closure/codePaths": ["computeCodePaths", "findWorkspaceRoot"],
};
/** Modules that others hold as a namespace and use late or never: for programs that drive Pulumi themselves, and for tracing. */
export const deferredNamespaces = [
  "@pulumi/pulumi/automation",
  "@opentelemetry/resources",
  "@opentelemetry/sdk-trace-base",
  "@opentelemetry/sdk-trace-node",
  "@opentelemetry/exporter-zipkin",
  "@opentelemetry/instrumentation",
  "@opentelemetry/instrumentation-grpc",
];
/** What every panel of the dashboards' SDK can also be built for: newer forms of a dashboard, which Granary does not write. */
export const deferredDashboards = ["dashboardv2", "dashboardv2beta1"].map((name) => `@grafana/grafana-foundation-sdk/${name}`);

/** Puts a stand-in for each module into the require cache; the module itself is loaded when something of it is used. */
export function deferClosureModules(sdk: NodeJS.Require): void {
  for (const [name, functions] of Object.entries(deferredFunctions)) {
    standIn(sdk, name, (real) => ({
      __esModule: true,
      ...Object.fromEntries(
        functions.map((key) => [key, (...args: unknown[]) => (real()[key] as (...all: unknown[]) => unknown)(...args)]),
      ),
    }));
  }
  for (const name of [...deferredNamespaces, ...deferredDashboards]) {
    standIn(
      sdk,
      name,
      (real) =>
        new Proxy({ __esModule: true } as Loaded, {
          get: (_, key) => (key === "__esModule" ? true : real()[key as string]),
          has: (_, key) => key in real(),
        }),
    );
  }
  standIn(sdk, "@pulumi/pulumi/runtime/closure/v8Hooks", scriptUrls);
}

function standIn(sdk: NodeJS.Require, name: string, exported: (real: () => Loaded) => Loaded): void {
  let filename: string;
  try {
    filename = sdk.resolve(name);
  } catch {
    return;
  }
  const stub = new Module(filename) as Stub;
  stub.filename = filename;
  stub.loaded = true;
  const load = () => {
    if (sdk.cache[filename] === stub) delete sdk.cache[filename];
    return sdk(filename) as Loaded;
  };
  stub.exports = exported(load);
  sdk.cache[filename] = stub;
}
