/*
 * Splits the engine in two: what runs up to the first screen, which the page waits for, and the rest, which follows it
 * (docs/adr/0010-the-engine-in-two-parts.md). As Binaryen's wasm-split does it: functions move to a deferred module, and are
 * called through the table, whose places the deferred module fills when it comes. Data, memory and all exports stay.
 *
 *   node npm/split-engine.mjs --wasm <engine with names> --profile <file> --binaryen <folder of its programs> --out <folder>
 *
 * The profile names the functions that stay, a line each; `npm/profile-engine.mjs` finds them.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import {
  callThroughTable,
  functionName,
  importedName,
  namesIn,
  readItems,
  readSegment,
  signature,
} from "./wasm-text.mjs";

/** What the deferred module imports of the engine comes from; build.mjs puts the name of the build there. */
export const PRIMARY = "primary";

/** What both modules may hold, as wasm-opt is told it (xtask/src/dist.rs). */
export const FEATURES = [
  "bulk-memory",
  "bulk-memory-opt",
  "nontrapping-float-to-int",
  "sign-ext",
  "mutable-globals",
  "reference-types",
  "multivalue",
].map((feature) => `--enable-${feature}`);

/** So small that moving it saves nothing; compilers also merge such with others of the same code, whose name it then has. */
const SMALL = 400;

/**
 * What no profile tells of: the allocator, since it depends on what is drawn when a heap has to grow; and what is made when it is
 * first asked for, which the first of several screens has done for all.
 */
const UNTOLD = /\btalc\b|\balloc::alloc\b|raw_vec|RawVec|__rust_|\bmem(cpy|move|set|cmp)\b|Lazy(Cell|Lock|Storage)|Once(Cell|Lock)|really_init/;

/**
 * A function's name as the profile has it: without what tells compilations of a crate apart, and without the number of one of
 * several that are called the same.
 */
export function profileName(name) {
  return name.replace(/^\$"?|"$/g, "").replace(/\[[0-9a-f]{8,}\]/g, "").replace(/\[\d+\]$/, "");
}

/**
 * The two modules as texts.
 * @param text the engine
 * @param profile the names of the functions that the first screen needs, as `profileName` gives them
 */
export function splitEngine(text, profile) {
  const items = readItems(text);
  const functions = new Map(items.filter(functionName).map((item) => [functionName(item), item]));
  const imports = new Map(items.filter(importedName).map((item) => [importedName(item), item]));
  const exported = new Set(items.filter((item) => item.startsWith("(export ")).flatMap((item) => [...namesIn(item)]));
  // wasm-bindgen's own have no names, and stay.
  const isDeferred = (name) => {
    const plain = profileName(name);
    const stays = profile.has(plain) || exported.has(name) || UNTOLD.test(plain) || !/\D/.test(plain);
    return !stays && functions.get(name).length > SMALL;
  };
  const deferred = new Map([...functions].filter(([name]) => isDeferred(name)));

  const { table, places, segment } = readTable(items);
  const target = (name) => {
    if (!deferred.has(name)) return undefined;
    if (!places.includes(name)) places.push(name);
    return { slot: places.indexOf(name), signature: signature(deferred.get(name)) };
  };
  const kept = [...functions].filter(([name]) => !deferred.has(name));
  const primaryFunctions = kept.map(([, item]) => callThroughTable(item, table, target));

  const used = new Set([...deferred.values()].flatMap((item) => [...namesIn(item)]));
  const shared = items.filter((item) => /^\((memory|global|table) /.test(item) || importedName(item) || functionName(item));
  const exports = [];
  const deferredImports = [];
  for (const item of shared) {
    const name = functionName(item) || importedName(item) || /^\(\w+ (\$\S+)/.exec(item)[1];
    const isMemory = item.startsWith("(memory ");
    if (deferred.has(name) || !(used.has(name) || isMemory || name === table)) continue;
    if (importedName(item)) {
      deferredImports.push(item);
      continue;
    }
    const short = `p${exports.length.toString(36)}`;
    exports.push(`(export "${short}" (${/^\((\w+)/.exec(item)[1]} ${name}))`);
    deferredImports.push(`(import "${PRIMARY}" "${short}" ${asImport(item, name, places.length)})`);
  }
  const [stay, follow] = [false, true].map((which) => segmentsOf(places, (name) => deferred.has(name) === which, table));
  const inPrimary = new Set([...primaryFunctions, ...stay].flatMap((item) => [...namesIn(item)]));
  const primary = items.flatMap((item) => {
    if (functionName(item)) return [];
    if (importedName(item)) return inPrimary.has(importedName(item)) || exported.has(importedName(item)) ? [item] : [];
    if (item.startsWith(`(table ${table} `)) return [growTable(item, places.length)];
    return item === segment ? stay : [item];
  });
  const types = items.filter((item) => item.startsWith("(type "));
  return {
    primary: asModule([...primary, ...exports, ...primaryFunctions]),
    deferred: asModule([
      ...types,
      ...deferredImports,
      ...follow,
      ...deferred.values(),
    ]),
    moved: deferred.size,
  };
}

const asModule = (items) => `(module\n${items.join("\n")}\n)\n`;

/** The table of functions, its one segment, and which function stands at which place; one may have several. */
function readTable(items) {
  const tables = items.flatMap((item) => [...item.matchAll(/^\(table (\$\S+) (\d+) (\d+) funcref\)$/g)]);
  const segments = items.filter((item) => item.startsWith("(elem "));
  if (tables.length !== 1 || segments.length !== 1) throw new Error("the engine has another number of tables or segments than one");
  const [, table, size] = tables[0];
  const { begin, functions } = readSegment(segments[0]);
  const places = new Array(Number(size)).fill(undefined);
  places.splice(begin, functions.length, ...functions);
  return { table, places, segment: segments[0] };
}

const growTable = (item, size) => item.replace(/ \d+ \d+ funcref/, ` ${size} ${size} funcref`);

/** Of those in the table that are wanted, the segments that put them there. */
function segmentsOf(places, isWanted, table) {
  const runs = [];
  for (const [place, name] of places.entries()) {
    if (name === undefined || !isWanted(name)) continue;
    const last = runs.at(-1);
    if (last && last.begin + last.names.length === place) last.names.push(name);
    else runs.push({ begin: place, names: [name] });
  }
  return runs.map(({ begin, names }) => `(elem (table ${table}) (i32.const ${begin}) func ${names.join(" ")})`);
}

/** An item of the engine as the deferred module imports it. */
function asImport(item, name, tableSize) {
  if (functionName(item)) return `(func ${name} ${signature(item)})`;
  if (item.startsWith("(table ")) return item.includes("funcref") ? growTable(item, tableSize) : item;
  if (item.startsWith("(memory ")) return item;
  return `(global ${name} ${/^\(global \S+ (\(mut \w+\)|\w+)/.exec(item)[1]})`;
}

/** Runs one of Binaryen's programs. */
export function runBinaryen(folder, program, ...args) {
  const { status, error } = spawnSync(join(folder, program), [...args, ...FEATURES], { stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ended with status ${status}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const options = ["wasm", "profile", "binaryen", "out"];
  const { values } = parseArgs({ options: Object.fromEntries(options.map((name) => [name, { type: "string" }])) });
  const missing = options.filter((name) => !values[name]);
  if (missing.length > 0) throw new Error(`missing: ${missing.map((name) => `--${name}`).join(", ")}`);
  const { wasm, profile, binaryen, out } = values;
  const work = join(out, "split");
  mkdirSync(work, { recursive: true });
  const texts = { engine: join(work, "engine.wat"), primary: join(work, "primary.wat"), deferred: join(work, "deferred.wat") };
  runBinaryen(binaryen, "wasm-dis", wasm, "-o", texts.engine);
  const kept = new Set(readFileSync(profile, "utf8").split("\n").filter(Boolean));
  const { primary, deferred, moved } = splitEngine(readFileSync(texts.engine, "utf8"), kept);
  writeFileSync(texts.primary, primary);
  writeFileSync(texts.deferred, deferred);
  runBinaryen(binaryen, "wasm-as", texts.primary, "-o", join(out, "engine_bg.wasm"));
  runBinaryen(binaryen, "wasm-as", texts.deferred, "-o", join(out, "engine_deferred.wasm"));
  rmSync(work, { recursive: true });
  console.log(`${moved} functions are deferred`);
}
