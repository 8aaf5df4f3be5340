// Pulumi's own host for dynamic resources, started as the engine starts it and driven over gRPC as the engine drives it.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Keys } from "../servers";
import { tied } from "../servers/run/process";
import { markOf } from "../servers/run/run";

export type Properties = Record<string, unknown>;

const root = process.cwd();

export class DynamicProvider {
  private constructor(
    private readonly process: ChildProcess,
    private readonly client: ResourceProviderClient,
    readonly errors: string[],
  ) {}

  /** `keys` are those of whoever runs Pulumi, in the environment, as the SDK's provider chain finds them. */
  static async start(keys: Keys, environment: Record<string, string> = {}): Promise<DynamicProvider> {
    const host = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
    const [program, ...args] = tied([process.execPath, host, "127.0.0.1:1"]);
    const child = spawn(program, args, {
      cwd: root,
      env: {
        ...markOf("dynamic-provider"),
        ...{ PATH: process.env.PATH, HOME: process.env.HOME, AWS_EC2_METADATA_DISABLED: "true" },
        ...{ AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey, ...environment },
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const errors: string[] = [];
    child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
    const port = await new Promise<string>((resolve, reject) => {
      createInterface(child.stdout).once("line", resolve);
      child.once("exit", (code) => reject(new Error(`the host ended with ${code}: ${errors.join("")}`)));
    });
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const provider = new DynamicProvider(child, client, errors);
    const configure = new messages.ConfigureRequest();
    configure.setArgs(struct({}));
    await call(client.configure.bind(client), configure);
    return provider;
  }

  stop(): void {
    this.client.close();
    this.process.kill("SIGKILL");
  }

  /** Why the engine would not go on; empty when it would. */
  async failures(olds: Properties, news: Properties): Promise<string[]> {
    return (await this.checked(olds, news)).getFailuresList().map((failure) => failure.getReason());
  }

  async check(olds: Properties, news: Properties): Promise<Properties> {
    return (await this.checked(olds, news)).getInputs()?.toJavaScript() ?? {};
  }

  private checked(olds: Properties, news: Properties): Promise<messages.CheckResponse> {
    const request = new messages.CheckRequest();
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    return call<messages.CheckRequest, messages.CheckResponse>(this.client.check.bind(this.client), request);
  }

  async diff(id: string, olds: Properties, news: Properties): Promise<{ changes: boolean; replaces: string[] }> {
    const request = new messages.DiffRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const response = await call<messages.DiffRequest, messages.DiffResponse>(this.client.diff.bind(this.client), request);
    return { changes: response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME, replaces: response.getReplacesList() };
  }

  /** Creating fails half-way: what the engine keeps in its state, and why. */
  async createUnfinished(inputs: Properties): Promise<{ id: string; state: Properties; reasons: string[] }> {
    const error: unknown = await this.create(inputs).then(
      () => undefined,
      (reason) => reason,
    );
    const [packed] = (error as Refused | undefined)?.metadata?.get("grpc-status-details-bin") ?? [];
    if (!packed) throw error ?? new Error("nothing was refused");
    const [detail] = Status.deserializeBinary(packed as Buffer).getDetailsList();
    const failed = detail?.unpack(messages.ErrorResourceInitFailed.deserializeBinary, detail.getTypeName());
    if (!failed) throw error;
    return { id: failed.getId(), state: failed.getProperties()?.toJavaScript() ?? {}, reasons: failed.getReasonsList() };
  }

  async create(inputs: Properties): Promise<{ id: string; state: Properties }> {
    const request = new messages.CreateRequest();
    request.setProperties(struct(inputs));
    const response = await call<messages.CreateRequest, messages.CreateResponse>(this.client.create.bind(this.client), request);
    return { id: response.getId(), state: response.getProperties()?.toJavaScript() ?? {} };
  }

  async read(id: string, state: Properties): Promise<{ id: string; state: Properties; inputs: Properties }> {
    const request = new messages.ReadRequest();
    request.setId(id);
    request.setProperties(struct(state));
    const response = await call<messages.ReadRequest, messages.ReadResponse>(this.client.read.bind(this.client), request);
    const inputs = response.getInputs()?.toJavaScript() ?? {};
    return { id: response.getId(), state: response.getProperties()?.toJavaScript() ?? {}, inputs };
  }

  async update(id: string, olds: Properties, news: Properties): Promise<Properties> {
    const request = new messages.UpdateRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const response = await call<messages.UpdateRequest, messages.UpdateResponse>(this.client.update.bind(this.client), request);
    return response.getProperties()?.toJavaScript() ?? {};
  }

  async delete(id: string, state: Properties): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(id);
    request.setProperties(struct(state));
    await call(this.client.delete.bind(this.client), request);
  }
}

const struct = (value: Properties): Struct => Struct.fromJavaScript(value as Record<string, JavaScriptValue>);

type Method<Request, Response> = (request: Request, done: (error: ServiceError | null, response: Response) => void) => unknown;

function call<Request, Response>(method: Method<Request, Response>, request: Request): Promise<Response> {
  return new Promise((resolve, reject) => {
    method(request, (error, response) => (error ? reject(refused(error)) : resolve(response)));
  });
}

type Refused = Error & Pick<ServiceError, "metadata">;
const refused = ({ details, message, metadata }: ServiceError): Refused => Object.assign(new Error(details || message), { metadata });
