/*
 * The published types, as a host's compiler sees them: what has to compile does, what has to be refused is.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { MODULES, NPM, without } from "./helpers/dist.mjs";

for (const resolution of ["nodenext", "bundler"]) {
  test(`the types accept and refuse what they should, resolved as ${resolution} does`, {
    skip: without("typescript"),
    timeout: 120_000,
  }, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [
      join(MODULES, "typescript", "bin", "tsc"),
      ...["--project", join(NPM, "test", "types")],
      ...(resolution === "bundler" ? ["--module", "esnext", "--moduleResolution", "bundler"] : []),
    ], { encoding: "utf8" });
    assert.equal(status, 0, stdout + stderr);
  });
}
