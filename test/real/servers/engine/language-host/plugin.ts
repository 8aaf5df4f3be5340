// Policy packs, which the engine starts as plugins of the language. What they print goes to the engine, their port first.
import { type ServerWritableStream, status } from "@grpc/grpc-js";
import language, { type RunPluginRequest, type RunPluginResponse } from "@pulumi/pulumi/proto/language_pb";
import { ended, startRunner } from "./node";

export function runPlugin(call: ServerWritableStream<RunPluginRequest, RunPluginResponse>): void {
  const { request } = call;
  const info = request.getInfo();
  if (request.getKind() !== "analyzer" || !info) {
    call.emit("error", { code: status.UNIMPLEMENTED, details: `no plugin of kind ${request.getKind()} is run here` });
    return;
  }
  const entries = request.getEnvList().map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]);
  const child = startRunner("run-policy-pack", info, [...request.getArgsList(), "."], {
    cwd: info.getProgramDirectory(),
    env: Object.fromEntries(entries),
  });
  child.stdout?.on("data", (data: Buffer) => call.write(new language.RunPluginResponse().setStdout(data)));
  child.stderr?.on("data", (data: Buffer) => call.write(new language.RunPluginResponse().setStderr(data)));
  call.on("cancelled", () => child.kill());
  void ended(child).then((code) => {
    call.write(new language.RunPluginResponse().setExitcode(typeof code === "number" ? code : 1));
    call.end();
  });
}
