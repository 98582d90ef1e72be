/*
 * What `npm pack` would publish: all that is needed, nothing else, nothing that runs on install, and small.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { DIST, NPM, unbuilt } from "./helpers/dist.mjs";

const manifest = JSON.parse(readFileSync(join(NPM, "package.json"), "utf8"));

test("the packed package holds the browser files, the types, the licences and nothing else", {
  skip: unbuilt,
  timeout: 60_000,
}, () => {
  const [packed] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: NPM, encoding: "utf8" }));
  assert.deepEqual(packed.files.map(({ path }) => path).sort(), [
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "dist/bank-link.mjs",
    "dist/config-error.d.ts",
    "dist/engine.js",
    "dist/engine_bg.wasm",
    "dist/engine_deferred.wasm",
    "dist/events.d.ts",
    "dist/forms.mjs",
    "dist/guide-dynamicsBusinessCentral.mjs",
    "dist/guide-oracleNetsuite.mjs",
    "dist/guide-quickbooksDesktop.mjs",
    "dist/guide-sageIntacct.mjs",
    "dist/index.d.ts",
    "dist/labels.mjs",
    "dist/railz-connect.js",
    "dist/railz-connect.mjs",
    "dist/script-tag.d.ts",
    "dist/settings.d.ts",
    "dist/types.d.ts",
    "package.json",
  ]);
});

test("the licences are those of the repository", () => {
  for (const file of ["LICENSE-APACHE", "LICENSE-MIT"]) {
    assert.equal(readFileSync(join(NPM, file), "utf8"), readFileSync(join(NPM, "..", file), "utf8"));
  }
});

test("every file that package.json names exists", { skip: unbuilt }, () => {
  const named = (value) => (typeof value === "string" ? [value] : Object.values(value).flatMap(named));
  const { exports, types, module, unpkg, jsdelivr } = manifest;
  for (const file of named({ exports, types, module, unpkg, jsdelivr })) {
    assert.ok(readFileSync(join(NPM, file)).length > 0, file);
  }
});

test("installing the package runs nothing and brings nothing else", () => {
  for (const key of ["scripts", "dependencies", "peerDependencies", "optionalDependencies", "bundleDependencies"]) {
    assert.equal(manifest[key], undefined, key);
  }
});

test("the package carries the version of the Rust workspace", () => {
  const workspace = readFileSync(join(NPM, "..", "Cargo.toml"), "utf8");
  const [, version] = workspace.match(/\[workspace\.package\][^[]*?\nversion = "([^"]+)"/);
  assert.equal(manifest.version, version);
});

test("the README names every option of the types", () => {
  const readme = readFileSync(join(NPM, "README.md"), "utf8");
  const types = ["types.ts", "settings.ts"].map((file) => readFileSync(join(NPM, "src", file), "utf8")).join("\n");
  const ofInterface = (name) => {
    const body = types.match(new RegExp(`export interface ${name}[^{]*\\{\\n([^]*?)\\n\\}`))[1];
    return [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, option]) => option);
  };
  const top = ["BaseOptions", "Adjustments", "WithSuccessPage"].flatMap(ofInterface).filter((option) => option !== "options");
  const options = [...top, ...ofInterface("WidgetSettings").map((option) => `options.${option}`)];
  assert.ok(options.length >= 30, options.join());
  for (const option of options) assert.match(readme, new RegExp(`^\\| \`${option}[\`(]`, "m"));
});

for (const file of ["railz-connect.js", "railz-connect.mjs"]) {
  // The limit of `cargo xtask size`.
  test(`${file} stays within 7,700 bytes brotli and asks for no other site`, { skip: unbuilt }, () => {
    const bytes = readFileSync(join(DIST, file));
    assert.ok(brotliCompressSync(bytes).length <= 7_700);
    const foreign = String(bytes).match(/https?:\/\/[^\s"'`)]+/g) ?? [];
    assert.deepEqual(foreign, ["http://www.w3.org/1999/xhtml"], "the name of HTML is the only address");
  });
}
