// The SDK unpacks every resource anew for each policy, which costs far more than all the checks together. Here it is done once, and all policies
// look at the same plain values; none of them changes what it is given. This reaches into the SDK: where its inside has another shape,
// nothing is changed and the pack is only slower.

type Unpack = (packed: object, keepSecrets: boolean) => unknown;

export function unpackOnce(): boolean {
  const sdk = inside();
  const unpack = sdk?.deserializeProperties;
  if (!sdk || typeof unpack !== "function") return false;
  const known = new WeakMap<object, unknown>();
  sdk.deserializeProperties = (packed, keepSecrets) => {
    // A remediation changes what it gets.
    if (keepSecrets) return unpack(packed, keepSecrets);
    const found = known.get(packed);
    if (found !== undefined) return found;
    const made = unpack(packed, keepSecrets);
    known.set(packed, made);
    return made;
  };
  return true;
}

function inside(): { deserializeProperties?: Unpack } | undefined {
  try {
    return require("@pulumi/policy/deserialize");
  } catch {
    return undefined;
  }
}
