// Functions of the program that the engine calls back: transforms of resources and invokes, and hooks.
import * as grpc from "@grpc/grpc-js";
import type { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import type { Callback, CallbackInvokeResponse } from "@pulumi/pulumi/proto/callback_pb";
import type { TransformInvokeOptions, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import { call, channelOptions } from "../wire/rpc";
import { fromStruct, toStruct } from "../wire/structs";
import { CallbacksClient as Client, callback, resource } from "../wire/stubs";
import type { Properties } from "../wire/values";
import type { Resource } from "./resource";

export interface TransformTarget {
  type: string;
  name: string;
  custom: boolean;
  parent: string;
}

/** Connections to the callback servers of the program. */
export class Callbacks {
  private readonly clients = new Map<string, CallbacksClient>();

  async transform(to: Callback, target: TransformTarget, inputs: Properties, options: TransformResourceOptions) {
    const request = new resource.TransformRequest();
    request.setType(target.type);
    request.setName(target.name);
    request.setCustom(target.custom);
    request.setParent(target.parent);
    request.setProperties(toStruct(inputs));
    request.setOptions(options);
    const response = resource.TransformResponse.deserializeBinary(await this.invoke(to, request.serializeBinary()));
    return {
      inputs: response.hasProperties() ? fromStruct(response.getProperties()) : inputs,
      options: response.getOptions() ?? options,
    };
  }

  async transformInvoke(to: Callback, token: string, args: Properties, options: TransformInvokeOptions) {
    const request = new resource.TransformInvokeRequest();
    request.setToken(token);
    request.setArgs(toStruct(args));
    request.setOptions(options);
    const response = resource.TransformInvokeResponse.deserializeBinary(await this.invoke(to, request.serializeBinary()));
    return { args: response.hasArgs() ? fromStruct(response.getArgs()) : args, options: response.getOptions() ?? options };
  }

  /** Runs a hook; the text of its error, or an empty one. */
  async hook(to: Callback, target: Resource, phase: "before" | "after"): Promise<string> {
    const request = new resource.ResourceHookRequest();
    request.setUrn(target.urn);
    request.setName(target.name);
    request.setType(target.type);
    request.setNewInputs(toStruct(target.inputs));
    if (phase === "after") request.setNewOutputs(toStruct(target.outputs));
    return resource.ResourceHookResponse.deserializeBinary(await this.invoke(to, request.serializeBinary())).getError();
  }

  close(): void {
    for (const client of this.clients.values()) client.close();
  }

  private async invoke(to: Callback, message: Uint8Array): Promise<Uint8Array> {
    const request = new callback.CallbackInvokeRequest();
    request.setToken(to.getToken());
    request.setRequest(message);
    const client = this.client(to.getTarget());
    const response = await call<typeof request, CallbackInvokeResponse>(client.invoke.bind(client), request).catch(
      (error: grpc.ServiceError) => {
        throw new Error(error.details);
      },
    );
    return response.getResponse_asU8();
  }

  private client(target: string): CallbacksClient {
    const known = this.clients.get(target);
    if (known) return known;
    const client = new Client(target, grpc.credentials.createInsecure(), channelOptions);
    this.clients.set(target, client);
    return client;
  }
}
