import * as net from "node:net";
import * as grpc from "@grpc/grpc-js";
import { messageOf } from "../failure";

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

export interface Listener {
  readonly address: string;
  serve(services: readonly { definition: grpc.ServiceDefinition; implementation: grpc.UntypedServiceImplementation }[]): void;
  close(): void;
}

/** Listens on loopback at once; connections that come before the services are there wait for them. */
export async function listen(): Promise<Listener> {
  const early: net.Socket[] = [];
  let accept = (socket: net.Socket) => {
    early.push(socket);
  };
  const sockets = new Set<net.Socket>();
  const listener = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    accept(socket);
  });
  await new Promise<void>((resolve, reject) => listener.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as net.AddressInfo;
  const server = new grpc.Server(channelOptions);
  return {
    address: `127.0.0.1:${port}`,
    serve(services) {
      for (const { definition, implementation } of services) server.addService(definition, implementation);
      const injector = server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
      accept = (socket) => injector.injectConnection(socket);
      for (const socket of early.splice(0)) accept(socket);
    },
    close() {
      server.forceShutdown();
      listener.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
