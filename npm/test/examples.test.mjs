/*
 * The pages in examples/, built from the packed tarball the way their users build them: nothing of the package is found
 * but what `npm pack` takes. With RAILZ_EXAMPLES_OUT the results stay there, a folder each, for a browser to connect with.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { DIST, NPM, unbuilt } from "./helpers/dist.mjs";

const TOOLS = process.env.RAILZ_EXAMPLE_MODULES ?? "";
const skip = unbuilt || (existsSync(TOOLS) ? false : "RAILZ_EXAMPLE_MODULES is not set to the folder with the frameworks");

const BUILDERS = {
  react: ["vite/bin/vite.js", "build", "--base", "./", "--outDir", "dist"],
  vue: ["vite/bin/vite.js", "build", "--base", "./", "--outDir", "dist"],
  angular: ["@angular/cli/bin/ng.js", "build"],
};

for (const [name, [program, ...given]] of Object.entries(BUILDERS)) {
  test(`the ${name} example installs the tarball and builds`, { skip, timeout: 900_000 }, (t) => {
    const site = install(t, name);
    run(process.execPath, [join(TOOLS, program), ...given], site);
    const files = readdirSync(join(site, "dist"), { recursive: true }).map(String);
    const engine = files.filter((file) => file.endsWith(".wasm")).sort();
    assert.equal(engine.length, 2, files.join());
    for (const [at, file] of ["engine_bg.wasm", "engine_deferred.wasm"].entries()) {
      assert.deepEqual(readFileSync(join(site, "dist", engine[at])), readFileSync(join(DIST, file)));
    }
    const entry = readFileSync(join(site, "dist", "index.html"), "utf8");
    assert.doesNotMatch(entry, /engine/, "the engine is not part of the first load");
    keep(join(site, "dist"), name);
  });
}

test("the plain example has no build: the package's files lie beside it", { skip }, (t) => {
  const site = install(t, "html");
  cpSync(join(site, "node_modules", "railz-connect", "dist"), join(site, "railz-connect"), { recursive: true });
  assert.ok(existsSync(join(site, "railz-connect", "railz-connect.js")));
  rmSync(join(site, "node_modules"), { recursive: true });
  keep(site, "html");
});

// The example's files with the tarball installed; what it is built with is found one folder up.
function install(t, name) {
  const around = mkdtempSync(join(tmpdir(), `railz-connect-${name}-`));
  t.after(() => rmSync(around, { recursive: true, force: true }));
  const site = join(around, "site");
  mkdirSync(site);
  cpSync(join(NPM, "..", "examples", name), site, {
    recursive: true,
    filter: (file) => !/[\\/](node_modules|dist|railz-connect|package\.json|[^\\/]*\.tgz)$/.test(file),
  });
  writeFileSync(join(site, "package.json"), '{ "private": true, "type": "module" }');
  const [{ filename }] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", around], NPM));
  run("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", join(around, filename)], site);
  symlinkSync(TOOLS, join(around, "node_modules"));
  return site;
}

function keep(folder, name) {
  const out = process.env.RAILZ_EXAMPLES_OUT;
  if (out) cpSync(folder, join(resolve(out), name), { recursive: true });
}

function run(program, given, cwd) {
  const settings = { cwd, encoding: "utf8", stdio: "pipe", env: { ...process.env, NG_CLI_ANALYTICS: "false", CI: "1" } };
  try {
    return execFileSync(program, given, settings);
  } catch (fault) {
    throw new Error(`${program} ${given.join(" ")}\n${fault.stdout}\n${fault.stderr}`);
  }
}
