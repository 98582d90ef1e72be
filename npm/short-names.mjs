/*
 * Short names for what the engine and its glue call each other. wasm-bindgen's names are long and end in hashes, which do
 * not compress: they were 5 kB of the 150 that a page once paid. Only names that stand for nothing outside these two files
 * are shortened: all imports of the engine, and those of its exports that wasm-bindgen made for itself. The first
 * import is called after the build.
 */
import { PRIMARY } from "./split-engine.mjs";
import { mapExports, mapImports } from "./wasm-sections.mjs";

const INTERNAL = /^(__|wasm_bindgen_)/;

/** What all imports come from. */
const MODULE = "a";

/** Of the exports, those that are kept until the deferred module is there (engine-calls.mjs); closures are by their own means. */
const LATER = /^(handle_|__wbg_handle_free$|__wbindgen_destroy_closure$)/;

/**
 * The engine's two modules and its glue with short names.
 * @param build the name of the engine's first import: one that two builds never share, so that the glue of one cannot start
 *   the engine of another
 * @returns with `later`, the names of the exports that wait for the deferred module
 */
export function shortenNames(wasm, deferred, glue, build) {
  const names = new Map();
  const modules = new Set();
  const short = (name) => {
    if (!names.has(name)) names.set(name, names.size === 0 ? build : `i${names.size.toString(36)}`);
    return names.get(name);
  };
  const shorten = (module, name) => {
    // What the deferred module takes of the engine has short names already, and comes from the build.
    if (module === PRIMARY) return [build, name];
    modules.add(module);
    return [MODULE, short(name)];
  };
  const imports = mapImports(wasm, shorten);
  const later = [];
  const shortened = mapExports(imports, (name) => {
    const made = INTERNAL.test(name) ? short(name) : name;
    if (LATER.test(name)) later.push(made);
    return made;
  });
  const shortenedDeferred = mapImports(deferred, shorten);
  for (const module of modules) glue = replaceEach(glue, JSON.stringify(module), JSON.stringify(MODULE));
  return { wasm: shortened, deferred: shortenedDeferred, glue: renameInGlue(glue, names), later };
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
