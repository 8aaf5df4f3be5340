import { z } from "zod";

/** Where the workloads' keys come from. */
export const secretsSchema = z.strictObject({});
