// What everything that a store makes in AWS has in common.
import type { Provider } from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../data-options";
import type { AwsBucketArgs } from "./bucket";
import type { AwsConfig, AwsNames } from "./names";

export interface Account {
  readonly name: string;
  readonly config: AwsConfig;
  readonly names: AwsNames;
  readonly provider: Provider;
  /** The store's component. */
  readonly parent: pulumi.Resource;
}

type Common = Pick<AwsBucketArgs, "accountRegional" | "provider" | "data" | "forceDestroy">;

export function commonBucketArgs({ config, provider }: Account, holdsData = true): Common {
  return {
    accountRegional: config.bucketNamespace === "account-regional",
    provider,
    data: dataOptions(config.onDestroy, holdsData),
    forceDestroy: config.onDestroy === "delete-all-data",
  };
}

/** A key of the bucket's own with this policy, unless the stack brings one. */
export const encryptionOf = ({ encryption }: AwsConfig, keyPolicy: Parameters<typeof JSON.stringify>[0]) =>
  encryption.keyArn ? { keyArn: encryption.keyArn } : { keyPolicy, deletionWindowDays: encryption.deletionWindowDays };
