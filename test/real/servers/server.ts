// The one shape of all servers.
import { missing } from "./tools/catalogue";

export interface Running<Credentials> {
  /** With its scheme: `http://127.0.0.1:20123`. */
  readonly endpoint: string;
  readonly credentials: Credentials;
  /** The folder that holds its logs, also after it has stopped. */
  readonly logs: string;
  stop(): Promise<void>;
}

export interface Server<R extends Running<unknown>, Options = void> extends Requirement {
  /** A server of one's own; whoever starts it stops it. */
  start(options: Options): Promise<R>;
}

export interface SharedServer<R extends Running<unknown>, Options = void> extends Server<R, Options> {
  /** The one that the test files of a process share, started when the first asks and stopped with the run: for tests that disturb nobody. */
  shared(): Promise<R>;
}

/** Something that must be there before a test can run. */
export interface Requirement {
  readonly name: string;
  /** One line for each thing that is not there. */
  missing(): readonly string[];
}

export function defineServer<R extends Running<unknown>, Options>(
  name: string,
  tools: readonly string[],
  start: (options: Options) => Promise<R>,
): Server<R, Options> {
  return { name, start, missing: () => missing(tools) };
}

const started = new Map<string, Promise<Running<unknown>>>();

export function shareable<R extends Running<unknown>, Options>(
  server: Server<R, Options>,
  ...options: Options extends void ? [] : [Options]
): SharedServer<R, Options> {
  const shared = async () => {
    const running = started.get(server.name) ?? server.start(options[0] as Options).then(unstoppable);
    started.set(server.name, running);
    return (await running) as R;
  };
  return { ...server, shared };
}

/** A test that stops what others use as well is mistaken. */
function unstoppable<R extends Running<unknown>>(running: R): R {
  const stop = () => Promise.reject(new Error("a shared server stops with the run; start() one of your own to stop it"));
  return { ...running, stop };
}

/** Stops in the given order, all of them even when one fails. */
export async function stopAll(processes: readonly { stop(): Promise<void> }[]): Promise<void> {
  const errors: unknown[] = [];
  for (const process of processes) await process.stop().catch((error) => errors.push(error));
  if (errors.length > 0) throw new AggregateError(errors, "could not stop every process");
}

/** Single tools as a requirement: `needs("helm", "promtool")`. */
export const needs = (...tools: string[]): Requirement => ({ name: tools.join(", "), missing: () => missing(tools) });
