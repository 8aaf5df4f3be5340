// A client for S3-compatible stores, with the credentials of whoever runs Pulumi (the SDK's provider chain), never with a workload's.
import { S3Client } from "@aws-sdk/client-s3";
import type { BucketInputs } from "./desired";

// Every `up` would print the SDK's notice about Node 20, which Granary supports. Only this notice reads the variable; other warnings stay.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

type Address = Pick<BucketInputs, "endpoint" | "managementEndpoint" | "region" | "pathStyle">;

export function clientFor({ endpoint, managementEndpoint = endpoint, region, pathStyle }: Address): S3Client {
  const client = new S3Client({
    endpoint: managementEndpoint,
    region,
    forcePathStyle: pathStyle,
    // Newer checksums come as trailers, which Ceph-based stores refuse or mistake for content.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) =>
        next(args).catch((error: unknown) => {
          throw isAnswer(error) ? Object.assign(error, { operation: String(commandName).replace(/Command$/, "") }) : error;
        }),
    { step: "initialize", name: "operationOfErrors", priority: "high" },
  );
  return client;
}

/** The store itself answered with this error; errors of the network and of the credentials have no status. */
const isAnswer = (error: unknown): error is Error =>
  error instanceof Error && (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== undefined;

/** The S3 operation that the store refused, such as `PutBucketPolicy`. */
export const operationOf = (error: unknown): string | undefined => (error as { operation?: string }).operation;

/** `undefined` where the store says that there is no such thing. */
export async function unlessMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const missing = new Set(["NoSuchBucket", "NotFound", "NoSuchBucketPolicy", "NoSuchLifecycleConfiguration", "NoSuchKey", "404"]);

function isMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return missing.has(error.name) || (error.name === "UnknownError" && status === 404);
}
