import { describe, expect, test } from "vitest";
import { call, environment, exportOf, map, quote, render, untypedBlock, untypedComponent } from "../../components/collection/alloy/syntax";

const component = untypedComponent;
const block = untypedBlock;

describe("the writer", () => {
  test("prints components, blocks and every kind of value", () => {
    const write = component("loki.write", "main", { external_labels: map({ b: "2", a: "1" }) }, [
      block("endpoint", { url: "http://loki", retries: 3, ratio: 0.5, below: -1, on: true, left_out: undefined, key: environment("KEY") }),
    ]);
    const process = component("loki.process", "main", { forward_to: [exportOf(write, "receiver")], names: ["a", "b"] }, [
      block("stage.cri"),
      block("stage.drop", { expression: 'say "no"\n\\d' }),
    ]);
    expect(render([process, write])).toBe(`loki.process "main" {
	forward_to = [loki.write.main.receiver]
	names      = ["a", "b"]

	stage.cri { }

	stage.drop {
		expression = "say \\"no\\"\\n\\\\d"
	}
}

loki.write "main" {
	external_labels = {
		"a" = "1",
		"b" = "2",
	}

	endpoint {
		url     = "http://loki"
		retries = 3
		ratio   = 0.5
		below   = -1
		on      = true
		key     = sys.env("KEY")
	}
}
`);
  });

  test.each([
    ["a name with a quote", () => component('loki.write" {', "main")],
    ["a label with a space", () => component("loki.write", "my main")],
    ["a label that begins with a digit", () => component("loki.write", "1st")],
    ["an empty label", () => component("loki.write", "")],
    ["an attribute that is two", () => render([component("a", "b", { "x = 1\ny": 2 })])],
    ["a word of the language as a name", () => render([component("a", "b", { true: 1 })])],
    ["a function that is more", () => call('sys.env("A") + x', "b")],
    ["a number without end", () => render([component("a", "b", { x: Number.POSITIVE_INFINITY })])],
    ["no number", () => render([component("a", "b", { x: Number.NaN })])],
    ["a key with a quote", () => render([component("a", "b", { x: map({ 'k"': 1 }) })])],
    ["an empty key", () => render([component("a", "b", { x: map({ "": 1 }) })])],
  ])("refuses %s", (_, make) => {
    expect(make).toThrow(/^Alloy: /);
  });

  test("refuses two components of one name", () => {
    expect(() => render([component("loki.write", "main"), component("loki.write", "main")])).toThrow(
      "Alloy: two components are called loki.write.main",
    );
  });

  test("refuses a reference to a component that is not there, wherever it hides", () => {
    const absent = component("loki.write", "absent");
    const reference = exportOf(absent, "receiver");
    const hidden = component("loki.process", "main", {}, [block("stage.x", { y: map({ z: [call("array.concat", [reference])] }) })]);
    expect(() => render([hidden])).toThrow("Alloy: loki.write.absent.receiver refers to a component that is not in this file");
    expect(render([hidden, absent])).toContain("loki.write.absent.receiver");
  });

  test("a block has no name to refer to", () => {
    expect(() => exportOf(block("endpoint"), "x")).toThrow("Alloy: endpoint has no label");
  });

  test.each([
    ["", '""'],
    ["{{ .Line }}", '"{{ .Line }}"'],
    ["\u0000\u001b\u007f\u0085", '"\\u0000\\u001b\\u007f\\u0085"'],
    ["\u2028\ufeff", '"\\u2028\\ufeff"'],
    ["é 😀", '"é 😀"'],
    ["\ud800", '"\ufffd"'],
  ])("quotes %j", (text, quoted) => {
    expect(quote(text)).toBe(quoted);
  });
});
