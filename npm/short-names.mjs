/*
 * Short names for what the engine and its glue call each other. wasm-bindgen's names are long and end in hashes, which do
 * not compress: they were 5 kB of the 150 that a page once paid. Only names that stand for nothing outside these two files
 * are shortened: all imports of the engine, and those of its exports that wasm-bindgen made for itself. The first
 * import is called after the build.
 */
import { mapExports, mapImports } from "./wasm-sections.mjs";

const INTERNAL = /^(__|wasm_bindgen_)/;

/** What all imports come from. */
const MODULE = "a";

/**
 * The engine and its glue with short names.
 * @param build the name of the engine's first import: one that two builds never share, so that the glue of one cannot start
 *   the engine of another
 */
export function shortenNames(wasm, glue, build) {
  const names = new Map();
  const modules = new Set();
  const short = (name) => {
    if (!names.has(name)) names.set(name, names.size === 0 ? build : `i${names.size.toString(36)}`);
    return names.get(name);
  };
  const imports = mapImports(wasm, (module, name) => {
    modules.add(module);
    return [MODULE, short(name)];
  });
  const shortened = mapExports(imports, (name) => (INTERNAL.test(name) ? short(name) : name));
  for (const module of modules) glue = replaceEach(glue, JSON.stringify(module), JSON.stringify(MODULE));
  return { wasm: shortened, glue: renameInGlue(glue, names) };
}

function renameInGlue(glue, names) {
  for (const [long, short] of names) glue = replaceEach(glue, new RegExp(`\\b${long}\\b`), short);
  return glue;
}

function replaceEach(glue, long, short) {
  const found = glue.split(long);
  if (found.length < 2) throw new Error(`the glue does not know ${long}`);
  return found.join(short);
}
