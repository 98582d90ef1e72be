/*
 * Short names for what the engine and its glue call each other. wasm-bindgen's names are long and end in hashes, which do
 * not compress: they were 5 kB of the 150 that a page once paid. Only names that stand for nothing outside these two files
 * are shortened: all imports of the engine, and those of its exports that wasm-bindgen made for itself.
 */
import { mapExports, mapImports } from "./wasm-sections.mjs";

const INTERNAL = /^(__|wasm_bindgen_)/;

/** The engine and its glue with short names. */
export function shortenNames(wasm, glue) {
  const names = new Map();
  const short = (name) => {
    if (!names.has(name)) names.set(name, `i${names.size.toString(36)}`);
    return names.get(name);
  };
  const imports = mapImports(wasm, (module, name) => [module, short(name)]);
  const shortened = mapExports(imports, (name) => (INTERNAL.test(name) ? short(name) : name));
  return { wasm: shortened, glue: renameInGlue(glue, names) };
}

function renameInGlue(glue, names) {
  for (const [long, short] of names) {
    const found = glue.split(new RegExp(`\\b${long}\\b`));
    if (found.length < 2) throw new Error(`the glue does not know ${long}`);
    glue = found.join(short);
  }
  return glue;
}
