// What stand-ins for providers have in common: the engine's calls over gRPC, answered from a table of resource types.
import plugin from "@pulumi/pulumi/proto/plugin_pb";
import services from "@pulumi/pulumi/proto/provider_grpc_pb";
import { unary } from "../../../../../preview/wire/rpc";
import { fromStruct } from "../../../../../preview/wire/structs";
import { Empty, provider } from "../../../../../preview/wire/stubs";
import type { Properties } from "../../../../../preview/wire/values";
import { endWithParent } from "../end-with-parent";
import { type Answers, servePlugin } from "../serve-plugin";
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

export async function serveStandIn<Client>(standIn: StandIn<Client>): Promise<void> {
  endWithParent();
  let client: Promise<Client> | undefined;
  const configured = () => client ?? Promise.reject(new Error(`the provider ${standIn.name} is not configured yet`));
  const unconfigured = unary((request: InstanceType<typeof provider.CheckRequest>) =>
    new provider.CheckResponse().setInputs(request.getNews()),
  );
  const answers: Answers = {
    ...lifeOf(standIn.types, configured),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(standIn.version)),
    getSchema: unary(() => {
      const { name, version } = standIn;
      return new provider.GetSchemaResponse().setSchema(JSON.stringify({ name, version }));
    }),
    checkConfig: unconfigured,
    diffConfig: unary(() => new provider.DiffResponse().setChanges(provider.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: unary(async (request: InstanceType<typeof provider.ConfigureRequest>) => {
      client = standIn.configure(fromStruct(request.getArgs()));
      await client;
      return new provider.ConfigureResponse().setSupportspreview(true);
    }),
    attach: unary(() => new Empty()),
    cancel: unary(() => new Empty()),
  };
  const noAnswer = `the stand-in for the provider ${standIn.name} has no such call`;
  const { port } = await servePlugin(services.ResourceProviderService, answers, noAnswer);
  // The engine reads the port from the first line.
  console.log(port);
}
