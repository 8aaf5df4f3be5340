/** Previews list them or not, as the engine happens to come to them. */
export const isDefaultProvider = (urn: string): boolean => /::pulumi:providers:[\w-]+::default/.test(urn);
