// How resources that hold data outlive mistakes: protected from deletion, and left in place when the program forgets them.
import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { StorageConfig } from "../config/schema/storage";

type OnDestroy = StorageConfig["onDestroy"];

export function dataOptions(onDestroy: OnDestroy, holdsData = true): Pick<CustomResourceOptions, "protect" | "retainOnDelete"> {
  const keep = holdsData && onDestroy === "keep-all-data";
  return { protect: keep, retainOnDelete: keep };
}
