import { struct } from "./stubs";
import type { Properties } from "./values";

type Struct = InstanceType<typeof struct.Struct>;

export function fromStruct(message: Struct | undefined): Properties {
  return (message?.toJavaScript() ?? {}) as Properties;
}

export function toStruct(properties: Properties): Struct {
  return struct.Struct.fromJavaScript(properties as Parameters<typeof struct.Struct.fromJavaScript>[0]);
}
