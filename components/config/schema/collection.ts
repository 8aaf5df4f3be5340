import { z } from "zod";

export const collectionSchema = z.strictObject({
  enabled: z.boolean().default(true),
});
