/*
 * Makes the browser files of the package from `src/` and the engine:
 *
 *   node npm/build.mjs --engine <folder> --out <folder> --modules <node_modules folder> [--server <folder>]
 *
 * `--engine` holds engine.js, engine_bg.wasm and engine_deferred.wasm as wasm-bindgen and split-engine.mjs left them; `--modules` holds esbuild and
 * typescript, which live outside the repository and are pinned there. `--server` receives the files as a Connect server
 * has them (server-files.mjs). Compressing and measuring is left to the caller.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { writeServerFiles } from "./server-files.mjs";
import { shortenNames } from "./short-names.mjs";
import { dropUnusedImports } from "./unused-exports.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));

/** The declarations that hosts see; the other modules' stay behind. */
const PUBLIC_TYPES = ["index", "script-tag", "types", "events", "settings", "config-error"];

/*
 * Older than any browser that can run the engine, so that a browser that cannot gets far enough to say so
 * (browser-support.ts). `import()` and `import.meta` cannot be lowered and stand in all browsers that have modules.
 */
const SYNTAX = { target: "es2018", supported: { "dynamic-import": true, "import-meta": true } };

/*
 * Chromium compiles all functions of such a file beside its loading, instead of each one when it is first called. It has to
 * be the first line.
 */
const EAGER = "//# allFunctionsCalledOnLoad\n";

/** The modules that only some journeys need, each a file of its own. */
const ON_DEMAND = readdirSync(join(HERE, "on-demand"))
  .filter((file) => /^(bank-link|forms|guide-.*|labels)\.js$/.test(file))
  .map((file) => basename(file, ".js"));

const { engine, out, modules, server } = readArguments();
const { build, transform } = createRequire(join(modules, "_"))("esbuild");
const { version } = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8"));

// A stylesheet is imported as the text of its rules.
const stylesheets = {
  name: "stylesheets",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

mkdirSync(out, { recursive: true });
const buildName = await buildEngine();
for (const { path, contents } of await bundleOnDemand(buildName)) writeFileSync(path, contents);
await bundle("index.ts", "railz-connect.mjs", "esm");
leaveToBrowser(join(out, "railz-connect.mjs"));
await bundle("script-tag.ts", "railz-connect.js", "iife");
buildDeclarations();
if (server) writeServerFiles(out, server, buildName, ON_DEMAND);

async function bundle(entry, file, format) {
  await build({
    ...SYNTAX,
    entryPoints: [join(HERE, "src", entry)],
    outfile: join(out, file),
    format,
    bundle: true,
    minify: true,
    charset: "utf8",
    external: ["./engine.js", ...ON_DEMAND.map((name) => `./${name}.mjs`)],
    define: {
      __RAILZ_CONNECT_VERSION__: JSON.stringify(version),
      __RAILZ_CONNECT_BUILD__: JSON.stringify(buildName),
    },
    plugins: [stylesheets],
    banner: { js: `${EAGER}/* railz-connect ${version}, MIT OR Apache-2.0 */` },
    logLevel: "warning",
  });
}

/*
 * The import of a second try (import-file.ts) names an address of the page that runs: nothing for a bundler to look for. It is
 * told so here, since minifying takes comments away.
 */
function leaveToBrowser(file) {
  const parts = readFileSync(file, "utf8").split("import(`");
  if (parts.length !== 2) throw new Error(`${file} imports ${parts.length - 1} addresses`);
  writeFileSync(file, parts.join("import(/* webpackIgnore: true */ /* @vite-ignore */ `"));
}

// What only some journeys need, as files that are not written yet. They run beside WebAssembly too.
async function bundleOnDemand(buildName) {
  const { outputFiles } = await build({
    entryPoints: ON_DEMAND.map((name) => join(HERE, "on-demand", `${name}.js`)),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    format: "esm",
    target: "es2022",
    bundle: true,
    minify: true,
    charset: "utf8",
    define: { __RAILZ_CONNECT_BUILD__: JSON.stringify(buildName) },
    plugins: [stylesheets],
    write: false,
    logLevel: "warning",
  });
  return outputFiles;
}

/*
 * Engine and glue, named after what is in them and in the modules that they ask for, so that those of two builds never meet.
 * Returns the name. The glue runs beside WebAssembly only, in browsers that know everything it is written in.
 */
async function buildEngine() {
  const read = (file) => readFileSync(join(engine, file));
  const [wasm, deferred] = [read("engine_bg.wasm"), read("engine_deferred.wasm")];
  const glue = dropUnusedImports([wasm, deferred], read("engine.js").toString("utf8"));
  const nameless = await bundleEngine(wasm, deferred, glue, "b");
  const hash = createHash("sha256").update(nameless.glue).update(nameless.wasm).update(nameless.deferred);
  for (const { contents } of await bundleOnDemand("b")) hash.update(contents);
  // A letter first, as a name in JavaScript needs it, and 16 hexadecimal digits in all, as the server looks for them.
  const name = "b" + hash.digest("hex").slice(0, 15);
  const named = await bundleEngine(wasm, deferred, glue, name);
  writeFileSync(join(out, "engine_bg.wasm"), named.wasm);
  writeFileSync(join(out, "engine_deferred.wasm"), named.deferred);
  writeFileSync(join(out, "engine.js"), named.glue);
  return name;
}

// Without what wasm-bindgen has for fetching the engine: the loader does that, beside the glue.
async function bundleEngine(fullWasm, fullDeferred, fullGlue, name) {
  const { wasm, deferred, glue: unguarded, later } = shortenNames(fullWasm, fullDeferred, fullGlue, name);
  const glue = guardEngine(unguarded, name, later);
  const bundled = await build({
    stdin: {
      contents:
        'export { initSync, initDeferred, mount, version } from "glue"; export { traps } from "./engine-calls.mjs";' +
        `export const build = ${JSON.stringify(name)};`,
      resolveDir: HERE,
    },
    plugins: [
      {
        name: "glue",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^glue$/ }, () => ({ path: "engine.js", namespace: "glue" }));
          onLoad({ filter: /./, namespace: "glue" }, () => ({ contents: glue, resolveDir: HERE }));
        },
      },
    ],
    write: false,
    banner: { js: EAGER.trim() },
    format: "esm",
    target: "es2022",
    bundle: true,
    minify: true,
    logLevel: "warning",
  });
  return { wasm, deferred, glue: bundled.outputFiles[0].contents };
}

// All that calls the engine goes by way of its exports, and all that the browser calls later by way of a closure, which may be
// dropped before its call is no longer kept. The deferred module takes the exports as they are.
function guardEngine(glue, name, later) {
  const guards = [
    ["wasm = instance.exports;", `wasm = guardExports(instance.exports, ${JSON.stringify(later)});`],
    [
      "const real = (...args) => {",
      "const real = (...args) => { if (keepForLater(() => { if (state.cnt > 0) real(...args); }, args[0])) return;",
    ],
  ];
  for (const [plain, guarded] of guards) {
    const parts = glue.split(plain);
    if (parts.length !== 2) throw new Error(`the glue has ${parts.length - 1} times: ${plain}`);
    glue = parts.join(guarded);
  }
  return `import { endWaiting, guardExports, keepForLater } from "./engine-calls.mjs"; ${glue}
    export function initDeferred(module) {
      new WebAssembly.Instance(module, { ...__wbg_get_imports(), ${name}: wasmInstance.exports });
      endWaiting();
    }`;
}

// Checks the types of all sources too: a mistake ends the build.
function buildDeclarations() {
  const made = mkdtempSync(join(tmpdir(), "railz-connect-types-"));
  try {
    const tsc = join(modules, "typescript", "bin", "tsc");
    const { status, error } = spawnSync(process.execPath, [tsc, "--project", HERE, "--outDir", made], {
      stdio: "inherit",
    });
    if (error) throw error;
    if (status !== 0) process.exit(1);
    for (const name of PUBLIC_TYPES) copyFileSync(join(made, `${name}.d.ts`), join(out, `${name}.d.ts`));
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      engine: { type: "string" },
      out: { type: "string" },
      modules: { type: "string" },
      server: { type: "string" },
    },
  });
  const missing = ["engine", "out", "modules"].filter((name) => !values[name]);
  if (missing.length > 0) {
    console.error(`missing: ${missing.map((name) => `--${name} <folder>`).join(", ")}`);
    process.exit(2);
  }
  const [engine, out, modules] = [values.engine, values.out, values.modules].map((folder) => resolve(folder));
  return { engine, out, modules, server: values.server && resolve(values.server) };
}
