// A stand-in for the provider `random`, which no package registry has: real random values, which stay until an input changes.
import { randomInt } from "node:crypto";
import { type Properties, secret } from "../../../../../preview/wire/values";
import { packageVersion } from "../package-version";
import { type ResourceType, serveStandIn } from "./provider";

/** As in the provider's documentation. */
const specialCharacters = "!@#$%&*()-_=+[]{}<>:?";
const defaults = { lower: true, upper: true, numeric: true, special: true };

interface Characters {
  readonly characters: string;
  readonly min: number;
}

function classesOf(inputs: Properties): Characters[] {
  const { lower, upper, numeric, special } = { ...defaults, ...inputs };
  const min = (name: string) => Number(inputs[name] ?? 0);
  const custom = typeof inputs.overrideSpecial === "string" ? inputs.overrideSpecial : specialCharacters;
  return [
    { used: lower, characters: "abcdefghijklmnopqrstuvwxyz", min: min("minLower") },
    { used: upper, characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ", min: min("minUpper") },
    { used: numeric, characters: "0123456789", min: min("minNumeric") },
    { used: special, characters: custom, min: min("minSpecial") },
  ].filter(({ used }) => used);
}

const draw = (characters: string, count: number): string[] =>
  Array.from({ length: Math.max(0, count) }, () => characters.charAt(randomInt(characters.length)));

export function randomPassword(inputs: Properties): string {
  const classes = classesOf(inputs);
  const demanded = classes.flatMap(({ characters, min }) => draw(characters, min));
  const all = classes.map(({ characters }) => characters).join("");
  const rest = draw(all, Number(inputs.length) - demanded.length);
  return shuffled([...demanded, ...rest]).join("");
}

function shuffled(values: string[]): string[] {
  for (let last = values.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [values[last], values[other]] = [values[other] ?? "", values[last] ?? ""];
  }
  return values;
}

/** Without `bcryptHash`, which no stack reads. */
const password: ResourceType<undefined> = {
  replacedBy: [],
  create: async (_, inputs) => ({ id: "none", outputs: { ...defaults, ...inputs, result: secret(randomPassword(inputs)) } }),
  // The value is in the state alone.
  read: async (_, __, state) => state,
  delete: async () => undefined,
};

void serveStandIn({
  name: "random",
  version: packageVersion("random"),
  types: { "random:index/randomPassword:RandomPassword": password },
  configure: async () => undefined,
});
