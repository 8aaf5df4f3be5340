import { z } from "zod";
import { awsSchema } from "./storage/aws";
import { filesystemSchema } from "./storage/filesystem";
import { hetznerSchema } from "./storage/hetzner";
import { rookCephSchema } from "./storage/rook-ceph";
import { s3Schema } from "./storage/s3";

/** Where logs and traces are kept. */
export const storageSchema = z.discriminatedUnion("kind", [rookCephSchema, awsSchema, hetznerSchema, s3Schema, filesystemSchema]);

export type StorageConfig = z.output<typeof storageSchema>;
export type StorageOf<Kind extends StorageConfig["kind"]> = Extract<StorageConfig, { kind: Kind }>;
