import type { Debugger, Session } from "node:inspector";
import { setFlagsFromString } from "node:v8";

/**
 * The SDK attaches a debugger to the process at start, so that it can later tell which file a function came from. Here it is attached
 * when a function is first looked up: V8 then reports the scripts that are already there, which the listener must be ready for.
 */
export function scriptUrls(): Record<string, unknown> {
  const urls = new Map<string, string>();
  let session: Promise<Session> | undefined;
  const attach = () => {
    session ??= open(urls);
    return session;
  };
  return {
    __esModule: true,
    isInitializedAsync: () => Promise.resolve(),
    getSessionAsync: attach,
    getScriptUrl: (id: string) => urls.get(id),
  };
}

async function open(urls: Map<string, string>): Promise<Session> {
  setFlagsFromString("--allow-natives-syntax");
  const inspector = await import("node:inspector");
  const session = new inspector.Session();
  session.connect();
  session.on("Debugger.scriptParsed", ({ params }: { params: Debugger.ScriptParsedEventDataType }) => {
    urls.set(params.scriptId, params.url);
  });
  await new Promise<void>((resolve, reject) => session.post("Debugger.enable", (error) => (error ? reject(error) : resolve())));
  return session;
}
