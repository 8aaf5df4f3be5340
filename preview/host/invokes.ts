// Functions of providers. A preview without a cloud can only answer what is written down here; anything else fails, naming what was asked.
import type { GetCallerIdentityResult, GetPartitionResult, GetRegionResult } from "@pulumi/aws";
import type { Properties, Value } from "../wire/values";

export interface InvokeContext {
  /** A value of the stack's configuration, by its full key. */
  config(key: string): string | undefined;
}
export type Invoke = (args: Properties, context: InvokeContext) => Properties;
export type Invokes = Readonly<Record<string, Invoke>>;

/** Keeps an answer to what the provider's own types say. */
function answer<Result>(build: (args: Properties, context: InvokeContext) => Result): Invoke {
  return (args, context) => build(args, context) as unknown as Properties;
}

const account = "000000000000";
const regionOf = ({ config }: InvokeContext, args: Properties) => (args.region as string) ?? config("aws:region") ?? "us-east-1";

export const invokes: Invokes = {
  "aws:index/getCallerIdentity:getCallerIdentity": answer(
    (): GetCallerIdentityResult => ({
      accountId: account,
      arn: `arn:aws:iam::${account}:user/preview`,
      id: account,
      userId: "PREVIEW",
    }),
  ),
  "aws:index/getPartition:getPartition": answer(
    (): GetPartitionResult =>
      ({
        id: "aws",
        partition: "aws",
        dnsSuffix: "amazonaws.com",
        reverseDnsPrefix: "com.amazonaws",
      }) as GetPartitionResult,
  ),
  "aws:index/getRegion:getRegion": answer((args, context): GetRegionResult => {
    const region = regionOf(context, args);
    return { id: region, name: region, region, description: region, endpoint: `ec2.${region}.amazonaws.com` } as GetRegionResult;
  }),
};

export function unanswered(token: string, args: Value): string {
  return (
    `the program calls ${token}, which only its provider could answer; an offline preview has no answer for it.\n` +
    `  arguments: ${JSON.stringify(args)}\n` +
    "  Compute the value from configuration instead, or add an answer to preview/host/invokes.ts."
  );
}
