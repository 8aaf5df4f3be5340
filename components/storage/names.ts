// Buckets' names: plain text, known before anything exists.
export const bucketNameOf = (prefix: string, purpose: string): string => `${prefix}-${purpose}`;

/** A name that S3 keeps for one account in one region. */
export const accountRegionalName = (name: string, accountId: string, region: string): string => `${name}-${accountId}-${region}-an`;

/** Why S3 would refuse the name; undefined when it wouldn't. */
export function bucketNameProblem(name: string): string | undefined {
  if (name.length < 3 || name.length > 63) return `has ${name.length} characters, and a bucket's name takes 3 to 63`;
  if (!/^[a-z0-9][a-z0-9.-]*[a-z0-9]$/.test(name))
    return "holds more than lower case letters, digits, hyphens and dots, or begins or ends with one of the last two";
  if (name.includes("..") || name.includes(".-") || name.includes("-.")) return "has two separators side by side";
  if (name.includes(".")) return "has a dot, which TLS certificates of virtual-hosted buckets don't cover";
  if (/^(?:xn--|sthree-|amzn-s3-demo-)/.test(name)) return "begins with what S3 keeps for itself";
  if (/(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)) return "ends with what S3 keeps for itself";
  return undefined;
}
