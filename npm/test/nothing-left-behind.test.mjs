/*
 * Two hundred mounts one after the other, each ending in another way: what the loader leaves in the page, of timers, calls
 * and handles is nothing (invariant 6). What the engine leaves is tried in tests/widget.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { unbuilt } from "./helpers/dist.mjs";
import { listener, openPage, replaceGlobals } from "./helpers/page.mjs";

const MOUNTS = 200;

/** Timers that are set and neither fired nor cleared. */
function countTimers(t) {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const left = new Set();
  replaceGlobals(t, {
    setTimeout: (fire, ...more) => {
      const timer = set(() => (left.delete(timer), fire()), ...more);
      left.add(timer);
      return timer;
    },
    clearTimeout: (timer) => (left.delete(timer), clear(timer)),
  });
  return left;
}

const WAYS = [
  async ({ widget, given }) => {
    await widget.mount(given);
    widget.unmount();
  },
  async ({ widget, given, page }) => {
    const mounting = widget.mount(given);
    await page.sessionIsAskedFor();
    widget.unmount();
    await mounting;
  },
  async ({ widget, given, page }) => {
    await widget.open(given);
    page.engine.drawn.at(-1).environment.gone();
    await null;
  },
  async ({ widget, given, page, body }) => {
    const opening = widget.open(given);
    body.children[0].fire("cancel");
    await opening;
    page.engine.drawn.at(-1).environment.gone();
  },
  async ({ widget, given, page }) => {
    const { mount } = page.engine;
    page.engine.mount = () => {
      throw { option: "theme", received: "1", expected: "2" };
    };
    await assert.rejects(widget.mount(given), { option: "theme" });
    page.engine.mount = mount;
  },
  async ({ widget, given, page }) => {
    const { mount } = page.engine;
    page.engine.mount = () => {
      throw new WebAssembly.RuntimeError("unreachable");
    };
    await assert.rejects(widget.open(given), WebAssembly.RuntimeError);
    widget.unmount();
    page.engine.mount = mount;
  },
];

test(`${MOUNTS} mounts leave no element, stylesheet, listener, timer, call or handle`, { skip: unbuilt }, async (t) => {
  const page = openPage(t);
  const timers = countTimers(t);
  const { body, head } = globalThis.document;
  const listens = () => assert.fail("nothing that stays is listened to");
  body.addEventListener = globalThis.document.addEventListener = listens;
  replaceGlobals(t, { addEventListener: listens });
  const { default: RailzConnect } = await page.importModule();
  const parentElement = globalThis.document.createElement("div");
  const { onError } = listener();
  const given = { parentElement, widgetId: "W", endpoint: "https://connect.example", onError };
  const one = new RailzConnect();
  for (let count = 0; count < MOUNTS; count += 1) {
    // The same instance again and again, and each time another.
    const widget = count % 2 === 0 ? one : new RailzConnect();
    await WAYS[count % WAYS.length]({ widget, given, page, body });
    for (const { children } of [parentElement, body, head]) assert.deepEqual(children, [], `after mount ${count}`);
    assert.deepEqual(globalThis.document.adoptedStyleSheets, []);
  }
  await page.loadEnds();
  await null;
  assert.ok(page.engine.drawn.length >= MOUNTS / 2);
  assert.deepEqual([page.engine.starts.length, timers.size], [1, 0], "engines and timers");
  assert.ok(page.sessions.length >= MOUNTS / 2);
  assert.ok(page.sessions.every(({ signal }) => signal.aborted));
  for (const { unmounted, freed } of page.engine.drawn) assert.deepEqual([unmounted, freed], [1, 1]);
});
