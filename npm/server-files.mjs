/*
 * The files as a Connect server has them: the engine's carry a hash of their content in their names and the modules that
 * only some journeys need the name of the build, so that a browser may keep them for ever and a page of the build before
 * gets its own. The two ways in ask for them by these names. build.json says what they are called now.
 */
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";

/**
 * Copies the package's files.
 * @param from the folder with the package's files
 * @param to receives the server's; made if missing
 * @param build the name of the build, made from the content of the engine's files and of the modules
 * @param onDemand the names of the modules, without ending
 */
export function writeServerFiles(from, to, build, onDemand) {
  mkdirSync(to, { recursive: true });
  const modules = onDemand.map((name) => `${name}-${build}.mjs`);
  for (const [at, name] of onDemand.entries()) copyFileSync(join(from, `${name}.mjs`), join(to, modules[at]));
  const named = (file) => {
    const content = readFileSync(join(from, file));
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
    const ending = extname(file);
    const name = `${file.slice(0, -ending.length)}-${hash}${ending}`;
    writeFileSync(join(to, name), content);
    return name;
  };
  const [glue, wasm, deferred] = [named("engine.js"), named("engine_bg.wasm"), named("engine_deferred.wasm")];
  const engine = [["engine.js", glue], ["engine_bg.wasm", wasm], ["engine_deferred.wasm", deferred]];
  const ofModules = onDemand.map((name, at) => [`${name}.mjs`, modules[at]]);
  for (const [file, names] of [
    // The script puts the names of the modules together by itself.
    ["railz-connect.js", [...engine, [".mjs", `-${build}.mjs`]]],
    // By name for bundlers, and by address for a second try.
    ["railz-connect.mjs", [["engine.js", glue, 2], engine[1], engine[2], ...ofModules, [".mjs", `-${build}.mjs`]]],
  ]) {
    let loader = readFileSync(join(from, file), "utf8");
    for (const [plain, name, times = 1] of names) loader = replaceName(loader, file, plain, name, times);
    writeFileSync(join(to, file), loader);
  }
  writeFileSync(join(to, "build.json"), `${JSON.stringify({ glue, wasm, deferred, modules })}\n`);
}

// As a text of its own, or the end of a template; the words of a message keep the plain name.
function replaceName(loader, file, plain, name, times) {
  const found = loader.split(new RegExp(`(?<=["'\`](?:\\./)?|\\$\\{\\w+\\})${plain.replace(".", "\\.")}(?=["'\`])`));
  if (found.length !== times + 1) throw new Error(`${file} names ${plain} ${found.length - 1} times`);
  return found.join(name);
}
