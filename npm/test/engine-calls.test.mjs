/*
 * What stands between the glue and the engine: it keeps calls until the deferred module is there, tells once that the engine has
 * ended, and lets no call through any more.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

// Each test has an engine of its own.
let copies = 0;
const engineCalls = () => import(`../engine-calls.mjs?${(copies += 1)}`);

// `(func (export "f") unreachable)` beside a memory.
const TRAPS = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 7, 9, 2, 1, 102, 0, 0, 1, 109, 2, 0, 10, 5, 1, 3, 0, 0, 11,
]);

test("the first trap is told once and thrown, and no call comes through after it", async () => {
  const { guardExports, traps } = await engineCalls();
  const told = [];
  traps.listeners.add((fault) => told.push(fault));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(TRAPS));
  let calls = 0;
  const guarded = guardExports({ ...exports, count: () => (calls += 1) }, []);
  assert.equal(guarded.m, exports.m);
  assert.equal(guarded.count(), 1);
  assert.throws(() => guarded.f(), WebAssembly.RuntimeError);
  assert.equal(guarded.f(), undefined);
  assert.equal(guarded.count(), undefined);
  assert.deepEqual([calls, told.length, told[0] === traps.fault], [1, 1, true]);
});

test("what comes from outside is kept until the deferred module is there, and then done in its order", async () => {
  const { endWaiting, guardExports, keepForLater } = await engineCalls();
  const done = [];
  const exports = {
    mount: () => void (keepForLater(() => done.push("kept within a mount")) || done.push("within the mount")),
    handle_close: (number) => void done.push(`closed ${number}`),
  };
  const guarded = guardExports(exports, ["handle_close"]);
  guarded.mount();
  assert.equal(guarded.handle_close(1), undefined);
  assert.equal(keepForLater(() => done.push("a timer")), true);
  guarded.handle_close(2);
  assert.deepEqual(done, ["within the mount"]);
  endWaiting();
  assert.deepEqual(done, ["within the mount", "closed 1", "a timer", "closed 2"]);
  assert.equal(keepForLater(() => done.push("too late")), false);
  guarded.handle_close(3);
  assert.equal(done.at(-1), "closed 3");
});

test("one kept call that throws takes no other with it, and is thrown as it would have been", async (t) => {
  const { endWaiting, keepForLater } = await engineCalls();
  const thrown = [];
  t.mock.method(globalThis, "setTimeout", (call) => {
    try {
      call();
    } catch (fault) {
      thrown.push(fault.message);
    }
  });
  const done = [];
  keepForLater(() => {
    throw new Error("mine");
  });
  keepForLater(() => done.push("the next"));
  endWaiting();
  assert.deepEqual([thrown, done], [["mine"], ["the next"]]);
});

test("nothing is kept for an engine that has ended", async () => {
  const { endWaiting, keepForLater, traps } = await engineCalls();
  const done = [];
  keepForLater(() => done.push("kept"));
  traps.end(new Error("no second part"));
  assert.equal(keepForLater(() => done.push("more")), false);
  assert.equal(traps.fault.message, "no second part");
});

// Each used to be kept, and all that a pointer did on the page with it; a press that was done again met a screen that had changed.
test("events are dropped meanwhile, but the page's return from the back/forward cache", async () => {
  const { endWaiting, keepForLater } = await engineCalls();
  const done = [];
  const keep = (event) => keepForLater(() => done.push(event.type), event);
  for (const type of ["click", "input", "pointermove", "message"]) assert.equal(keep(new Event(type)), true);
  keep(new Event("pageshow"));
  // Of a frame's window, where the class is another.
  keep({ type: "keydown", composedPath: () => [] });
  endWaiting();
  assert.deepEqual(done, ["pageshow"]);
});
