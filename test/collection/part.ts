/** The text of one component: `part(text, 'loki.write "loki"')`. */
export function part(text: string, head: string): string {
  const start = text.indexOf(`${head} {`);
  if (start < 0) throw new Error(`${head} is not in\n${text}`);
  return text.slice(start, text.indexOf("\n}\n", start) + 2);
}
