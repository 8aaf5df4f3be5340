import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { imageNamed } from "./servers/images";
import { configurationOf, type Image, layerOf } from "./servers/images/image";
import { contentOfText, tar } from "./servers/images/tar";
import { newFolder } from "./servers/run/run";

const folder = newFolder("image");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, "program");
writeFileSync(file, "x".repeat(1000));

const image: Image = {
  name: "granary.test/program:1",
  files: { "/usr/bin/program": file },
  folders: { "/tmp": 0o1777, "/var/data": 0o750 },
  entrypoint: ["/usr/bin/program"],
  user: 10001,
};

async function bytes(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

describe("An image's layer", () => {
  it("is what tar reads: folders before their files, root's, without a time", async () => {
    const listing = execFileSync("tar", ["-tvf", "-", "--utc"], { input: await bytes(tar(layerOf(image))), encoding: "utf8" });
    const lines = listing.trimEnd().split("\n");
    expect(lines.map((line) => line.replace(/\s+/g, " "))).toEqual([
      "drwxrwxrwt 0/0 0 1970-01-01 00:00 tmp/",
      "drwxr-xr-x 0/0 0 1970-01-01 00:00 usr/",
      "drwxr-xr-x 0/0 0 1970-01-01 00:00 usr/bin/",
      "drwxr-xr-x 0/0 0 1970-01-01 00:00 var/",
      "drwxr-x--- 0/0 0 1970-01-01 00:00 var/data/",
      "-rwxr-xr-x 0/0 1000 1970-01-01 00:00 usr/bin/program",
    ]);
  });

  it("has the same bytes each time", async () => {
    expect(await bytes(tar(layerOf(image)))).toEqual(await bytes(tar(layerOf(image))));
  });

  it("takes no path that a tar header can't hold", async () => {
    const entry = { type: "file", path: "a/".repeat(60), mode: 0o644, content: contentOfText("") } as const;
    await expect(bytes(tar([entry]))).rejects.toThrow(/at most 100 bytes/);
  });
});

describe("An image", () => {
  it("starts its program as its user", () => {
    expect(configurationOf(image, "sha256:0")).toMatchObject({ config: { Entrypoint: ["/usr/bin/program"], User: "10001" } });
  });

  it("is known by the name that charts use, or refused", () => {
    expect(() => imageNamed("docker.io/library/redis:8")).toThrow(/no image can be built.*Known are loki/);
  });
});
