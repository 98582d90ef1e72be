/*
 * The modules that only some journeys need: written in npm/parts, bundled beside the package's own files by build.mjs,
 * read by the engine.
 */
declare module "*.mjs" {
  const part: unknown;
  export default part;
}
