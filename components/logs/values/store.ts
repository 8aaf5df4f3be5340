// How Loki's pods reach the store: whose identity they have, where their keys are, which authority they trust.
import { credentialsRevision, isObject } from "../../storage/store";
import type { LokiInput } from "../input";
import { paths } from "../paths";
import type { Values } from "../values";
import { release } from "../versions";

export function storeValues({ chunks }: LokiInput): Values {
  if (!isObject(chunks) || chunks.credentials.kind !== "secret" || !chunks.credentials.revision) return {};
  return { podAnnotations: { [credentialsRevision]: chunks.credentials.revision } };
}

function environment({ chunks }: LokiInput): Values {
  if (!isObject(chunks) || chunks.credentials.kind !== "secret") return {};
  return { extraEnvFrom: [{ secretRef: { name: chunks.credentials.secretName } }] };
}

function authority({ chunks }: LokiInput): Values {
  if (!isObject(chunks) || !chunks.endpoint.ca) return {};
  const { secretName, key } = chunks.endpoint.ca;
  return {
    extraVolumes: [{ name: "store-ca", secret: { secretName, items: [{ key, path: key }] } }],
    extraVolumeMounts: [{ name: "store-ca", mountPath: paths.storeAuthority, readOnly: true }],
  };
}

export function identityValues(input: LokiInput): Values {
  const { chunks } = input;
  const annotations =
    isObject(chunks) && chunks.credentials.kind === "irsa" ? { "eks.amazonaws.com/role-arn": chunks.credentials.roleArn } : undefined;
  return {
    serviceAccount: { name: release, automountServiceAccountToken: false, ...(annotations ? { annotations } : {}) },
    defaults: { automountServiceAccountToken: false, enableServiceLinks: false, ...environment(input), ...authority(input) },
  };
}
