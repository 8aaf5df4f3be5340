// The ResourceMonitor service: takes each call of the program apart and hands it to the deployment.
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type {
  ReadResourceRequest,
  RegisterPackageRequest,
  RegisterResourceHookRequest,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  ResourceCallRequest,
  ResourceInvokeRequest,
  SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { messageOf } from "../failure";
import { unary } from "../wire/rpc";
import { fromStruct, toStruct } from "../wire/structs";
import { Empty, provider, ResourceMonitorService, resource } from "../wire/stubs";
import { isUnknown, marks, type Properties } from "../wire/values";
import type { Deployment } from "./deployment";
import { type Invokes, unanswered } from "./invokes";
import { stackType } from "./urn";

const features = new Set(
  "secrets resourceReferences outputValues aliasSpecs deletedWith replaceWith transforms invokeTransforms parameterization resourceHooks errorHooks".split(
    " ",
  ),
);

export interface MonitorSpec {
  deployment: Deployment;
  invokes: Invokes;
  /** Outputs of other stacks by their full name, for stack references. */
  stackReferences: Readonly<Record<string, Properties>>;
  /** A call that can't be answered fails the preview, also when the program catches the error. */
  failed(message: string): void;
  warn(message: string): void;
  stackOutputs(): void;
  /** The program will register nothing more. */
  finished(): void;
}

export function monitorService(spec: MonitorSpec) {
  const { deployment } = spec;
  const invokeTransforms: Callback[] = [];
  /** Answers, and reports what can't be answered before the program hears of it. */
  const method = <Request, Response>(handle: (request: Request) => Response | Promise<Response>) =>
    unary<Request, Response>(async (request) => {
      try {
        return await handle(request);
      } catch (error) {
        spec.failed(messageOf(error));
        throw error;
      }
    });
  const done = () => new Empty();
  const implementation = {
    supportsFeature: method((request: SupportsFeatureRequest) => {
      const response = new resource.SupportsFeatureResponse();
      response.setHassupport(features.has(request.getId()));
      return response;
    }),
    registerResource: method(async (request: RegisterResourceRequest) => {
      if (request.getRemote())
        spec.warn(`${request.getType()} "${request.getName()}" is built by its provider: what is inside can't be shown`);
      const registered = await deployment.register(request);
      const response = new resource.RegisterResourceResponse();
      response.setUrn(registered.urn);
      response.setId(registered.id);
      response.setObject(toStruct(registered.custom ? registered.outputs : {}));
      return response;
    }),
    readResource: method(async (request: ReadResourceRequest) => {
      const read = await deployment.read(request);
      if (read.type === "pulumi:pulumi:StackReference") Object.assign(read.outputs, referencedStack(spec, read.id));
      const response = new resource.ReadResourceResponse();
      response.setUrn(read.urn);
      response.setProperties(toStruct(read.outputs));
      return response;
    }),
    registerResourceOutputs: method((request: RegisterResourceOutputsRequest) => {
      deployment.setOutputs(request.getUrn(), fromStruct(request.getOutputs()));
      if (deployment.resources.get(request.getUrn())?.type === stackType) spec.stackOutputs();
      return done();
    }),
    invoke: method(async (request: ResourceInvokeRequest) => {
      const args = await transformedArguments(request);
      const response = new provider.InvokeResponse();
      response.setReturn(toStruct(request.getTok() === "pulumi:pulumi:getResource" ? existing(args) : answered(request.getTok(), args)));
      return response;
    }),
    call: method((request: ResourceCallRequest) => {
      throw new Error(unanswered(request.getTok(), fromStruct(request.getArgs())));
    }),
    registerStackTransform: method((callback: Callback) => {
      deployment.stackTransforms.push(callback);
      return done();
    }),
    registerStackInvokeTransform: method((callback: Callback) => {
      invokeTransforms.push(callback);
      return done();
    }),
    registerResourceHook: method((request: RegisterResourceHookRequest) => {
      deployment.hooks.register(request);
      return done();
    }),
    // Error hooks run when a step fails; nothing is created here, so none ever does.
    registerErrorHook: method(done),
    registerPackage: method((request: RegisterPackageRequest) => {
      const response = new resource.RegisterPackageResponse();
      response.setRef(deployment.providers.register(request));
      return response;
    }),
    signalAndWaitForShutdown: method(() => {
      spec.finished();
      return done();
    }),
  };
  return { definition: ResourceMonitorService, implementation };

  async function transformedArguments(request: ResourceInvokeRequest): Promise<Properties> {
    let args = fromStruct(request.getArgs());
    let options = new resource.TransformInvokeOptions();
    options.setProvider(request.getProvider());
    options.setVersion(request.getVersion());
    options.setPluginDownloadUrl(request.getPlugindownloadurl());
    for (const transform of invokeTransforms) {
      ({ args, options } = await deployment.callbacks.transformInvoke(transform, request.getTok(), args, options));
    }
    deployment.spec.secrets.learn(args);
    return args;
  }

  function answered(token: string, args: Properties): Properties {
    const answer = spec.invokes[token];
    if (!answer) throw new Error(unanswered(token, args));
    return answer(args, { config: (key) => deployment.spec.config[key] });
  }

  function existing(args: Properties): Properties {
    const found = typeof args.urn === "string" ? deployment.resources.get(args.urn) : undefined;
    if (!found) throw new Error(`unknown resource ${String(args.urn)}`);
    return { urn: found.urn, id: isUnknown(found.id) ? "" : found.id, state: found.outputs };
  }
}

/** Outputs of another stack, or, where nobody said what they are, unknown ones. */
function referencedStack(spec: MonitorSpec, name: string): Properties {
  const outputs = spec.stackReferences[name];
  if (!outputs) {
    spec.warn(`the outputs of stack ${name} are not known offline; what depends on them is unknown`);
    return { name };
  }
  const secretOutputNames = Object.keys(outputs).filter((key) => JSON.stringify(outputs[key]).includes(marks.secret));
  return { name, outputs, secretOutputNames: secretOutputNames.sort() };
}
