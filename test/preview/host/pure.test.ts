import { describe, expect, test } from "vitest";
import { computedProperties } from "../../../preview/host/computed";
import { seconds } from "../../../preview/host/options";
import { childUrn, parseUrn, providerUrn, typeOf } from "../../../preview/host/urn";
import { dependenciesOf, withDependencies, withoutDependencies } from "../../../preview/wire/output-values";
import { fromStruct, toStruct } from "../../../preview/wire/structs";
import { marks, type Properties, secret, signature, unknown } from "../../../preview/wire/values";
import { root } from "../../support/preview";

describe("URNs", () => {
  test("hold the chain of parents without the stack, and names with colons", () => {
    const stack = childUrn("dev", "granary", undefined, "pulumi:pulumi:Stack", "granary-dev");
    const parent = childUrn("dev", "granary", stack, "granary:logs:Loki", "logs");
    expect(parent).toBe("urn:pulumi:dev::granary::granary:logs:Loki::logs");
    const child = childUrn("dev", "granary", parent, "aws:s3/bucket:Bucket", "a::b");
    expect(child).toBe("urn:pulumi:dev::granary::granary:logs:Loki$aws:s3/bucket:Bucket::a::b");
    expect(parseUrn(child)).toEqual({ stack: "dev", project: "granary", types: "granary:logs:Loki$aws:s3/bucket:Bucket", name: "a::b" });
    expect(typeOf(child)).toBe("aws:s3/bucket:Bucket");
    expect(providerUrn(`${parent}::${unknown}`)).toBe(parent);
    expect(() => parseUrn("urn:other")).toThrow(/is not a resource URN/);
  });
});

describe("custom timeouts", () => {
  test.each([
    ["", 0],
    ["45s", 45],
    ["1h30m", 5400],
    ["1.5m", 90],
    ["250ms", 0.25],
  ])("%j is %d s", (text, expected) => expect(seconds(text)).toBe(expected));
  test.each(["soon", "10", "1h 30m", "5d"])("%j is none", (text) => expect(() => seconds(text)).toThrow(/is not a duration/));
});

describe("values", () => {
  const properties: Properties = {
    text: "a",
    nothing: null,
    yes: true,
    number: 1.5,
    list: [1, [unknown], {}],
    object: { inner: secret("hidden"), later: unknown },
  };

  test("survive the message that carries them", () => {
    const message = toStruct(properties);
    expect(fromStruct(message)).toEqual(properties);
    expect(message.toJavaScript()).toEqual(properties);
    expect(fromStruct(toStruct(fromStruct(message)))).toEqual(properties);
  });

  test("say what they depend on while transforms see them, and are as before afterwards", () => {
    const urns = ["urn:pulumi:dev::t::a:b:C::x"];
    const upgraded = withDependencies(
      properties,
      new Map([
        ["object", urns],
        ["text", urns],
      ]),
    );
    expect(upgraded.text).toEqual({ [signature]: marks.output, value: "a", dependencies: urns });
    expect(upgraded.object).toMatchObject({
      [signature]: marks.output,
      dependencies: urns,
      value: { later: { [signature]: marks.output } },
    });
    expect(dependenciesOf(upgraded).get("object")).toEqual(urns);
    expect(dependenciesOf(upgraded).get("list")).toEqual([]);
    expect(withoutDependencies(upgraded)).toEqual(properties);
  });
});

describe("computed properties", () => {
  test("are those that no argument gives, with their types", () => {
    const bucket = computedProperties("aws:s3/bucket:Bucket", root);
    expect(bucket.get("arn")).toBe("string");
    expect(bucket.has("bucket")).toBe(false);
    expect(computedProperties("random:index/randomId:RandomId", root).get("hex")).toBe("string");
  });

  test("of Kubernetes' own objects leave out what the program gives, though the class reads it by id too", () => {
    expect([...computedProperties("kubernetes:core/v1:ConfigMap", root).keys()]).toEqual([]);
    expect([...computedProperties("kubernetes:core/v1:Service", root).keys()]).toEqual(["status"]);
    expect([...computedProperties("kubernetes:helm.sh/v3:Release", root).keys()]).toEqual(["status"]);
  });

  test("of what has no class here are none", () => {
    for (const type of ["ceph:none/v1:Such", "kubernetes:ceph.rook.io/v1:CephObjectStore", "odd", "pulumi:providers:aws"]) {
      expect([...computedProperties(type, root)]).toEqual([]);
    }
  });
});
