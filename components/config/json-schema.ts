// What an editor needs to complete and check a Pulumi.<stack>.yaml, made from the same schema that the program reads with.
import { z } from "zod";
import { secretKeys } from "./problems";
import { granarySchema } from "./schema";

type Json = Record<string, unknown>;

const encrypted: Json = {
  type: "object",
  properties: { secure: { type: "string", description: "Written by `pulumi config set --secret`." } },
  required: ["secure"],
  additionalProperties: false,
};

export function stackFileSchema(): Json {
  const { properties, required, $schema } = z.toJSONSchema(granarySchema, { io: "input" });
  const config = Object.entries(properties ?? {}).map(([key, schema]) => [
    `granary:${key}`,
    secretKeys.has(key) ? encryptedTexts(schema) : schema,
  ]);
  return {
    $schema,
    title: "A stack of Granary",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries(config),
        required: (required ?? []).map((key) => `granary:${key}`),
        patternProperties: { "^(?!granary:)": {} },
        additionalProperties: false,
      },
      encryptionsalt: { type: "string" },
      secretsprovider: { type: "string" },
      encryptedkey: { type: "string" },
    },
    required: ["config"],
  };
}

/** In a file, every text below a secret key stands encrypted. */
function encryptedTexts(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(encryptedTexts);
  if (typeof schema !== "object" || schema === null) return schema;
  const { type, description } = schema as Json;
  if (type === "string") return { ...encrypted, ...(description ? { description } : {}) };
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, key === "propertyNames" ? value : encryptedTexts(value)]));
}
