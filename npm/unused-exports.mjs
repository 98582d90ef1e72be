/*
 * Takes out of the engine what libraries export to JavaScript and this package never calls: wasm-streams, which comes with
 * Leptos, has three classes (4 kB). It runs between wasm-bindgen and wasm-opt, which then drops what only they reached:
 *
 *   node npm/unused-exports.mjs <folder with engine.js and engine_bg.wasm>
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { mapExports, readImportNames, trapFunctions } from "./wasm-sections.mjs";

/** The classes of ours; src/handle.rs has them. */
const OURS = ["Handle"];

/** Without their classes nothing can call these, but the engine's table of functions still holds them. */
const DEAD = /wasm_streams/;

/** The words of std::io's errors. Nothing of the engine does input or output; the linker keeps them beside what is used. */
const DEAD_WORDS = /entity not found[ -~]{500,900}?operation successful/;

/** The engine with zeros in place of words that nothing says: they travel as next to nothing. */
export function blankDeadWords(wasm) {
  const found = DEAD_WORDS.exec(Buffer.from(wasm).toString("latin1"));
  if (!found) throw new Error("the words of std::io's errors are not where they were: adapt DEAD_WORDS, or drop it");
  return Buffer.from(wasm).fill(0, found.index, found.index + found[0].length);
}

/** The engine without the exports that its glue, less the classes of others, does not name. */
export function dropUnusedExports(wasm, glue) {
  const ours = dropClasses(glue);
  const named = new Set(ours.match(/\w+/g));
  const kept = mapExports(wasm, (name) => (named.has(name) ? name : undefined));
  return { wasm: trapFunctions(kept, (name) => DEAD.test(name)), glue: ours };
}

/** The glue without the functions that the engine's modules do not import (any more). */
export function dropUnusedImports(modules, glue) {
  const imported = new Set(modules.flatMap(readImportNames));
  // wasm-bindgen gives each a line of its own, eight spaces in, and ends it in the same column.
  return glue.replace(/^ {8}(\w+): function\([\s\S]*?^ {8}\}.*,\n/gm, (text, name) => (imported.has(name) ? text : ""));
}

function dropClasses(glue) {
  const classes = [...glue.matchAll(/^export class (\w+) /gm)].map(([, name]) => name);
  let kept = glue;
  for (const name of classes.filter((one) => !OURS.includes(one))) {
    kept = kept
      .replace(new RegExp(`^export class ${name} [\\s\\S]*?^}\\n`, "m"), "")
      .replace(new RegExp(`^if \\(Symbol\\.dispose\\) ${name}\\..*\\n`, "m"), "")
      .replace(new RegExp(`^const ${name}Finalization = [\\s\\S]*?;\\n`, "m"), "");
    if (kept.includes(name)) throw new Error(`the glue still names ${name}`);
  }
  return kept;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = process.argv[2];
  if (!folder) throw new Error("node npm/unused-exports.mjs <folder with engine.js and engine_bg.wasm>");
  const [wasmFile, glueFile] = [join(folder, "engine_bg.wasm"), join(folder, "engine.js")];
  const { wasm, glue } = dropUnusedExports(readFileSync(wasmFile), readFileSync(glueFile, "utf8"));
  writeFileSync(wasmFile, blankDeadWords(wasm));
  writeFileSync(glueFile, glue);
}
