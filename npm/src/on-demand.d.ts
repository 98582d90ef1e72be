/*
 * The modules that only some journeys need: written in npm/on-demand, bundled beside the package's own files by build.mjs,
 * read by the engine, and the one of labels by the loader.
 */
declare module "*.mjs" {
  const module: unknown;
  export default module;
}
