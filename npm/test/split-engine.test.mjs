/*
 * Splitting the engine: both modules together do what the one did, and what is not in the profile is in the second.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PRIMARY, profileName, runBinaryen, splitEngine } from "../split-engine.mjs";
import { MODULES, without } from "./helpers/dist.mjs";

// Longer than what is too small to be moved.
const LONG = Array(60).fill("(nop)").join("\n  ");

// As wasm-dis writes it: `later` is called by `first` with calls of itself and of `helper` for arguments, and by its place in the
// table, where it has two.
const ENGINE = `(module $engine.wasm
 (type $0 (func (param i32 i32) (result i32)))
 (import "./engine_bg.js" "log" (func $"a::log()" (param i32)))
 (import "./engine_bg.js" "log_first" (func $log_first (param i32)))
 (global $stack (mut i32) (i32.const 7))
 (memory $0 1)
 (table $0 4 4 funcref)
 (elem $0 (table $0) (i32.const 1) func $"b[0123456789abcdef]::later" $helper $"b[0123456789abcdef]::later")
 (export "memory" (memory $0))
 (export "first" (func $first))
 (export "by_place" (func $by_place))
 (func $first (param $0 i32) (result i32)
  (call $log_first (local.get $0))
  (call $"b[0123456789abcdef]::later"
   (call $"b[0123456789abcdef]::later" (local.get $0) (i32.const 1))
   (call $helper (local.get $0) (i32.const 2)))
 )
 (func $by_place (param $0 i32) (result i32)
  (call_indirect $0 (type $0) (i32.const 20) (i32.const 3) (local.get $0))
 )
 (func $helper (param $0 i32) (param $1 i32) (result i32)
  ${LONG}
  (i32.mul (local.get $0) (local.get $1))
 )
 (func $"b[0123456789abcdef]::later" (type $0) (param $0 i32) (param $1 i32) (result i32)
  (local $2 i32)
  ${LONG}
  (call $"a::log()" (local.get $0))
  (global.set $stack (i32.add (global.get $stack) (i32.const 1)))
  (i32.store (i32.const 16) (global.get $stack))
  (i32.add (call $helper (local.get $0) (i32.const 1)) (local.get $1))
 )
)`;

test("a name is told without what changes from one compilation to the next", () => {
  assert.equal(profileName('$"<b[0123456789abcdef]::Type as c[fedcba9876543210]::Trait>::f[2]"'), "<b::Type as c::Trait>::f");
  assert.equal(profileName("$__externref_table_alloc"), "__externref_table_alloc");
  assert.equal(profileName('$"<[u8]>::get"'), "<[u8]>::get");
});

test("the two modules do what the one did, and the first what it can without the second", { skip: without("binaryen") }, (t) => {
  const folder = mkdtempSync(join(tmpdir(), "railz-connect-split-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const compile = (text, name) => {
    writeFileSync(join(folder, `${name}.wat`), text);
    runBinaryen(join(MODULES, ".bin"), "wasm-as", join(folder, `${name}.wat`), "-o", join(folder, name));
    return new WebAssembly.Module(readFileSync(join(folder, name)));
  };
  const { primary, deferred, moved } = splitEngine(ENGINE, new Set(["helper"]));
  assert.equal(moved, 1);
  const logged = [];
  const glue = { log: (number) => logged.push(number), log_first: (number) => logged.push(`first ${number}`) };
  const whole = new WebAssembly.Instance(compile(ENGINE, "whole"), { "./engine_bg.js": glue }).exports;
  const first = compile(primary, "primary");
  const second = compile(deferred, "deferred");
  assert.deepEqual(WebAssembly.Module.imports(first).map(({ name }) => name), ["log_first"], "the other travels later");
  const split = new WebAssembly.Instance(first, { "./engine_bg.js": glue }).exports;
  assert.equal(split.by_place(2), 60, "what stayed");
  for (const call of [() => split.first(5), () => split.by_place(1), () => split.by_place(3)]) {
    assert.throws(call, WebAssembly.RuntimeError);
  }
  logged.length = 0;
  new WebAssembly.Instance(second, { "./engine_bg.js": glue, [PRIMARY]: split });
  const results = (engine) => [engine.first(5), engine.by_place(1), engine.by_place(3), new Int32Array(engine.memory.buffer)[4]];
  const expected = results(whole);
  const told = logged.splice(0);
  assert.deepEqual([results(split), logged], [expected, told]);
});
