// The little of a Kubernetes client that tests need: requests, discovery, server-side apply.
import { Agent, request as httpsRequest } from "node:https";

/** The certificate that the server shows, and what the client proves itself with: a bearer token, or a certificate of its own. */
export interface ClusterAccess {
  readonly ca: string;
  readonly token?: string;
  readonly clientCertificate?: { readonly cert: string; readonly key: string };
}

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly resourceVersion?: string;
    readonly [key: string]: unknown;
  };
  readonly [key: string]: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface KubernetesClient {
  request(method: string, path: string, body?: unknown, contentType?: string): Promise<Answer>;
  /** Where an object lives, as the server's own discovery has it. Objects that need a namespace and name none get `default`. */
  pathOf(object: Pick<KubernetesObject, "apiVersion" | "kind"> & { metadata: { name?: string; namespace?: string } }): Promise<string>;
  /** Server-side apply with strict field validation: an unknown field is an error, as `kubectl apply --server-side` has it. */
  apply(object: KubernetesObject): Promise<KubernetesObject>;
  get(object: KubernetesObject): Promise<KubernetesObject | undefined>;
  remove(object: KubernetesObject): Promise<void>;
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

export const fieldManager = "granary-test";

export function kubernetesClient(endpoint: string, access: ClusterAccess): KubernetesClient {
  const agent = new Agent({ ca: access.ca, ...access.clientCertificate, keepAlive: true });
  const request: KubernetesClient["request"] = (method, path, body, contentType = "application/json") =>
    new Promise((done, failed) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const bearer = access.token === undefined ? {} : { Authorization: `Bearer ${access.token}` };
      const headers = { ...bearer, ...(text ? { "Content-Type": contentType } : {}) };
      const call = httpsRequest(endpoint + path, { method, agent, headers, timeout: 30_000 }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.once("error", failed);
        answer.once("end", () => done({ status: answer.statusCode ?? 0, body: parsed(Buffer.concat(chunks).toString("utf8")) }));
      });
      call.once("timeout", () => call.destroy(new Error(`${method} ${path}: no answer within 30 seconds`)));
      call.once("error", (error: NodeJS.ErrnoException) => {
        // The server may close an idle connection just when it is used again.
        if (call.reusedSocket && error.code === "ECONNRESET") request(method, path, body, contentType).then(done, failed);
        else failed(error);
      });
      call.end(text);
    });

  const root = (apiVersion: string) => (apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`);
  const resourceOf = async (apiVersion: string, kind: string): Promise<ApiResource> => {
    const { status, body } = await request("GET", root(apiVersion));
    const { resources } = (status === 200 ? body : { resources: [] }) as { resources: ApiResource[] };
    const found = resources.find((resource) => resource.kind === kind && !resource.name.includes("/"));
    if (!found) throw new Error(`the API server does not serve ${kind} of ${apiVersion}`);
    return found;
  };
  const pathOf: KubernetesClient["pathOf"] = async ({ apiVersion, kind, metadata }) => {
    const { name, namespaced } = await resourceOf(apiVersion, kind);
    const place = namespaced ? `/namespaces/${metadata.namespace ?? "default"}` : "";
    return `${root(apiVersion)}${place}/${name}${metadata.name ? `/${metadata.name}` : ""}`;
  };
  const expectOk = (what: string, { status, body }: Answer): unknown => {
    if (status >= 200 && status < 300) return body;
    throw new Error(`${what}: ${status} ${(body as { message?: string }).message ?? JSON.stringify(body)}`);
  };
  const named = ({ kind, metadata }: KubernetesObject) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`;

  return {
    request,
    pathOf,
    apply: async (object) => {
      const path = `${await pathOf(object)}?fieldManager=${fieldManager}&force=true&fieldValidation=Strict`;
      return expectOk(named(object), await request("PATCH", path, object, "application/apply-patch+yaml")) as KubernetesObject;
    },
    get: async (object) => {
      const answer = await request("GET", await pathOf(object));
      return answer.status === 404 ? undefined : (expectOk(named(object), answer) as KubernetesObject);
    },
    remove: async (object) => {
      const answer = await request("DELETE", await pathOf(object));
      if (answer.status !== 404) expectOk(named(object), answer);
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}
