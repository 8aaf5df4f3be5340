// The buckets of a stack's store, as its administrator lists them.
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { s3 } from "../s3";
import type { LivingStack } from "./living-stack";

export async function bucketsOf({ store: { server } }: LivingStack): Promise<string[]> {
  if (!server) return [];
  const { Buckets = [] } = await s3(server.endpoint, server.credentials).send(new ListBucketsCommand({}));
  return Buckets.map(({ Name = "" }) => Name).sort();
}
