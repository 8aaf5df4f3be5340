// A provider that says yes and gives inputs back unchanged, so that the real engine previews a program without any provider installed:
// what is left is the engine's own doing, which is what the offline host has to match.
import plugin from "@pulumi/pulumi/proto/plugin_pb";
import services from "@pulumi/pulumi/proto/provider_grpc_pb";
import { unary } from "../../../../preview/wire/rpc";
import { Empty, provider } from "../../../../preview/wire/stubs";
import { type Answers, type ServedPlugin, servePlugin } from "../../servers/engine/serve-plugin";

type Requests = { [Name in "Check" | "Create" | "Read"]: InstanceType<(typeof provider)[`${Name}Request`]> };

const check = unary((request: Requests["Check"]) => new provider.CheckResponse().setInputs(request.getNews()));

const answers = (name: string, version: string): Answers => ({
  getSchema: unary(() => new provider.GetSchemaResponse().setSchema(JSON.stringify({ name, version }))),
  getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(version)),
  checkConfig: check,
  check,
  configure: unary(() => new provider.ConfigureResponse().setAcceptsecrets(true).setAcceptresources(true).setSupportspreview(true)),
  create: unary((request: Requests["Create"]) => new provider.CreateResponse().setProperties(request.getProperties())),
  read: unary((request: Requests["Read"]) =>
    new provider.ReadResponse().setId(request.getId()).setProperties(request.getProperties()).setInputs(request.getInputs()),
  ),
  attach: unary(() => new Empty()),
  cancel: unary(() => new Empty()),
});

export const echoProvider = (name: string, version: string): Promise<ServedPlugin> =>
  servePlugin(services.ResourceProviderService, answers(name, version), "an echo provider");
