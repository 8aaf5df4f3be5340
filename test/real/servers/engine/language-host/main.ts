// Pulumi's language host for Node.js: the engine starts it in the program's folder and asks it to run programs and policy packs.
// The released host is in no package registry. This one answers the calls of `preview`, `up`, `refresh` and `destroy`.
import services from "@pulumi/pulumi/proto/language_grpc_pb";
import language from "@pulumi/pulumi/proto/language_pb";
import plugin from "@pulumi/pulumi/proto/plugin_pb";
import { version } from "@pulumi/pulumi/version";
import { unary } from "../../../../../preview/wire/rpc";
import { endWithParent } from "../end-with-parent";
import { type Answers, servePlugin } from "../serve-plugin";
import { requiredPackages } from "./packages";
import { runPlugin } from "./plugin";
import { runProgram } from "./program";

async function main(engine: string): Promise<void> {
  endWithParent();
  const answers: Answers = {
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(version)),
    about: unary(() => new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    getRequiredPackages: unary(requiredPackages),
    run: unary((request: Parameters<typeof runProgram>[0]) => runProgram(request, engine)),
    runPlugin,
  };
  const { port } = await servePlugin(services.LanguageRuntimeService, answers, "not a call of preview, up, refresh or destroy");
  // The engine reads the port from the first line.
  console.log(port);
}

void main(process.argv.at(-1) ?? "");
