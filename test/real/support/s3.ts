import { Agent } from "node:https";
import { S3Client } from "@aws-sdk/client-s3";
import type { Keys } from "../servers";

export interface S3Options {
  readonly region?: string;
  /** What to trust where the endpoint is https. */
  readonly ca?: string;
}

/** A client as one must set it up for stores that do not know the SDK's own checksums. */
export function s3(endpoint: string, credentials: Keys, { region = "us-east-1", ca }: S3Options = {}): S3Client {
  return new S3Client({
    endpoint,
    region,
    credentials,
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...(ca ? { requestHandler: { httpsAgent: new Agent({ ca }) } } : {}),
  });
}

/** What a refused call was refused with: `AccessDenied`. Undefined when it went through. */
export async function refusal(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    return (error as Error).name;
  }
}
