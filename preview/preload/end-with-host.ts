/** Ends this process when the one that started it is gone: its end of our stdin is closed by the system, however it died. */
export function endWithHost(): void {
  process.stdin.on("end", () => process.exit(1)).on("error", () => process.exit(1));
  process.stdin.resume();
  (process.stdin as unknown as { unref?(): void }).unref?.();
}
