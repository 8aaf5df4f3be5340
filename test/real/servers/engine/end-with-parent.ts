/** Ends this process when the one that started it is gone: a killed engine leaves no host and no provider behind. */
export function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 500).unref();
}
