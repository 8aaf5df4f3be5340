// The APIs of AWS that the stand-in calls, at AWS_ENDPOINT_URL: S3 by the SDK, IAM, KMS and STS by plain requests, as moto answers them.
import { S3Client } from "@aws-sdk/client-s3";
import type { Properties, Value } from "../../../../../../preview/wire/values";

export interface AwsClient {
  readonly s3: S3Client;
  readonly region: string;
  readonly account: string;
  readonly defaultTags: Readonly<Record<string, string>>;
  /** An XML document; undefined where AWS knows no such thing. */
  iam(action: string, parameters: Readonly<Record<string, string>>): Promise<string | undefined>;
  kms(action: string, body: object): Promise<Properties | undefined>;
}

/** The engine passes what is no text as JSON. */
const json = (value: Value | undefined): unknown => (typeof value === "string" && value ? JSON.parse(value) : undefined);

export async function awsClient(args: Properties): Promise<AwsClient> {
  const endpoint = process.env.AWS_ENDPOINT_URL;
  if (!endpoint) throw new Error("AWS_ENDPOINT_URL is not set: this stand-in calls a simulator of AWS, never AWS itself");
  const region = String(args.region);
  const { tags: defaultTags = {} } = (json(args.defaultTags) ?? {}) as { tags?: Record<string, string> };
  const call = (service: string, body: string, headers: Record<string, string>) =>
    request(endpoint, { ...headers, Authorization: authorization(service, region) }, body);
  const query = (service: string, version: string) => (action: string, parameters: Readonly<Record<string, string>>) =>
    call(service, String(new URLSearchParams({ Action: action, Version: version, ...parameters })), {
      "Content-Type": "application/x-www-form-urlencoded",
    });
  const identity = await query("sts", "2011-06-15")("GetCallerIdentity", {});
  const account = /<Account>(\d+)<\/Account>/.exec(identity ?? "")?.[1] ?? "";
  const allowed = (json(args.allowedAccountIds) as string[] | undefined) ?? [account];
  if (!allowed.includes(account)) throw new Error(`AWS account ID not allowed: ${account}`);
  return {
    s3: new S3Client({ endpoint, region, forcePathStyle: true, maxAttempts: 1 }),
    region,
    account,
    defaultTags,
    iam: query("iam", "2010-05-08"),
    kms: async (action, body) => {
      const headers = { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": `TrentService.${action}` };
      const text = await call("kms", JSON.stringify(body), headers);
      return text === undefined ? undefined : (JSON.parse(text || "{}") as Properties);
    },
  };
}

/** moto reads the service from the signature's scope, and checks no signature. */
const authorization = (service: string, region: string): string =>
  `AWS4-HMAC-SHA256 Credential=testing/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=none`;

async function request(url: string, headers: Record<string, string>, body: string): Promise<string | undefined> {
  const answer = await fetch(url, { method: "POST", headers, body });
  const text = await answer.text();
  if (answer.ok) return text;
  if (answer.status === 404 || /NotFoundException|NoSuchEntity/.test(text)) return undefined;
  throw new Error(`AWS answered ${answer.status}: ${text}`);
}
