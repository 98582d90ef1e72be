/*
 * The packed package in a bundler: examples/vite is built from the tarball alone. With RAILZ_VITE_OUT the result
 * stays there, for a browser to connect with.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { DIST, MODULES, NPM, without } from "./helpers/dist.mjs";

test("a Vite page installs the tarball and builds, with the engine as lazy chunk and asset", {
  skip: without("vite"),
  timeout: 600_000,
}, (t) => {
  const site = mkdtempSync(join(tmpdir(), "railz-connect-vite-"));
  t.after(() => rmSync(site, { recursive: true, force: true }));
  const out = resolve(process.env.RAILZ_VITE_OUT || join(site, "out"));

  for (const file of ["index.html", "main.js", "state.js"]) copyFileSync(join(NPM, "..", "examples", "vite", file), join(site, file));
  // Without the example's own dependencies: vite comes from the tools, the package from the tarball.
  writeFileSync(join(site, "package.json"), '{ "private": true, "type": "module" }');
  const [{ filename }] = JSON.parse(npm(NPM, "pack", "--json", "--pack-destination", site));
  npm(site, "install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", `./${filename}`);
  execFileSync(
    process.execPath,
    [join(MODULES, "vite", "bin", "vite.js"), "build", "--base", "./", "--outDir", out, "--emptyOutDir"],
    { cwd: site, stdio: "pipe" },
  );

  const assets = readdirSync(join(out, "assets"));
  const one = (pattern) => {
    const found = assets.filter((name) => pattern.test(name));
    assert.equal(found.length, 1, `${pattern} in ${assets}`);
    return found[0];
  };
  const [wasm, deferred] = [one(/^engine_bg.*\.wasm$/), one(/^engine_deferred.*\.wasm$/)];
  const entry = one(/^index-.*\.js$/);
  assert.deepEqual(readFileSync(join(out, "assets", wasm)), readFileSync(join(DIST, "engine_bg.wasm")));
  assert.deepEqual(readFileSync(join(out, "assets", deferred)), readFileSync(join(DIST, "engine_deferred.wasm")));
  const code = readFileSync(join(out, "assets", entry), "utf8");
  assert.ok(code.includes(wasm) && code.includes(deferred), "the loader fetches the assets");
  const engines = assets.filter((name) => /^engine-.*\.js$/.test(name));
  const [chunk, ...others] = engines.filter((name) => code.includes(`import("./${name}")`) || code.includes(`import(\`./${name}\`)`));
  assert.ok(chunk && others.length === 0, "and imports the chunk");
  // A browser that could not have the chunk, and remembers that, is given the glue under another address.
  const [copy, ...more] = engines.filter((name) => name !== chunk);
  assert.ok(copy && more.length === 0, `${engines}`);
  assert.deepEqual(readFileSync(join(out, "assets", copy)), readFileSync(join(DIST, "engine.js")));
  assert.ok(code.includes(copy), "and knows where its copy is");
  const page = readFileSync(join(out, "index.html"), "utf8");
  assert.ok(page.includes(`./assets/${entry}`));
  assert.ok(engines.every((name) => !page.includes(name)), "the engine is not part of the first load");
});

function npm(folder, ...given) {
  return execFileSync("npm", given, { cwd: folder, encoding: "utf8", stdio: "pipe" });
}
