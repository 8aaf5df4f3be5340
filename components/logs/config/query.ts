// How questions are answered: frontend, scheduler, queriers and what they remember.
import type { Plain } from "../../text/yaml";
import { cacheEnabled, embeddedCacheMegabytes, memcachedAddresses } from "../caches";
import type { LokiInput } from "../input";
import { sizing } from "../sizes";
import { addresses, reader } from "../topology";

/** Four pieces at a time for each processor: most of the time they wait for the store. */
function concurrency({ config }: LokiInput): number {
  const { requests, limits } = sizing(config, reader(config.mode)).resources;
  const cpu = limits.cpu ?? requests.cpu ?? "1";
  const cores = cpu.endsWith("m") ? Number(cpu.slice(0, -1)) / 1000 : Number(cpu);
  return Math.max(4, Math.round(cores * 4));
}

const embedded = (megabytes: number): Plain => ({ embedded_cache: { enabled: true, max_size_mb: megabytes, ttl: "24h" } });

function memcached(addressList: string, timeout: string, batch: Plain = {}): Plain {
  return {
    background: { writeback_buffer: 100_000, writeback_goroutines: 1, writeback_size_limit: "100MB" },
    embedded_cache: { enabled: false },
    memcached: batch,
    memcached_client: { addresses: addressList, consistent_hash: true, max_idle_conns: 72, timeout },
  };
}

export function chunkStoreConfig(input: LokiInput): Plain {
  const cache = cacheEnabled(input.config, "chunks")
    ? memcached(memcachedAddresses("chunks", input.namespace), "2s", { batch_size: 4, parallelism: 5 })
    : embedded(embeddedCacheMegabytes(input.config));
  return { chunk_cache_config: cache };
}

export function queryRangeConfig(input: LokiInput): Plain {
  const cache = cacheEnabled(input.config, "results")
    ? memcached(memcachedAddresses("results", input.namespace), "500ms")
    : embedded(embeddedCacheMegabytes(input.config));
  return { align_queries_with_step: true, cache_results: true, parallelise_shardable_queries: true, results_cache: { cache } };
}

export function querierConfig(input: LokiInput): Plain {
  // Chunks leave the ingesters after `age` at the latest; an hour more covers their upload and the index's.
  const seconds = Math.max(3 * 3600, input.config.chunks.age.seconds + 3600);
  return { max_concurrent: concurrency(input), query_ingesters_within: `${Math.ceil(seconds / 3600)}h` };
}

/** Only the distributed mode has a scheduler of its own; the others find theirs by ring. */
export function frontendConfig({ config, namespace }: LokiInput): { readonly [key: string]: Plain } {
  const { queryScheduler, querier } = addresses(config.mode, namespace);
  return {
    frontend: {
      compress_responses: true,
      log_queries_longer_than: "10s",
      ...(queryScheduler && querier ? { scheduler_address: queryScheduler, tail_proxy_url: querier } : {}),
    },
    ...(queryScheduler ? { frontend_worker: { scheduler_address: queryScheduler } } : {}),
  };
}
