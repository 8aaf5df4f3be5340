// What an account holds, as moto answers: buckets with their guards, keys, roles.
import * as s3 from "@aws-sdk/client-s3";
import { query } from "../aws-api";
import { s3 as client } from "../s3";
import { bucketsOf } from "./buckets";
import type { LivingStack } from "./living-stack";

const guards = {
  policy: s3.GetBucketPolicyCommand,
  "public access block": s3.GetPublicAccessBlockCommand,
  ownership: s3.GetBucketOwnershipControlsCommand,
  encryption: s3.GetBucketEncryptionCommand,
  lifecycle: s3.GetBucketLifecycleConfigurationCommand,
};

/** `bucket: guard, guard` for each bucket, then the number of roles. */
export async function accountOf(living: LivingStack): Promise<string[]> {
  const { server } = living.store;
  if (!server) throw new Error("the stack has no account");
  const aws = client(server.endpoint, server.credentials);
  const buckets = (await bucketsOf(living)).map(async (Bucket) => {
    const { Status } = await aws.send(new s3.GetBucketVersioningCommand({ Bucket }));
    const found = Object.entries(guards).map(async ([name, Command]) =>
      aws.send(new Command({ Bucket }) as s3.GetBucketPolicyCommand).then(
        () => [name],
        () => [],
      ),
    );
    return `${Bucket}: ${[...(await Promise.all(found)).flat(), `versioning ${Status}`].join(", ")}`;
  });
  const roles = (await query(server, "iam", { Action: "ListRoles" })).match(/<RoleName>/g) ?? [];
  return [...(await Promise.all(buckets)), `${roles.length} roles`];
}
