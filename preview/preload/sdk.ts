// Started before the SDK in every program and pack (`node --require`): takes away what a preview does not need and what makes it slow.
// Each change is to start-up or diagnostics, never to what is registered. test/preview/preload.test.ts holds the SDK to the shape that
// is assumed here; where a program brings an SDK of another shape, it runs as it is.
import { createRequire } from "node:module";
import { deferClosureModules } from "./deferred-modules";
import { quietDiagnostics } from "./diagnostics";
import { endWithHost } from "./end-with-host";
import { plainInspect } from "./inspect";
import { useCompiledSources } from "./no-compiler";
import { mapStackTraces } from "./stack-traces";

/** The SDK that the process was started with: `node <sdk>/cmd/run`. */
const sdk = createRequire(process.env.GRANARY_SDK ?? __filename);

endWithHost();
plainInspect();
mapStackTraces(sdk);
deferClosureModules(sdk);
useCompiledSources(sdk);
quietDiagnostics(sdk);
