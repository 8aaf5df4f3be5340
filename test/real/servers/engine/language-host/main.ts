// Pulumi's language host for Node.js: the engine starts it in the program's folder and asks it to run programs and policy packs.
// The released host is in no package registry. This one answers the calls of `preview`, `up`, `refresh` and `destroy`.
import { Server, ServerCredentials, type ServiceDefinition, status } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/language_grpc_pb";
import language from "@pulumi/pulumi/proto/language_pb";
import plugin from "@pulumi/pulumi/proto/plugin_pb";
import { version } from "@pulumi/pulumi/version";
import { channelOptions, unary } from "../../../../../preview/wire/rpc";
import { endWithParent } from "../end-with-parent";
import { requiredPackages } from "./packages";
import { runPlugin } from "./plugin";
import { runProgram } from "./program";

async function main(engine: string): Promise<void> {
  endWithParent();
  const definition = services.LanguageRuntimeService as unknown as ServiceDefinition;
  const answers: Readonly<Record<string, unknown>> = {
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(version)),
    about: unary(() => new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    getRequiredPackages: unary(requiredPackages),
    run: unary((request: Parameters<typeof runProgram>[0]) => runProgram(request, engine)),
    runPlugin,
  };
  const unknown = (_: unknown, callback: unknown) =>
    typeof callback === "function" && callback({ code: status.UNIMPLEMENTED, details: "not a call of preview, up, refresh or destroy" });
  const server = new Server(channelOptions);
  server.addService(definition, Object.fromEntries(Object.keys(definition).map((name) => [name, answers[name] ?? unknown])) as never);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  // The engine reads the port from the first line.
  console.log(port);
}

void main(process.argv.at(-1) ?? "");
