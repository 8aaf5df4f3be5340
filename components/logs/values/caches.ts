import { type Cache, cacheEnabled } from "../caches";
import type { LogsConfig } from "../sizes";
import type { Values } from "../values";

/** A chunk must fit into one item: its compressed size and as much again, since the last block may overshoot. */
const itemMegabytes = (config: LogsConfig, cache: Cache): number =>
  cache === "chunks" ? Math.max(5, Math.ceil((config.chunks.targetSize.bytes / 2 ** 20) * 2)) : 5;

function values(config: LogsConfig, cache: Cache): Values {
  if (!cacheEnabled(config, cache)) return { enabled: false };
  const { memory, replicas } = config.caches[cache];
  return { enabled: true, replicas, allocatedMemory: Math.round(memory.bytes / 2 ** 20), maxItemMemory: itemMegabytes(config, cache) };
}

export const cacheValues = (config: LogsConfig): Values => ({
  chunksCache: values(config, "chunks"),
  resultsCache: values(config, "results"),
  memcachedExporter: { enabled: cacheEnabled(config, "chunks") || cacheEnabled(config, "results") },
});
