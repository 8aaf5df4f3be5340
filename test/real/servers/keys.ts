import { randomBytes } from "node:crypto";

/** What an S3 client proves itself with. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Hexadecimal: keys that a store draws may hold a slash, which some clients do not escape. */
export const drawKeys = (): Keys => ({
  accessKeyId: randomBytes(10).toString("hex").toUpperCase(),
  secretAccessKey: randomBytes(20).toString("hex"),
});
