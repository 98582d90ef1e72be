/*
 * What is to be seen before the engine draws: the shape of the widget, and words where the engine does not come. How it
 * looks, and that nothing jumps, is tried in real browsers elsewhere.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { unbuilt } from "./helpers/dist.mjs";
import { openPage } from "./helpers/page.mjs";

const options = { skip: unbuilt };

async function begin(t) {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  return { page, widget: new RailzConnect(), parentElement: page.element() };
}

/** All texts of an element and its shadow. */
const words = (element) =>
  typeof element === "string"
    ? element
    : [element.textContent ?? element.children, element.shadowRoot ?? []].flat().map(words).join("");

test("the shape is there when mount returns, and gone when the engine has drawn", options, async (t) => {
  const { page, widget, parentElement } = await begin(t);
  let atDrawing;
  const draw = page.engine.mount;
  page.engine.mount = (...given) => {
    atDrawing = parentElement.children.length;
    return draw(...given);
  };
  const mounting = widget.mount({ parentElement });
  const [shape] = parentElement.children;
  assert.equal(shape.attributes.role, "status");
  assert.match(words(shape), /Loading your services/);
  assert.match(shape.shadowRoot.adoptedStyleSheets[0].rules, /\.card\{[^]*\.bones\{/);
  await mounting;
  assert.equal(atDrawing, 1, "both in one go, so that nothing is empty in between");
  assert.deepEqual(parentElement.children, []);
});

test("unmount takes the shape away, and its time limit with it", options, async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { widget, parentElement } = await begin(t);
  const mounting = widget.mount({ parentElement });
  const [shape] = parentElement.children;
  widget.unmount();
  assert.deepEqual(parentElement.children, []);
  t.mock.timers.tick(31_000);
  assert.match(words(shape), /Loading your services/);
  await mounting;
});

test("after half a minute words stand there, and an engine that comes later draws all the same", options, async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { page, widget, parentElement } = await begin(t);
  let come;
  const fetched = globalThis.fetch;
  globalThis.fetch = async (...given) => {
    if (!String(given[0]).includes("deferred")) await new Promise((resolve) => (come = resolve));
    return fetched(...given);
  };
  const mounting = widget.mount({ parentElement });
  const [shape] = parentElement.children;
  t.mock.timers.tick(29_000);
  assert.doesNotMatch(words(shape), /check your internet connection/);
  t.mock.timers.tick(2000);
  assert.match(words(shape), /check your internet connection/);
  come();
  await mounting;
  assert.deepEqual(parentElement.children, []);
  assert.equal(page.engine.drawn.length, 1);
});

test("where the engine cannot be had words stand there until the next mount or unmount", options, async (t) => {
  const { page, widget, parentElement } = await begin(t);
  page.wasmStatus = 404;
  await assert.rejects(widget.mount({ parentElement }));
  assert.deepEqual(parentElement.children.map(({ attributes }) => attributes.role), ["alert"]);
  await assert.rejects(widget.mount({ parentElement }));
  assert.equal(parentElement.children.length, 1);
  const warned = t.mock.method(console, "warn", () => {});
  widget.unmount();
  assert.deepEqual(parentElement.children, []);
  assert.equal(warned.mock.callCount(), 0);
});

test("a host's mistake leaves neither shape nor words", options, async (t) => {
  const { page, widget, parentElement } = await begin(t);
  page.engine.mount = () => {
    throw { option: "widgetId", received: "undefined", expected: "an id" };
  };
  await assert.rejects(widget.mount({ parentElement }), { option: "widgetId" });
  assert.deepEqual(parentElement.children, []);
});
