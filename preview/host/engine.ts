// The Engine service: what the program and the packs say about themselves.
import type { GetRootResourceRequest, LogRequest, SetRootResourceRequest } from "@pulumi/pulumi/proto/engine_pb";
import { unary } from "../wire/rpc";
import { Empty, EngineService, engine } from "../wire/stubs";

export type Severity = "debug" | "info" | "warning" | "error";
export interface Message {
  severity: Severity;
  text: string;
  urn: string;
}
const severities: readonly Severity[] = ["debug", "info", "warning", "error"];

export function engineService(log: (message: Message) => void) {
  let root = "";
  const implementation = {
    log: unary((request: LogRequest) => {
      const severity = severities[request.getSeverity()] ?? "info";
      log({ severity, text: request.getMessage().trimEnd(), urn: request.getUrn() });
      return new Empty();
    }),
    getRootResource: unary((_: GetRootResourceRequest) => {
      const response = new engine.GetRootResourceResponse();
      response.setUrn(root);
      return response;
    }),
    setRootResource: unary((request: SetRootResourceRequest) => {
      root = request.getUrn();
      return new engine.SetRootResourceResponse();
    }),
    requirePulumiVersion: unary(() => new engine.RequirePulumiVersionResponse()),
    startDebugging: unary(() => new Empty()),
  };
  return { definition: EngineService, implementation };
}
