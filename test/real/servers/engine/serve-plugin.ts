// How a plugin of the engine answers: one gRPC service on a free port of loopback.
import { Server, ServerCredentials, type ServiceDefinition, status } from "@grpc/grpc-js";
import { channelOptions } from "../../../../preview/wire/rpc";

/** A service's methods by name. */
export type Answers = Readonly<Record<string, unknown>>;

export interface ServedPlugin {
  readonly port: number;
  stop(): void;
}

/** Calls that have no answer end with this text. */
export async function servePlugin(service: unknown, answers: Answers, noAnswer: string): Promise<ServedPlugin> {
  const definition = service as ServiceDefinition;
  const unknown = (_: unknown, callback: unknown) =>
    typeof callback === "function" && callback({ code: status.UNIMPLEMENTED, details: noAnswer });
  const server = new Server(channelOptions);
  server.addService(definition, Object.fromEntries(Object.keys(definition).map((name) => [name, answers[name] ?? unknown])) as never);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  return { port, stop: () => server.forceShutdown() };
}
