// The store that a stack's configuration asks for. Only its own module is loaded: a stack on Ceph doesn't wait for AWS's SDK.
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { StoreConfig, StoreContext } from "./context";
import type { Store } from "./store";

export function createStore(name: string, config: StoreConfig, context: StoreContext, opts: ComponentResourceOptions): Store {
  const { storage } = config;
  switch (storage.kind) {
    case "rook-ceph": {
      const { RookCephStore } = require("./rook-ceph/store") as typeof import("./rook-ceph/store");
      return new RookCephStore(name, storage, config, context, opts);
    }
    case "aws": {
      const { AwsStore } = require("./aws/store") as typeof import("./aws/store");
      return new AwsStore(name, storage, context, opts);
    }
    case "hetzner": {
      const { HetznerStore } = require("./hetzner") as typeof import("./hetzner");
      return new HetznerStore(name, storage, config, context, opts);
    }
    case "s3": {
      const { S3Store } = require("./s3") as typeof import("./s3");
      return new S3Store(name, storage, config, context, opts);
    }
    case "filesystem": {
      const { FilesystemStore } = require("./filesystem") as typeof import("./filesystem");
      return new FilesystemStore(name, storage, context, opts);
    }
  }
}

export type { StoreConfig, StoreContext } from "./context";
