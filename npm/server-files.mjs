/*
 * The files as a Connect server has them: the engine's two carry a hash of their content in their names, so that a browser
 * may keep them for ever, and the two ways in ask for them by these names. build.json says what they are called now.
 */
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";

/**
 * Copies the package's files.
 * @param from the folder with the package's files
 * @param to receives the server's; made if missing
 * @param others files that are copied as they are
 */
export function writeServerFiles(from, to, others) {
  mkdirSync(to, { recursive: true });
  for (const file of others) copyFileSync(join(from, file), join(to, file));
  const named = (file) => {
    const content = readFileSync(join(from, file));
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
    const ending = extname(file);
    const name = `${file.slice(0, -ending.length)}-${hash}${ending}`;
    writeFileSync(join(to, name), content);
    return name;
  };
  const [glue, wasm] = [named("engine.js"), named("engine_bg.wasm")];
  for (const file of ["railz-connect.js", "railz-connect.mjs"]) {
    let loader = readFileSync(join(from, file), "utf8");
    for (const [plain, name] of [["engine.js", glue], ["engine_bg.wasm", wasm]]) {
      // As a text of its own; the words of a message keep the plain name.
      const found = loader.split(new RegExp(`(?<=["'\`](?:\\./)?)${plain.replace(".", "\\.")}(?=["'\`])`));
      if (found.length !== 2) throw new Error(`${file} names ${plain} ${found.length - 1} times`);
      loader = found.join(name);
    }
    writeFileSync(join(to, file), loader);
  }
  writeFileSync(join(to, "build.json"), `${JSON.stringify({ glue, wasm })}\n`);
}
