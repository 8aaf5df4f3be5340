// A bucket on an S3-compatible store, as a resource whose provider runs in Pulumi's own Node.js host: no plugin to install, and a real read and diff.
// Why not the aws provider or a command: docs/stores.md.
import * as pulumi from "@pulumi/pulumi";
import type { BucketInputs } from "./desired";

/**
 * The provider by reference. What Pulumi otherwise serializes from a closure changes with every edit and loads a compiler at each start.
 * This text is part of every stack's state: the files that it names stay where they are.
 */
const provider = [
  'exports.handler = () => require(process.cwd() + "/bin/typescript.cjs")',
  '&& require(process.cwd() + "/components/storage/s3-bucket/provider.ts").provider;',
].join(" ");

export class S3Bucket extends pulumi.CustomResource {
  declare readonly bucket: pulumi.Output<string>;

  constructor(name: string, inputs: { [Key in keyof BucketInputs]: pulumi.Input<BucketInputs[Key]> }, opts: pulumi.CustomResourceOptions) {
    super("pulumi-nodejs:dynamic/granary:S3Bucket", name, { ...inputs, __provider: provider }, opts);
  }
}
