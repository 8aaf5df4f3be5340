// A provider that says yes and gives inputs back unchanged, so that the real engine previews a program without any provider installed:
// what is left is the engine's own doing, which is what the offline host has to match.
import * as grpc from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb";
import services from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Empty, provider } from "../../../../preview/wire/stubs";

type Reply = (call: { request: never }, callback: (error: Partial<grpc.StatusObject> | null, response?: unknown) => void) => void;
type Request = { getNews(): never; getProperties(): never; getInputs(): never; getId(): string };

const reply =
  (make: (request: Request) => unknown): Reply =>
  ({ request }, callback) =>
    callback(null, make(request));

const check = reply((request) => {
  const response = new provider.CheckResponse();
  response.setInputs(request.getNews());
  return response;
});

const answers = (name: string, version: string): Record<string, Reply> => ({
  getSchema: reply(() => {
    const response = new provider.GetSchemaResponse();
    response.setSchema(JSON.stringify({ name, version }));
    return response;
  }),
  getPluginInfo: reply(() => {
    const response = new plugin.PluginInfo();
    response.setVersion(version);
    return response;
  }),
  checkConfig: check,
  check,
  configure: reply(() => {
    const response = new provider.ConfigureResponse();
    response.setAcceptsecrets(true);
    response.setAcceptresources(true);
    response.setSupportspreview(true);
    return response;
  }),
  create: reply((request) => {
    const response = new provider.CreateResponse();
    response.setProperties(request.getProperties());
    return response;
  }),
  read: reply((request) => {
    const response = new provider.ReadResponse();
    response.setId(request.getId());
    response.setProperties(request.getProperties());
    response.setInputs(request.getInputs());
    return response;
  }),
  attach: reply(() => new Empty()),
  cancel: reply(() => new Empty()),
});

export interface EchoProvider {
  readonly port: number;
  stop(): void;
}

export async function echoProvider(name: string, version: string): Promise<EchoProvider> {
  const definition = services.ResourceProviderService as unknown as grpc.ServiceDefinition;
  const known = answers(name, version);
  const unknown: Reply = (_, callback) => callback({ code: grpc.status.UNIMPLEMENTED, details: "an echo provider" });
  const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  server.addService(definition, Object.fromEntries(Object.keys(definition).map((method) => [method, known[method] ?? unknown])) as never);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  return { port, stop: () => server.forceShutdown() };
}
