import * as grpc from "@grpc/grpc-js";
import { messageOf } from "../failure";
import type { Listener } from "./listener";

/** As the CLI does: up to 400 MB in one message. */
export const channelOptions = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};

type Unary<Request, Response> = (call: grpc.ServerUnaryCall<Request, Response>, callback: grpc.sendUnaryData<Response>) => void;

/** A service method from an async function; what it throws reaches the caller as the message of the RPC's error. */
export function unary<Request, Response>(handle: (request: Request) => Response | Promise<Response>): Unary<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call.request)
      .then(handle)
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback({ code: grpc.status.UNKNOWN, details: messageOf(error) }),
      );
  };
}

/** Calls a client method that takes a request and a callback. */
export function call<Request, Response>(
  method: (request: Request, callback: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
  request: Request,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    method(request, (error, response) => (error ? reject(error) : resolve(response)));
  });
}

export interface Service {
  definition: grpc.ServiceDefinition;
  implementation: grpc.UntypedServiceImplementation;
}

/** Answers on the connections of a listener; returns what ends it. */
export function serve(listener: Listener, services: readonly Service[]): () => void {
  const server = new grpc.Server(channelOptions);
  for (const { definition, implementation } of services) server.addService(definition, implementation);
  const injector = server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
  listener.accept((socket) => injector.injectConnection(socket));
  return () => server.forceShutdown();
}
