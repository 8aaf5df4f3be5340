import { z } from "zod";
import { duration } from "../fields";

export const logsSchema = z.strictObject({
  retention: duration().prefault("30d"),
});
