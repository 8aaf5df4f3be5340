// An image as an OCI archive, which `ctr images import` and `kind load image-archive` take. No registry and no container runtime is needed.
import { createHash } from "node:crypto";
import { createWriteStream, existsSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { cache, keyOf, makeWhole } from "../tools/cache";
import { configurationOf, type Image, layerOf } from "./image";
import { type Content, contentOfText, type TarEntry, tar } from "./tar";

const types = {
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar",
};

interface Blob {
  readonly digest: string;
  readonly content: Content;
}

const archives = new Map<string, Promise<string>>();

/** The path of the image's archive. It is kept in the cache under the digest of its content. */
export async function imageArchive(image: Image): Promise<string> {
  const layer = await blob(layerContent(layerOf(image)));
  const config = await blob(contentOfText(JSON.stringify(configurationOf(image, layer.digest))));
  const manifest = await blob(
    contentOfText(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: types.manifest,
        config: { mediaType: types.config, digest: config.digest, size: config.content.size },
        layers: [{ mediaType: types.layer, digest: layer.digest, size: layer.content.size }],
      }),
    ),
  );
  const folder = join(cache, "images", `${image.name.replace(/[^\w.]+/g, "-")}-${keyOf([], image.name, manifest.digest)}`);
  const archive = join(folder, "image.tar");
  if (existsSync(archive)) return archive;
  const written =
    archives.get(folder) ?? makeWhole(folder, (scratch) => write(join(scratch, "image.tar"), image.name, manifest, [config, layer]));
  archives.set(
    folder,
    written.then(() => archive),
  );
  await written;
  return archive;
}

/** Read twice, for its digest and for the archive, rather than held in memory: Loki's has 130 MB. */
function layerContent(entries: readonly TarEntry[]): Content {
  const sizes = entries.map((entry) => 512 + (entry.type === "file" ? Math.ceil(entry.content.size / 512) * 512 : 0));
  return { size: sizes.reduce((a, b) => a + b, 1024), read: () => tar(entries) };
}

async function blob(content: Content): Promise<Blob> {
  const hash = createHash("sha256");
  for await (const chunk of content.read()) hash.update(chunk);
  return { digest: `sha256:${hash.digest("hex")}`, content };
}

function write(path: string, name: string, manifest: Blob, others: readonly Blob[]): Promise<void> {
  const descriptor = { mediaType: types.manifest, digest: manifest.digest, size: manifest.content.size };
  // containerd takes the whole name from the first annotation, other tools from the second.
  const annotations = { "io.containerd.image.name": name, "org.opencontainers.image.ref.name": name };
  const index = { schemaVersion: 2, manifests: [{ ...descriptor, annotations }] };
  const file = (at: string, content: Content): TarEntry => ({ type: "file", path: at, mode: 0o644, content });
  const blobs = [manifest, ...others].map(({ digest, content }) => file(`blobs/sha256/${digest.replace("sha256:", "")}`, content));
  const entries = [
    file("oci-layout", contentOfText(JSON.stringify({ imageLayoutVersion: "1.0.0" }))),
    file("index.json", contentOfText(JSON.stringify(index))),
    ...blobs,
  ];
  return pipeline(tar(entries), createWriteStream(path));
}
