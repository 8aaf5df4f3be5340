type Debuggable = { debuggablePromise(promise: Promise<unknown>, context: unknown): Promise<unknown> };
type Log = { debug(message: string): Promise<void> };

/**
 * The SDK remembers a source-mapped stack trace for every promise, to name leaked ones on request, and sends four debug messages per
 * resource to the engine. Both are for people who debug the SDK. Leaked promises are still counted and still fail the program.
 */
export function quietDiagnostics(sdk: NodeJS.Require): void {
  if (process.env.PULUMI_DEBUG_PROMISE_LEAKS) return;
  const debuggable = sdk("@pulumi/pulumi/runtime/debuggable") as Debuggable;
  const remember = debuggable.debuggablePromise;
  if (typeof remember === "function") {
    debuggable.debuggablePromise = (promise, context) => {
      const limit = Error.stackTraceLimit;
      Error.stackTraceLimit = 0;
      try {
        return remember(promise, context);
      } finally {
        Error.stackTraceLimit = limit;
      }
    };
  }
  const log = sdk("@pulumi/pulumi/log") as Log;
  if (typeof log.debug === "function") log.debug = () => Promise.resolve();
}
