// How long a writer may take to stop, and how often it tries the store meanwhile. The two are chosen together.
import type { Plain } from "../text/yaml";
import { type LogsConfig, memoryMebibytes, sizing } from "./sizes";
import { writer } from "./topology";

/** What one writer uploads in a second on a slow link: 200 Mbit/s. */
const uploadMebibytes = 25;

/**
 * Seconds to upload all chunks that a writer's memory can hold, which is three quarters of its limit. A writer that stops flushes its chunks and
 * retries until the store takes them, regardless of `max_retries` (grafana/loki#8821). So while the store rejects writes, each stop takes the
 * whole grace period and ends with SIGKILL; the write-ahead log keeps the lines. A longer period only delays that.
 */
export function gracePeriod(config: LogsConfig): number {
  const chunks = memoryMebibytes(config, writer(config.mode)) * 0.75;
  return Math.min(300, Math.max(60, Math.ceil(chunks / uploadMebibytes)));
}

/** At most 10 s between attempts: a store that comes back within the shortest grace period gets several more. */
export const flushBackoff: Plain = { max_period: "10s", max_retries: 10, min_period: "1s" };

/** Until the ring and the readiness probe accept a writer that has started; measured at 42 to 52 s on one node. */
const startSeconds = 90;

/** Seconds that Helm must wait for: a StatefulSet restarts its pods one after another. */
export function rolloutSeconds(config: LogsConfig): number {
  const { replicas } = sizing(config, writer(config.mode));
  return Math.max(15 * 60, replicas * (gracePeriod(config) + startSeconds));
}
