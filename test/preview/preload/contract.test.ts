// The preloads change parts of the SDK that are not its public interface. These tests hold the installed SDK to the shape they assume:
// when one fails after an update of @pulumi/pulumi, preview/preload/ must be looked at before anything else.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { deferredDashboards, deferredFunctions, deferredNamespaces } from "../../../preview/preload/deferred-modules";
import { scriptUrls } from "../../../preview/preload/script-urls";
import { root } from "../../support/preview";

const sdk = createRequire(join(root, "index.js"));
const source = (name: string) => readFileSync(sdk.resolve(name), "utf8");
const exported = (name: string) => [...source(name).matchAll(/^exports\.(\w+) = /gm)].map((match) => match[1]).sort();

describe("deferred modules", () => {
  test.each(Object.entries(deferredFunctions))("%s exports just these functions", (name, functions) => {
    expect(exported(name)).toEqual([...functions].sort());
    const real = sdk(name) as Record<string, unknown>;
    for (const key of functions) expect(typeof real[key]).toBe("function");
  });

  test("automation is only handed on as a namespace", () => {
    expect(deferredNamespaces[0]).toBe("@pulumi/pulumi/automation");
    expect(source("@pulumi/pulumi")).toContain('const automation = __importStar(require("./automation"));');
  });

  test.each(deferredNamespaces.slice(1))("%s is needed by tracing alone, once that is started", (name) => {
    const tracing = source("@pulumi/pulumi/cmd/run/tracing");
    const variable = new RegExp(`const (\\w+) = require\\("${name}"\\);`).exec(tracing)?.[1];
    expect(variable).toBeDefined();
    const beforeStart = tracing.slice(0, tracing.indexOf("function start("));
    expect(beforeStart).not.toContain(`${variable}.`);
    expect(beforeStart).not.toContain(`${variable}[`);
  });

  test.each(deferredDashboards)("%s is held as a namespace by panels and used by their methods alone", (name) => {
    const [own] = name.split("/").slice(-1);
    const panels = ["logs", "loki", "prometheus", "stat", "table", "timeseries"].map((panel) =>
      dirname(sdk.resolve(`@grafana/grafana-foundation-sdk/${panel}`)),
    );
    const held = panels
      .flatMap((folder) =>
        readdirSync(folder)
          .filter((file) => file.endsWith(".js"))
          .map((file) => source(join(folder, file))),
      )
      .filter((text) => text.includes(`require("../${own}")`));
    expect(held.length).toBeGreaterThan(0);
    for (const text of held) {
      expect(text).toContain(`const ${own} = tslib_1.__importStar(require("../${own}"));`);
      // What runs when a file is loaded stands at the start of a line.
      expect(text).not.toMatch(new RegExp(`^\\S.*\\b${own}\\.`, "m"));
    }
  });

  test("v8Hooks exports what its stand-in has", () => {
    const { __esModule, ...own } = scriptUrls();
    expect(__esModule).toBe(true);
    expect(exported("@pulumi/pulumi/runtime/closure/v8Hooks")).toEqual(Object.keys(own).sort());
  });

  test.each(["cmd/run", "cmd/run-policy-pack"])("%s waits for v8Hooks and needs nothing else of it", (entry) => {
    expect([...source(`@pulumi/pulumi/${entry}`).matchAll(/v8Hooks\.(\w+)/g)].map((match) => match[1])).toEqual(["isInitializedAsync"]);
  });
});

test("promises are made debuggable by one exported function, which others call through the module", () => {
  expect(source("@pulumi/pulumi/runtime/debuggable")).toContain('"_debugStackTrace", { writable: true, value: new Error().stack }');
  expect(source("@pulumi/pulumi/runtime/resource")).toContain("debuggable_1.debuggablePromise(");
  expect(exported("@pulumi/pulumi/runtime/debuggable")).toContain("debuggablePromise");
});

test("debug messages are sent by one exported function, which others call through the module", () => {
  expect(exported("@pulumi/pulumi/log")).toContain("debug");
  expect(source("@pulumi/pulumi/runtime/resource")).toContain("log.debug(`Registering resource:");
});

test("errors are printed by util.inspect in colour, which is what loops", () => {
  expect(source("@pulumi/pulumi/cmd/run/error")).toContain("util.inspect(err, { colors: true })");
});

test("where a resource comes from is found by one static method", () => {
  expect(source("@pulumi/pulumi/resource")).toContain("const stackTrace = Resource.stackTrace(4);");
  expect(source("@pulumi/pulumi/resource")).toContain("static stackTrace(skip) {");
});

test("packs get their compiler through tsutils", () => {
  const run = source("@pulumi/pulumi/cmd/run-policy-pack/run");
  expect(run).toContain("const { tsnodeRequire, typescriptRequire } = tsutils.typeScriptRequireStrings();");
  expect(run).toContain("tsutils.loadTypeScriptCompilerOptions(tsConfigPath)");
  expect(exported("@pulumi/pulumi/tsutils")).toEqual(["loadTypeScriptCompilerOptions", "typeScriptRequireStrings"]);
});

test("stack traces are mapped by the source-map-support that the SDK loads", () => {
  expect(source("@pulumi/pulumi/cmd/run")).toContain('require("source-map-support/register")');
  const fromSdk = createRequire(sdk.resolve("@pulumi/pulumi/package.json"));
  expect(fromSdk.resolve("source-map-support")).toBe(sdk.resolve("source-map-support"));
});

test("SDK classes list what a provider computes in the way that preview/host/computed.ts reads", () => {
  expect(source("@pulumi/aws/s3/bucket")).toContain('resourceInputs["arn"] = undefined /*out*/;');
  expect(source("@pulumi/random/randomPassword")).toContain('resourceInputs["result"] = undefined /*out*/;');
  expect(source("@pulumi/kubernetes/core/v1/service")).toContain('resourceInputs["status"] = undefined /*out*/;');
});
