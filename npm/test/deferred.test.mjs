/*
 * The engine's deferred module: it follows the first screen, and what needs it waits for it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { unbuilt } from "./helpers/dist.mjs";
import { BUILD, deferredDouble, listener, openPage } from "./helpers/page.mjs";

const options = { skip: unbuilt };
const endpoint = "https://connect.example";
const ORDINARY = JSON.stringify({ connections: [], integrations: [{}] });

/** A mount whose session is answered before the engine is there. */
async function mountAnswered(t, body, given = {}) {
  const page = openPage(t);
  t.mock.method(console, "info", () => {});
  const { default: RailzConnect } = await page.importModule();
  const come = page.holdEngine();
  const widget = new RailzConnect();
  const parentElement = page.element();
  const mounting = widget.mount({ parentElement, widgetId: "W", endpoint, ...given });
  await page.sessionIsAskedFor();
  page.sessions[0].answer(body);
  await page.settle();
  return { page, widget, parentElement, mounting, come };
}

/** Has the engine draw an element with a shadow root, where things can be pressed and typed. */
function drawElement(page) {
  const { mount } = page.engine;
  const listeners = new Set();
  const field = { value: "", dispatchEvent: ({ type }) => void done.push(`${type} ${field.value}`) };
  const attributes = {};
  const root = Object.assign(page.element(), {
    isConnected: true,
    setAttribute: (name, value) => void (attributes[name] = value),
    removeAttribute: (name) => void delete attributes[name],
    shadowRoot: {
      addEventListener: (name, listen) => void listeners.add(listen),
      removeEventListener: (name, listen) => void listeners.delete(listen),
      querySelector: () => field,
    },
  });
  page.engine.mount = (parent, ...given) => {
    parent.appendChild(root);
    return mount(parent, ...given);
  };
  const done = [];
  const button = (name) => ({ click: () => void done.push(name) });
  /** Whether it went on to the engine. */
  const press = (button) => {
    let goesOn = true;
    for (const listen of listeners) listen({ target: { closest: () => button }, stopImmediatePropagation: () => (goesOn = false) });
    return goesOn;
  };
  return { root, attributes, field, done, button, press, listeners };
}

const follows = () => new Promise((resolve) => setTimeout(resolve, 300));

test("an ordinary first screen is drawn without it, and it follows", options, async (t) => {
  const { page, mounting, come } = await mountAnswered(t, ORDINARY);
  const { done, attributes, listeners } = drawElement(page);
  come();
  await mounting;
  assert.deepEqual([page.engine.drawn.length, page.fetchedLater.length], [1, 0]);
  await follows();
  assert.deepEqual([page.fetchedLater.length, page.engine.completed.length, listeners.size], [1, 1, 0]);
  assert.ok(page.fetchedLater[0].endsWith("/engine_deferred.wasm"));
  assert.deepEqual([done, attributes], [[], {}]);
});

// The screen used to be inert: whoever pressed it before was not heard.
test("the first press meanwhile is kept, and it is asked for at once", options, async (t) => {
  const { page, mounting, come } = await mountAnswered(t, ORDINARY);
  const { done, field, attributes, button, press } = drawElement(page);
  come();
  await mounting;
  assert.equal(press(null), true, "a link, or nothing");
  assert.equal(page.fetchedLater.length, 0);
  field.value = "xer";
  assert.deepEqual([press(button("xero")), press(button("close"))], [false, false]);
  assert.deepEqual([page.fetchedLater.length, attributes, done], [1, { "aria-busy": "true" }, []]);
  await follows();
  assert.deepEqual([done, attributes], [["xero"], {}], "of the list as it was seen, and once");
});

test("what is typed meanwhile is searched for when it is there", options, async (t) => {
  const { page, mounting, come } = await mountAnswered(t, ORDINARY);
  const { done, field } = drawElement(page);
  come();
  await mounting;
  field.value = "xer";
  await follows();
  assert.deepEqual(done, ["input xer"]);
});

test("a press on what was taken away, or on an engine that has ended, is a press on nothing", options, async (t) => {
  for (const ends of [(root) => (root.isConnected = false), (root, page) => page.breakDown()]) {
    const { page, widget, mounting, come } = await mountAnswered(t, ORDINARY);
    const { root, done, button, press } = drawElement(page);
    come();
    await mounting;
    press(button("xero"));
    ends(root, page);
    await follows();
    assert.deepEqual(done, []);
    widget.unmount();
  }
});

// One that stalled used to be waited for for two minutes, and never asked for again.
test("where it stalls it is asked for again", options, async (t) => {
  const { page, mounting, come } = await mountAnswered(t, ORDINARY);
  const { done, button, press } = drawElement(page);
  come();
  await mounting;
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { fetch } = globalThis;
  globalThis.fetch = (address, { signal }) => new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
    globalThis.fetch = fetch;
  });
  press(button("xero"));
  t.mock.timers.tick(15_000);
  for (let turn = 0; turn < 20; turn += 1) await null;
  t.mock.timers.tick(1_000);
  t.mock.timers.reset();
  await follows();
  assert.deepEqual([page.fetchedLater.length, done], [1, ["xero"]]);
});

// A browser draws no frames in a tab that nobody sees: what waited for one never came.
test("it follows in a hidden tab too", options, async (t) => {
  const { page, mounting, come } = await mountAnswered(t, ORDINARY);
  globalThis.requestAnimationFrame = () => undefined;
  come();
  await mounting;
  await new Promise((resolve) => setTimeout(resolve, 600));
  assert.equal(page.engine.completed.length, 1);
});

// Closing it before was told to nobody.
test("a dialog is drawn when it is there, since a person may close it at once", options, async (t) => {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  const come = page.holdEngine();
  const opening = new RailzConnect().open({ widgetId: "W", endpoint });
  await page.sessionIsAskedFor();
  page.sessions[0].answer(ORDINARY);
  await page.settle();
  const { mount } = page.engine;
  page.engine.mount = (...given) => (assert.equal(page.engine.completed.length, 1), mount(...given));
  come();
  await opening;
  assert.equal(page.engine.drawn.length, 1);
});

// Both drew without it: the one that could not took the other's engine away.
test("of two that are mounted at once one is drawn without it, and lives on where that ends the engine", options, async (t) => {
  const { page, mounting, come } = await mountAnswered(t, ORDINARY);
  const { default: RailzConnect } = await page.importModule();
  const other = new RailzConnect().mount({ parentElement: page.element(), widgetId: "W", endpoint });
  const { mount } = page.engine;
  page.engine.mount = () => {
    page.breakDown();
    page.engine.mount = mount;
    page.writeEngine();
    throw new WebAssembly.RuntimeError("null function");
  };
  come();
  await Promise.all([mounting, other]);
  assert.deepEqual([page.engine.drawn.length, page.engine.traps.length], [2, 2]);
});

for (const [what, body] of [
  ["a business that has connections", '{"connections":[{}]}'],
  ["an answer that names none", "{}"],
  ["a business that has nothing to connect", '{"connections":[],"integrations":[]}'],
  ["an answer that nobody can read", "<html>"],
]) {
  test(`${what} is shown when it is there`, options, async (t) => {
    const { page, mounting, come } = await mountAnswered(t, body);
    const { mount } = page.engine;
    page.engine.mount = (...given) => {
      assert.equal(page.engine.completed.length, 1);
      return mount(...given);
    };
    come();
    await mounting;
    assert.equal(page.engine.drawn.length, 1);
  });
}

test("a second widget is drawn when it is there: its screen must not end the engine of the first", options, async (t) => {
  const { page, mounting, come } = await mountAnswered(t, ORDINARY);
  come();
  await mounting;
  const { default: RailzConnect } = await page.importModule();
  const second = new RailzConnect().mount({ parentElement: page.element(), widgetId: "W", endpoint });
  await page.sessionIsAskedFor();
  page.sessions[1].answer(ORDINARY);
  await second;
  assert.deepEqual([page.engine.drawn.length, page.engine.completed.length], [2, 1]);
});

test("a first screen that needs it is drawn by another engine when that is complete, and nobody hears of it", options, async (t) => {
  const { heard, onError } = listener();
  const { page, parentElement, mounting, come } = await mountAnswered(t, ORDINARY, { onError });
  const { mount } = page.engine;
  page.engine.mount = (parent) => {
    parent.appendChild(page.element());
    page.breakDown();
    page.engine.mount = mount;
    page.writeEngine();
    throw new WebAssembly.RuntimeError("null function or function signature mismatch");
  };
  come();
  await mounting;
  assert.deepEqual([page.engine.drawn.length, page.engine.completed.length, page.engine.traps.length], [1, 1, 2]);
  assert.deepEqual([heard, parentElement.children], [[], []]);
  assert.equal(page.sessions.length, 1, "the session goes on: it used to be opened twice");
  // And the next one on this page is not tried without it.
  page.engine.completed.length = 0;
  const { default: RailzConnect } = await page.importModule();
  page.engine.mount = (...given) => (assert.equal(page.sessions.length, 2), mount(...given));
  const next = new RailzConnect().mount({ parentElement: page.element(), widgetId: "W", endpoint });
  await page.sessionIsAskedFor();
  page.sessions[1].answer(ORDINARY);
  await next;
});

test("an engine that fails with all of it there is told, and not tried again", options, async (t) => {
  const { heard, onError } = listener();
  const { page, mounting, come } = await mountAnswered(t, "{}", { onError });
  let tries = 0;
  page.engine.mount = () => {
    tries += 1;
    page.breakDown();
    throw new WebAssembly.RuntimeError("unreachable");
  };
  come();
  await assert.rejects(mounting, /unreachable/);
  assert.deepEqual([tries, heard.length], [1, 1]);
});

test("where it cannot be had at first it is asked for again, and only then told", options, async (t) => {
  for (const failures of [2, 3]) {
    const { heard, onError } = listener();
    const { page, widget, parentElement, mounting, come } = await mountAnswered(t, ORDINARY, { onError });
    page.deferred = [...Array(failures).fill({ status: 503 }), { status: 200, wasm: deferredDouble(BUILD) }];
    come();
    await mounting;
    await page.settle();
    assert.equal(heard.length, 0, "the first screen stands meanwhile");
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    assert.equal(page.fetchedLater.length, 3);
    assert.equal(page.engine.completed.length, failures === 2 ? 1 : 0);
    assert.equal(heard.length, failures === 2 ? 0 : 1);
    if (failures === 3) {
      assert.match(heard[0][1].error.errorMessage, /engine_deferred\.wasm was answered with status 503/);
      assert.equal(parentElement.children[0].attributes.role, "alert");
    }
    widget.unmount();
  }
});

test("one of another build is refused with what to do", options, async (t) => {
  const { heard, onError } = listener();
  const { page, mounting, come } = await mountAnswered(t, ORDINARY, { onError });
  page.deferred = [{ status: 200, wasm: deferredDouble("bfedcba98") }];
  come();
  await mounting;
  // A cache may have had an older one.
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  assert.equal(page.fetchedLater.length, 3);
  assert.match(heard[0][1].error.errorMessage, /of different builds: deploy those of one together/);
  assert.deepEqual(page.engine.completed, []);
});

test("a preload fetches it a second later, and a mount meanwhile has the line to itself", options, async (t) => {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  t.mock.timers.enable({ apis: ["setTimeout"] });
  RailzConnect.preload();
  await page.loadEnds();
  await null;
  assert.equal(page.fetchedLater.length, 0);
  t.mock.timers.tick(1_000);
  assert.equal(page.fetchedLater.length, 1);
});
