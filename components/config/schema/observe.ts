import { z } from "zod";

export const observeSchema = z.strictObject({
  enabled: z.boolean().default(true),
});
