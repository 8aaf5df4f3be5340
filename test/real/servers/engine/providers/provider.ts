// What stand-ins for providers have in common: the engine's calls over gRPC, answered from a table of resource types.
import { Server, ServerCredentials, type ServiceDefinition, status } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb";
import services from "@pulumi/pulumi/proto/provider_grpc_pb";
import { channelOptions } from "../../../../../preview/wire/rpc";
import { fromStruct } from "../../../../../preview/wire/structs";
import { Empty, provider } from "../../../../../preview/wire/stubs";
import type { Properties } from "../../../../../preview/wire/values";
import { endWithParent } from "../end-with-parent";
import { lifeOf } from "./life";

/** One type of resource: how it is created, read, updated and deleted, and which properties can't be changed in place. */
export interface ResourceType<Client> {
  readonly replacedBy: readonly string[];
  create(client: Client, inputs: Properties): Promise<Created>;
  /** The properties as they are now; undefined where the resource is gone. */
  read(client: Client, id: string, state: Properties): Promise<Properties | undefined>;
  /** None where every change replaces the resource. */
  update?(client: Client, id: string, inputs: Properties, state: Properties): Promise<void>;
  delete(client: Client, id: string, state: Properties): Promise<void>;
}

export interface Created {
  readonly id: string;
  /** What the provider adds to the inputs. */
  readonly outputs: Properties;
}

export interface StandIn<Client> {
  readonly name: string;
  readonly version: string;
  readonly types: Readonly<Record<string, ResourceType<Client>>>;
  configure(args: Properties): Promise<Client>;
}

type Reply = (call: { request: never }, callback: (error: { code: number; details: string } | null, response?: unknown) => void) => void;

const reply =
  <Request>(answer: (request: Request) => unknown): Reply =>
  ({ request }, callback) =>
    void Promise.resolve(request as Request)
      .then(answer)
      .then(
        (response) => callback(null, response),
        (error: Error) => callback({ code: status.UNKNOWN, details: error.message }),
      );

export async function serveStandIn<Client>(standIn: StandIn<Client>): Promise<void> {
  endWithParent();
  let client: Promise<Client> | undefined;
  const configured = () => client ?? Promise.reject(new Error(`the provider ${standIn.name} is not configured yet`));
  const unconfigured = reply((request: InstanceType<typeof provider.CheckRequest>) =>
    new provider.CheckResponse().setInputs(request.getNews()),
  );
  const answers: Readonly<Record<string, Reply>> = {
    ...lifeOf(standIn.types, configured, reply),
    getPluginInfo: reply(() => new plugin.PluginInfo().setVersion(standIn.version)),
    getSchema: reply(() => {
      const { name, version } = standIn;
      return new provider.GetSchemaResponse().setSchema(JSON.stringify({ name, version }));
    }),
    checkConfig: unconfigured,
    diffConfig: reply(() => new provider.DiffResponse().setChanges(provider.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: reply(async (request: InstanceType<typeof provider.ConfigureRequest>) => {
      client = standIn.configure(fromStruct(request.getArgs()));
      await client;
      return new provider.ConfigureResponse().setSupportspreview(true);
    }),
    attach: reply(() => new Empty()),
    cancel: reply(() => new Empty()),
  };
  const unknown: Reply = (_, callback) =>
    callback({ code: status.UNIMPLEMENTED, details: `the stand-in for the provider ${standIn.name} has no such call` });
  const definition = services.ResourceProviderService as unknown as ServiceDefinition;
  const server = new Server(channelOptions);
  server.addService(definition, Object.fromEntries(Object.keys(definition).map((name) => [name, answers[name] ?? unknown])) as never);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  // The engine reads the port from the first line.
  console.log(port);
}
