// The kinds of values that more than one room's schema needs.
import { z } from "zod";
import { type Duration, durationPattern, parseDuration, parseSize, type Size, sizePattern } from "./units";

/** A length of time: `30d`, `720h`, `1h30m`. */
export const duration = () =>
  z
    .string()
    .regex(durationPattern, { error: "a duration: a whole number and w, d, h, m or s, such as 30d or 720h" })
    .transform((text, context): Duration => {
      const parsed = parseDuration(text);
      if (parsed && parsed.seconds > 0) return parsed;
      context.addIssue({ code: "custom", message: "a duration longer than zero, such as 30d or 720h", input: text });
      return z.NEVER;
    });

/** An amount of bytes: `10Gi`, `100GB`. */
export const size = () =>
  z
    .string()
    .regex(sizePattern, { error: "a size: a number and Ki, Mi, Gi, Ti, KB, MB, GB or TB, such as 10Gi or 100GB" })
    .transform((text, context): Size => {
      const parsed = parseSize(text);
      if (parsed && parsed.bytes > 0) return parsed;
      context.addIssue({ code: "custom", message: "a size larger than zero, such as 10Gi or 100GB", input: text });
      return z.NEVER;
    });

/** A Kubernetes object's name (RFC 1123 label). */
export const kubernetesName = () =>
  z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, {
    error: "a Kubernetes name: lower case letters, digits and hyphens, 63 at most, no hyphen at either end",
  });

const cpuError = { error: "an amount of CPU, such as 500m or 2" };

/** CPU as Kubernetes counts it: `500m`, `2`. */
export const cpu = () =>
  z
    .union([z.string().regex(/^[0-9]+(?:\.[0-9]+)?m?$/, cpuError), z.number(cpuError).refine((amount) => amount > 0, cpuError)], cpuError)
    .transform(String);

/** A network of either family: `10.0.0.0/8`, `fd00::/8`. */
export const cidr = () => z.union([z.cidrv4(), z.cidrv6()], { error: "a network in CIDR notation, such as 10.0.0.0/8 or fd00::/8" });

/** Kubernetes resource requests and limits. */
export const resources = () =>
  z.strictObject({
    requests: z
      .strictObject({
        cpu: cpu().optional().describe("CPU that is reserved, such as 500m or 2."),
        memory: size().optional().describe("Memory that is reserved, such as 1Gi."),
      })
      .optional()
      .describe("What is reserved for it."),
    limits: z
      .strictObject({
        cpu: cpu().optional().describe("CPU at most, such as 500m or 2."),
        memory: size().optional().describe("Memory at most, such as 1Gi; above it the container is killed."),
      })
      .optional()
      .describe("What it may use at most."),
  });

export const digestPattern = /^sha256:[0-9a-f]{64}$/;

/** Which build of a program runs, as its chart takes it. */
export const image = (repository: string, tag: string, version: string) =>
  z
    .strictObject({
      registry: z.string().min(1).default("docker.io").describe("Where the image comes from."),
      repository: z.string().min(1).default(repository).describe("Its name there."),
      tag: z.string().min(1).default(tag).describe(version),
      digest: z
        .string()
        .regex(digestPattern, { error: "a digest, such as sha256: and 64 hexadecimal digits" })
        .optional()
        .describe("Pins the image to its bytes."),
    })
    .prefault({});

/** A map that Granary hands on untouched, such as extra chart values. */
export const anything = () => z.record(z.string(), z.unknown());
