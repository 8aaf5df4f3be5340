// A tar stream in the ustar format. The same entries give the same bytes: no owner, no time of change.
import { createReadStream, statSync } from "node:fs";

const block = 512;

/** What a file holds, read only when it is written. */
export interface Content {
  readonly size: number;
  read(): AsyncIterable<Buffer> | Iterable<Buffer>;
}

export type TarEntry =
  | { readonly type: "folder"; readonly path: string; readonly mode: number }
  | { readonly type: "file"; readonly path: string; readonly mode: number; readonly content: Content };

export const contentOfFile = (path: string): Content => ({
  size: statSync(path).size,
  read: () => createReadStream(path, { highWaterMark: 2 ** 20 }),
});

export function contentOfText(text: string): Content {
  const bytes = Buffer.from(text);
  return { size: bytes.length, read: () => [bytes] };
}

export async function* tar(entries: Iterable<TarEntry>): AsyncGenerator<Buffer> {
  for (const entry of entries) {
    yield header(entry);
    if (entry.type === "folder") continue;
    let written = 0;
    for await (const chunk of entry.content.read()) {
      written += chunk.length;
      yield chunk;
    }
    if (written !== entry.content.size) throw new Error(`${entry.path} changed its size while it was written`);
    if (written % block > 0) yield Buffer.alloc(block - (written % block));
  }
  yield Buffer.alloc(2 * block);
}

function header(entry: TarEntry): Buffer {
  const path = entry.path.replace(/^\/+/, "") + (entry.type === "folder" ? "/" : "");
  if (Buffer.byteLength(path) > 100) throw new Error(`${path}: a path in an image has at most 100 bytes`);
  const bytes = Buffer.alloc(block);
  const number = (value: number, at: number, digits: number) => bytes.write(`${value.toString(8).padStart(digits, "0")}\0`, at);
  bytes.write(path, 0);
  number(entry.mode, 100, 7);
  number(0, 108, 7);
  number(0, 116, 7);
  number(entry.type === "folder" ? 0 : entry.content.size, 124, 11);
  number(0, 136, 11);
  bytes.write("        ", 148);
  bytes.write(entry.type === "folder" ? "5" : "0", 156);
  bytes.write("ustar\x0000", 257);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return bytes;
}
