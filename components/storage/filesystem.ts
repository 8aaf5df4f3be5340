// No object store: each purpose gets a volume, which the workload's own chart claims.
import * as pulumi from "@pulumi/pulumi";
import type { StorageOf } from "../config/schema/storage";
import { parseSize } from "../config/units";
import type { StoreContext } from "./context";
import type { BucketSpec, DiskBinding, Store } from "./store";

const smallest = parseSize("10Gi") ?? { bytes: 10 * 2 ** 30 };

export class FilesystemStore extends pulumi.ComponentResource implements Store {
  constructor(
    private readonly name: string,
    private readonly storage: StorageOf<"filesystem">,
    _context: StoreContext,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("granary:storage:Filesystem", name, {}, opts);
    this.registerOutputs({});
  }

  bucket(spec: BucketSpec): DiskBinding {
    const own = this.storage.volumes[spec.onDiskOf ?? spec.purpose];
    const size = own?.size ?? spec.diskSize ?? smallest;
    const storageClass = own?.storageClass ?? this.storage.storageClass;
    const ready = spec.onDiskOf ? [] : [new Volume(`${this.name}-${spec.purpose}`, size.bytes, storageClass, { parent: this })];
    return { kind: "disk", size, ready, ...(storageClass ? { storageClass } : {}) };
  }
}

/** Stands in the tree for a volume that the workload's chart claims. */
class Volume extends pulumi.ComponentResource {
  constructor(name: string, bytes: number, storageClass: string | undefined, opts: pulumi.ComponentResourceOptions) {
    super("granary:storage:Volume", name, { bytes, storageClass }, opts);
    this.registerOutputs({});
  }
}
