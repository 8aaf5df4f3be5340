type Struct = { toJavaScript(): unknown };
type StructModule = { Struct: { prototype: Struct } };

/**
 * Every policy gets properties of its own, which the policy SDK copies from the message of the request: it reads the same message anew
 * for each policy. The reading is done once here; the copying stays, so policies still can't see each other's changes.
 */
export function readMessagesOnce(sdk: NodeJS.Require): void {
  const { Struct } = sdk("google-protobuf/google/protobuf/struct_pb.js") as StructModule;
  const read = Struct.prototype.toJavaScript;
  const done = new WeakMap<Struct, unknown>();
  Struct.prototype.toJavaScript = function (this: Struct) {
    const known = done.get(this);
    if (known !== undefined) return known;
    const value = read.call(this);
    done.set(this, value);
    return value;
  };
}
