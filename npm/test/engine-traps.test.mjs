/*
 * What stands between the glue and the engine: it tells once that the engine has ended, and lets no call through any more.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { guardExports, traps } from "../engine-traps.mjs";

// `(func (export "f") unreachable)` beside a memory.
const TRAPS = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 7, 9, 2, 1, 102, 0, 0, 1, 109, 2, 0, 10, 5, 1, 3, 0, 0, 11,
]);

test("the first trap is told once and thrown, and no call comes through after it", () => {
  const told = [];
  traps.listeners.add((fault) => told.push(fault));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(TRAPS));
  let calls = 0;
  const guarded = guardExports({ ...exports, count: () => (calls += 1) });
  assert.equal(guarded.m, exports.m);
  assert.equal(guarded.count(), 1);
  assert.throws(() => guarded.f(), WebAssembly.RuntimeError);
  assert.equal(guarded.f(), undefined);
  assert.equal(guarded.count(), undefined);
  assert.deepEqual([calls, told.length, told[0] === traps.fault], [1, 1, true]);
});
