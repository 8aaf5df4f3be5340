import { z } from "zod";

/** Where logs and traces are kept. */
export const storageSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("rook-ceph") }),
  z.strictObject({ kind: z.literal("aws"), region: z.string() }),
  z.strictObject({ kind: z.literal("hetzner"), location: z.enum(["fsn1", "nbg1", "hel1"]) }),
  z.strictObject({ kind: z.literal("s3"), endpoint: z.string() }),
  z.strictObject({ kind: z.literal("filesystem") }),
]);
