import { z } from "zod";

export const networkSchema = z.strictObject({
  enabled: z.boolean().default(true),
});
