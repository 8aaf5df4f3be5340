// ExternalSecrets: the operator fetches a workload's keys and writes the very Secret that the workload reads.

import type { KeysSource } from "../config/schema/secrets";
import { goDuration } from "../config/units";
import type { ExternalSecretSpec } from "../kubernetes/generated/ExternalSecret.gen";
import { remoteRef } from "./secret-store";
import { externalTemplate, type KeyPart, partsOf, type SecretShape } from "./shape";

export type ExternalSource = Extract<KeysSource, { kind: "external" }>;
type Remote = ExternalSource["remote"][string];

export interface StoreRef {
  readonly kind: "SecretStore" | "ClusterSecretStore";
  readonly name: string;
}

/** A workload's keys fetched from outside, as the Secret `secretName`. */
export function externalSecretSpec(
  source: ExternalSource,
  store: StoreRef,
  remote: Remote,
  secretName: string,
  shape: SecretShape,
): ExternalSecretSpec {
  return {
    refreshInterval: goDuration(source.refreshInterval),
    secretStoreRef: { kind: store.kind, name: store.name },
    data: partsOf(shape).map((part) => ({ secretKey: part, remoteRef: remoteOf(source, remote, part) })),
    target: {
      name: secretName,
      // The keys stay when the ExternalSecret goes, or the item in the outside store: pods go on, and another source can take over.
      creationPolicy: "Orphan",
      deletionPolicy: "Retain",
      template: { engineVersion: "v2", mergePolicy: "Replace", type: "Opaque", data: externalTemplate(shape) },
    },
  };
}

function remoteOf(source: ExternalSource, remote: Remote, part: KeyPart) {
  const { kind } = source.store;
  switch (part) {
    case "accessKeyId":
      return remoteRef(kind, remote.key, remote.accessKeyId);
    case "secretAccessKey":
      return remoteRef(kind, remote.key, remote.secretAccessKey);
    case "previousAccessKeyId":
      return remoteRef(kind, remote.previousKey ?? remote.key, remote.accessKeyId);
    case "previousSecretAccessKey":
      return remoteRef(kind, remote.previousKey ?? remote.key, remote.secretAccessKey);
  }
}
