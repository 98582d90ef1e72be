/*
 * The modules that only some journeys need: written in npm/on-demand, bundled beside the package's own files by build.mjs,
 * read by the engine.
 */
declare module "*.mjs" {
  const module: unknown;
  export default module;
}
