import { z } from "zod";
import { kubernetesName } from "../../fields";
import { bucketPrefix, common, egress, takeOver } from "./common";

const accessKeyId = () =>
  z.string().regex(/^[A-Z0-9]{16,32}$/, { error: "an access key's id as the console shows it: 16 to 32 capital letters and digits" });

export const hetznerSchema = z.strictObject({
  kind: z.literal("hetzner").describe("Which of them this is."),
  location: z.enum(["fsn1", "nbg1", "hel1"]).describe("Where the buckets are."),
  bucketPrefix: bucketPrefix().describe("What the buckets' names begin with."),
  ...common,
  projectId: z
    .string()
    .regex(/^[0-9]{1,12}$/, { error: 'the project\'s number, in quotes, such as "1234567"' })
    .describe("The project's number: bucket policies name keys by it."),
  accessKeyIds: z
    .record(kubernetesName(), z.array(accessKeyId()).min(1).max(2))
    .describe("The keys by workload; ids are no secrets. Two while a key is being changed, the new one first."),
  administratorKeyIds: z
    .array(accessKeyId())
    .min(1, { error: "at least the id of the key that Granary runs with" })
    .describe("Keys that keep every right, among them the one that Granary runs with. Without it Granary would lock itself out."),
  takeOver: takeOver().describe(
    "Buckets that exist already and are taken over with all that they hold, by purpose; their policies and rules are replaced.",
  ),
  egress: egress().describe("The networks at which the store is reached; network policies open nothing else."),
});
