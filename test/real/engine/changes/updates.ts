export const updates = (...names: string[]): string[] => names.map((name) => `update granary-${name}`);
