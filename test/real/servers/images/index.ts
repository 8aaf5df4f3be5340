export { imageArchive } from "./archive";
export * from "./builders";
export { imageNamed } from "./by-name";
export type { Image } from "./image";
