/*
 * The files as the server has them: kept for ever under names that tell their content, and never of two builds.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { DIST, NPM, unbuilt } from "./helpers/dist.mjs";
import { BUILD, wasmDouble } from "./helpers/page.mjs";

const SERVED = process.env.RAILZ_DIST ?? "";
const unserved = existsSync(join(SERVED, "build.json")) ? false : "RAILZ_DIST is not the folder that cargo xtask dist fills";

const readBuild = () => JSON.parse(readFileSync(join(SERVED, "build.json"), "utf8"));

test("the engine's files are called after their content, and both ways in ask for them by these names", { skip: unserved }, () => {
  const { glue, wasm, deferred } = readBuild();
  const named = [[glue, "engine-HASH.js"], [wasm, "engine_bg-HASH.wasm"], [deferred, "engine_deferred-HASH.wasm"]];
  for (const [name, plain] of named) {
    const hash = createHash("sha256").update(readFileSync(join(SERVED, name))).digest("hex").slice(0, 16);
    assert.equal(name, plain.replace("HASH", hash));
  }
  for (const file of ["railz-connect.js", "railz-connect.mjs"]) {
    const loader = readFileSync(join(SERVED, file), "utf8");
    assert.ok(loader.includes(glue) && loader.includes(wasm) && loader.includes(deferred), file);
    assert.doesNotMatch(loader, /["'`](\.\/)?engine(_bg|_deferred)?\.(js|wasm)["'`]/, file);
  }
});

// They used to have plain names: a page that was opened before an update got the new build's.
test("what only some journeys need is called after the build, and both ways in ask for it by these names", { skip: unserved }, () => {
  const { glue, modules } = readBuild();
  const [, build] = readFileSync(join(SERVED, glue), "utf8").match(/"(b[0-9a-f]{15})"/);
  const plain = readdirSync(join(NPM, "on-demand"))
    // Parts of the others.
    .filter((file) => !["drawings.js", "form-screens.js", "label-words.js"].includes(file))
    .map((file) => basename(file, ".js"));
  assert.deepEqual(modules.toSorted(), plain.map((name) => `${name}-${build}.mjs`).toSorted());
  const [script, module] = ["railz-connect.js", "railz-connect.mjs"].map((file) => readFileSync(join(SERVED, file), "utf8"));
  assert.match(script, new RegExp(`\\}-${build}\\.mjs\``));
  assert.doesNotMatch(script, /\}\.mjs`/);
  for (const name of plain) {
    assert.ok(existsSync(join(SERVED, `${name}-${build}.mjs`)), name);
    assert.ok(!existsSync(join(SERVED, `${name}.mjs`)), name);
    assert.ok(module.includes(`import("./${name}-${build}.mjs")`), name);
    assert.ok(!module.includes(`./${name}.mjs`), name);
  }
});

test("the engine of another build does not start, whoever loads it", { skip: unbuilt }, async () => {
  const { build, initSync } = await import(pathToFileURL(join(DIST, "engine.js")));
  const [first] = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(join(DIST, "engine_bg.wasm"))));
  assert.equal(build, BUILD);
  assert.equal(first.name, BUILD);
  assert.throws(() => initSync({ module: new WebAssembly.Module(wasmDouble("bfedcba98")) }), WebAssembly.LinkError);
});
