// The SDK's own protobuf stubs, which are CommonJS without named exports that a bundler could see: one place takes them apart.
import analyzerServices from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import callbackServices from "@pulumi/pulumi/proto/callback_grpc_pb";
import callback from "@pulumi/pulumi/proto/callback_pb";
import engineServices from "@pulumi/pulumi/proto/engine_grpc_pb";
import engine from "@pulumi/pulumi/proto/engine_pb";
import provider from "@pulumi/pulumi/proto/provider_pb";
import resourceServices from "@pulumi/pulumi/proto/resource_grpc_pb";
import resource from "@pulumi/pulumi/proto/resource_pb";
import empty from "google-protobuf/google/protobuf/empty_pb";
import struct from "google-protobuf/google/protobuf/struct_pb";

export { analyzer, callback, engine, provider, resource, struct };
export const { Empty } = empty;
export const { AnalyzerClient } = analyzerServices;
export const { CallbacksClient } = callbackServices;
export const { EngineService } = engineServices;
export const { ResourceMonitorService } = resourceServices;
