import { parseArgs } from "node:util";
import { closest, distance } from "fastest-levenshtein";
import { messageOf, PreviewFailure } from "./failure";

export const formats = ["text", "json", "markdown"] as const;
export type Format = (typeof formats)[number];

export interface Arguments {
  stacks: string[];
  format: Format;
  out?: string;
  packs: string[];
  packConfigs: string[];
  filled: boolean;
  folder: string;
  help: boolean;
}

export const help = `Shows what every stack would make, without a cloud, a cluster or an account.

  npm run preview -- [options]      (npm run -s preview -- ... keeps npm's own lines out of a pipe)

  --stack NAME               only this stack; may be repeated (all stacks that have a Pulumi.<stack>.yaml)
  --format FORMAT            ${formats.join(", ")} (text)
  --out FILE                 write the result to a file instead of stdout
  --policy-pack DIR          also run this policy pack; may be repeated (the project's own pack, policy/, always runs)
  --policy-pack-config FILE  JSON configuration of a pack, in the order of the packs, the project's own first; may be repeated
  --filled                   put placeholders where values are not known yet, so that more policies can be evaluated
  --cwd DIR                  the project's folder (.)
  --help                     show this

Exit codes: 0 all well; 1 a mandatory policy is violated; 2 no preview: wrong arguments or configuration, a program or a pack failed.
`;

const options = {
  stack: { type: "string", multiple: true, short: "s" },
  format: { type: "string" },
  out: { type: "string" },
  "policy-pack": { type: "string", multiple: true },
  "policy-pack-config": { type: "string", multiple: true },
  filled: { type: "boolean" },
  cwd: { type: "string", short: "C" },
  help: { type: "boolean", short: "h" },
} as const;

/** All that is wrong is said at once. */
export function parseArguments(args: readonly string[]): Arguments {
  const problems = unknownOptions(args);
  if (problems.length === 0) {
    try {
      const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
      const format = (values.format ?? "text") as Format;
      if (!formats.includes(format)) problems.push(`--format is "${format}"; it must be one of ${formats.join(", ")}`);
      for (const [name, value] of Object.entries(values)) {
        if ([value].flat().includes("")) problems.push(`--${name} needs a value`);
      }
      if (problems.length === 0) {
        return {
          stacks: values.stack ?? [],
          format,
          ...(values.out === undefined ? {} : { out: values.out }),
          packs: values["policy-pack"] ?? [],
          packConfigs: values["policy-pack-config"] ?? [],
          filled: values.filled === true,
          folder: values.cwd ?? ".",
          help: values.help === true,
        };
      }
    } catch (error) {
      problems.push(messageOf(error).split(". To specify")[0] ?? "");
    }
  }
  throw new PreviewFailure(`${problems.join("\n")}\nSee --help.`);
}

function unknownOptions(args: readonly string[]): string[] {
  const names = Object.keys(options);
  const given = args.flatMap((arg) => /^--([^=]+)/.exec(arg)?.[1] ?? []);
  return given
    .filter((name) => !names.includes(name))
    .map((name) => {
      const near = closest(name, names);
      return `there is no option --${name}${distance(name, near) <= 3 ? `; did you mean --${near}?` : ""}`;
    });
}
