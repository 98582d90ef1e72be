/*
 * The files as the server has them: kept for ever under names that tell their content, and never of two builds.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { DIST, unbuilt } from "./helpers/dist.mjs";
import { BUILD, wasmDouble } from "./helpers/page.mjs";

const SERVED = process.env.RAILZ_DIST ?? "";
const unserved = existsSync(join(SERVED, "build.json")) ? false : "RAILZ_DIST is not the folder that cargo xtask dist fills";

test("the engine's files are called after their content, and both ways in ask for them by these names", { skip: unserved }, () => {
  const { glue, wasm } = JSON.parse(readFileSync(join(SERVED, "build.json"), "utf8"));
  for (const [name, plain] of [[glue, "engine-HASH.js"], [wasm, "engine_bg-HASH.wasm"]]) {
    const hash = createHash("sha256").update(readFileSync(join(SERVED, name))).digest("hex").slice(0, 16);
    assert.equal(name, plain.replace("HASH", hash));
  }
  for (const file of ["railz-connect.js", "railz-connect.mjs"]) {
    const loader = readFileSync(join(SERVED, file), "utf8");
    assert.ok(loader.includes(glue) && loader.includes(wasm), file);
    assert.doesNotMatch(loader, /["'`](\.\/)?engine(_bg)?\.(js|wasm)["'`]/, file);
  }
});

test("the engine of another build does not start, whoever loads it", { skip: unbuilt }, async () => {
  const { build, initSync } = await import(pathToFileURL(join(DIST, "engine.js")));
  const [first] = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(join(DIST, "engine_bg.wasm"))));
  assert.equal(build, BUILD);
  assert.equal(first.name, BUILD);
  assert.throws(() => initSync({ module: new WebAssembly.Module(wasmDouble("bfedcba98")) }), WebAssembly.LinkError);
});
