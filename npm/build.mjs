/*
 * Makes the browser files of the package from `src/` and the engine:
 *
 *   node npm/build.mjs --engine <folder> --out <folder> --modules <node_modules folder>
 *
 * `--engine` holds engine.js and engine_bg.wasm as wasm-bindgen and wasm-opt left them; `--modules` holds esbuild and
 * typescript, which live outside the repository and are pinned there. Compressing and measuring is left to the caller.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

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

/** The modules that only some journeys need, each a file of its own. */
const ON_DEMAND = readdirSync(join(HERE, "on-demand"))
  .filter((file) => /^(bank-link|guide-.*)\.js$/.test(file))
  .map((file) => basename(file, ".js"));

const { engine, out, modules } = readArguments();
const { build } = createRequire(join(modules, "_"))("esbuild");
const { version } = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8"));

mkdirSync(out, { recursive: true });
await bundle("index.ts", "railz-connect.mjs", "esm");
await bundle("script-tag.ts", "railz-connect.js", "iife");
await bundleOnDemand();
await buildEngine();
buildDeclarations();

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
    define: { __RAILZ_CONNECT_VERSION__: JSON.stringify(version) },
    banner: { js: `/* railz-connect ${version}, MIT OR Apache-2.0 */` },
    logLevel: "warning",
  });
}

// What only some journeys need. They run beside WebAssembly too.
async function bundleOnDemand() {
  await build({
    entryPoints: ON_DEMAND.map((name) => join(HERE, "on-demand", `${name}.js`)),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    format: "esm",
    target: "es2022",
    bundle: true,
    minify: true,
    charset: "utf8",
    logLevel: "warning",
  });
}

// The glue runs beside WebAssembly only, in browsers that know everything it is written in.
async function buildEngine() {
  const read = (file) => readFileSync(join(engine, file));
  const engineWasm = read("engine_bg.wasm");
  const { wasm, glue } = shortenNames(engineWasm, dropUnusedImports(engineWasm, read("engine.js").toString("utf8")));
  writeFileSync(join(out, "engine_bg.wasm"), wasm);
  await build({
    stdin: { contents: glue, sourcefile: "engine.js" },
    outfile: join(out, "engine.js"),
    format: "esm",
    target: "es2022",
    bundle: true,
    minify: true,
    logLevel: "warning",
  });
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
    options: { engine: { type: "string" }, out: { type: "string" }, modules: { type: "string" } },
  });
  const missing = ["engine", "out", "modules"].filter((name) => !values[name]);
  if (missing.length > 0) {
    console.error(`missing: ${missing.map((name) => `--${name} <folder>`).join(", ")}`);
    process.exit(2);
  }
  return { engine: resolve(values.engine), out: resolve(values.out), modules: resolve(values.modules) };
}
