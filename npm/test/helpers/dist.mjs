/*
 * Where the tests find what was built, and the reason to skip when it is not there.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const NPM = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const DIST = join(NPM, "dist");
export const MODULES = process.env.RAILZ_NODE_MODULES ?? "";

/** For the `skip` option of a test that needs the built package. */
export const unbuilt = existsSync(join(DIST, "railz-connect.mjs"))
  ? false
  : "npm/dist is empty: cargo xtask dist fills it";

/** For a test that needs a tool of the modules folder as well. */
export function without(tool) {
  if (MODULES === "") return "RAILZ_NODE_MODULES is not set to the folder with the npm tools";
  if (!existsSync(join(MODULES, tool))) return `${tool} is not in ${MODULES}`;
  return unbuilt;
}
