import { z } from "zod";
import { duration } from "../fields";

export const tracesSchema = z.strictObject({
  enabled: z.boolean().default(true),
  retention: duration().prefault("14d"),
});
