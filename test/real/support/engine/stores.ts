// The store behind each stack, and what the stack's user has at hand to reach it.
import { stackSettings } from "../../../storage/support/stack";
import type { PreviewResult } from "../../../support/preview";
import { ceph, type Keys, moto, type Requirement, type Running, type Settings, seaweedfs } from "../../servers";
import { hetznerProject } from "../hetzner";
import { allowUploads } from "../upload-policies";
import { type Endpoint, endpointAt, mountNamespace } from "./endpoint";

export interface StackStore {
  readonly environment: Readonly<Record<string, string>>;
  /** What the stack's file must say on this machine. */
  readonly settings: Settings;
  readonly wrapper: readonly string[];
  /** Must be in no state. */
  readonly secrets: readonly string[];
  readonly server?: Running<Keys>;
  stop(): Promise<void>;
}

export type StackName = "local" | "dev" | "hetzner" | "prod";

export const storeNeeds: Readonly<Record<StackName, readonly Requirement[]>> = {
  local: [seaweedfs],
  // Rook's operator and its gateway run nowhere here: the stack's custom resources are all there is.
  dev: [],
  hetzner: [ceph, mountNamespace],
  prod: [moto],
};

export const startStore: Readonly<Record<StackName, (offline: PreviewResult) => Promise<StackStore>>> = {
  async local({ ofType }) {
    const server = await seaweedfs.start({ users: ["loki", "tempo", "stranger"] });
    await allowUploads(
      server,
      ofType(/S3Bucket$/).map(({ inputs }) => inputs.policy as string),
    );
    const keys = ["loki", "tempo"].map((user) => server.user(user));
    return {
      environment: keysInEnvironment(server.credentials),
      settings: { "granary:storage": { managementEndpoint: server.endpoint } },
      wrapper: [],
      secrets: [server.credentials, ...keys].map(({ secretAccessKey }) => secretAccessKey),
      server,
      stop: server.stop,
    };
  },

  async dev() {
    return { environment: {}, settings: {}, wrapper: [], secrets: [], stop: async () => undefined };
  },

  async hetzner() {
    const host = "fsn1.your-objectstorage.com";
    const server = await ceph.start({ publicHost: host });
    let endpoint: Endpoint | undefined;
    const stop = async () => {
      endpoint?.stop();
      await server.stop();
    };
    try {
      endpoint = await endpointAt(host, Number(new URL(server.tlsEndpoint).port));
      const project = await hetznerProject(server, stackSettings("hetzner"));
      return {
        environment: { ...keysInEnvironment(project.administrator), NODE_EXTRA_CA_CERTS: server.caFile },
        settings: {},
        wrapper: endpoint.wrapper,
        secrets: [project.administrator, ...Object.values(project.keys)].map(({ secretAccessKey }) => secretAccessKey),
        server: { ...server, credentials: project.administrator },
        stop,
      };
    } catch (error) {
      await stop();
      throw error;
    }
  },

  async prod() {
    const server = await moto.start();
    const environment = { ...keysInEnvironment(server.credentials), AWS_ENDPOINT_URL: server.endpoint };
    return { environment, settings: {}, wrapper: [], secrets: [], server, stop: server.stop };
  },
};

const keysInEnvironment = ({ accessKeyId, secretAccessKey }: Keys) => ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_EC2_METADATA_DISABLED: "true",
});
