type Debuggable = { debuggablePromise(promise: Promise<unknown>, context: unknown): Promise<unknown> };
type Resources = { Resource: { stackTrace(skip: number): unknown[] } };
type Log = { debug(message: string): Promise<void> };

/**
 * The SDK remembers a source-mapped stack trace for every promise, to name leaked ones on request, tells the engine from which line of
 * the program each resource comes, and sends it four debug messages per resource. No preview shows any of it, and it is most of what a
 * resource costs. Leaked promises are still counted and still fail the program.
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
  const { Resource } = sdk("@pulumi/pulumi/resource") as Resources;
  if (typeof Resource?.stackTrace === "function") Resource.stackTrace = () => [];
}
