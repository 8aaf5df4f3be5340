// What a Secret with keys looks like inside. A part is one of the keys, or a text that is no secret.
import { secretKeys } from "../storage/store";

export type KeyPart = "accessKeyId" | "secretAccessKey" | "previousAccessKeyId" | "previousSecretAccessKey";
export type Part = { readonly key: KeyPart } | { readonly text: string };
export type SecretShape = Readonly<Record<string, Part>>;

/** As the AWS SDKs read their environment. */
export const environmentShape: SecretShape = {
  [secretKeys.accessKeyId]: { key: "accessKeyId" },
  [secretKeys.secretAccessKey]: { key: "secretAccessKey" },
};

/** As a store's user takes them: the pair in use and, while they are being changed, the one before. */
export const storeUserShape = (withPrevious: boolean): SecretShape =>
  withPrevious
    ? {
        ...environmentShape,
        [previousKeys.accessKeyId]: { key: "previousAccessKeyId" },
        [previousKeys.secretAccessKey]: { key: "previousSecretAccessKey" },
      }
    : environmentShape;

export const previousKeys = { accessKeyId: "PREVIOUS_ACCESS_KEY_ID", secretAccessKey: "PREVIOUS_SECRET_ACCESS_KEY" } as const;

/** As the Tempo operator reads static credentials. No region: with one it would guess another mode of credentials. */
export const tempoOperatorShape = (bucket: string, url: string): SecretShape => ({
  bucket: { text: bucket },
  endpoint: { text: url },
  access_key_id: { key: "accessKeyId" },
  access_key_secret: { key: "secretAccessKey" },
});

/** As the Tempo operator reads a role instead of keys. */
export const tempoOperatorRole = (bucket: string, region: string, roleArn: string): Readonly<Record<string, string>> => ({
  bucket,
  region,
  role_arn: roleArn,
});

/** The External Secrets Operator fills the keys in; texts stand as they are. */
export function externalTemplate(shape: SecretShape): Record<string, string> {
  const entries = Object.entries(shape).map(([name, part]) => [name, "text" in part ? part.text : `{{ .${part.key} }}`]);
  return Object.fromEntries(entries);
}

export function partsOf(shape: SecretShape): KeyPart[] {
  const parts = Object.values(shape).flatMap((part) => ("key" in part ? [part.key] : []));
  return [...new Set(parts)].sort();
}
