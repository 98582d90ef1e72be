/*
 * Browsers that cannot run the engine: the person reads a sentence, the host hears of it once.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { unbuilt } from "./helpers/dist.mjs";
import { listener, openPage, replaceGlobals } from "./helpers/page.mjs";

const options = { skip: unbuilt };

test("one sentence stands in a place, until a mount there works; they used to stack and to stay", options, async (t) => {
  for (const call of ["mount", "open"]) {
    const page = openPage(t);
    const { default: RailzConnect } = await page.importModule();
    const { supports } = CSS;
    const parentElement = page.element();
    CSS.supports = () => false;
    for (let count = 0; count < 3; count += 1) {
      await assert.rejects(new RailzConnect()[call]({ widgetId: "W", parentElement }), /cannot run here/);
    }
    assert.deepEqual(parentElement.children.map(({ attributes }) => attributes.role), ["alert"]);
    CSS.supports = supports;
    const widget = new RailzConnect();
    await widget[call]({ widgetId: "W", parentElement });
    assert.deepEqual(parentElement.children, []);
    widget.unmount();
  }
});

for (const [missing, globals] of [
  ["WebAssembly", { WebAssembly: undefined }],
  ["adopted stylesheets", { ShadowRoot: class {} }],
  ["container queries", { CSS: { supports: (property) => property !== "container-type" } }],
]) {
  test(`a browser without ${missing} gets a sentence that names four browsers`, options, async (t) => {
    const page = openPage(t);
    const { default: RailzConnect } = await page.importModule();
    replaceGlobals(t, globals);
    const { heard, onError } = listener();
    const parentElement = page.element();
    const widget = new RailzConnect();
    await assert.rejects(widget.mount({ parentElement, onError }), new RegExp(`lacks: ${missing}`));

    assert.equal(parentElement.children.length, 1);
    const [notice] = parentElement.children;
    assert.equal(notice.attributes.role, "alert");
    const [sentence] = notice.children;
    for (const browser of ["Chrome", "Firefox", "Safari", "Edge"]) assert.ok(sentence.includes(browser), browser);
    assert.deepEqual(heard, [["load", { metadata: null, error: { errorCode: "general", errorMessage: sentence } }]]);
    assert.deepEqual(page.fetched, []);

    await assert.rejects(widget.mount({ parentElement, onError }));
    assert.equal(parentElement.children.length, 1, "a second mount does not say it twice");
    widget.unmount();
    assert.deepEqual(parentElement.children, []);
  });

  test(`the script tag loads no engine in a browser without ${missing}`, options, async (t) => {
    const page = openPage(t);
    replaceGlobals(t, globals);
    page.runScript();
    await page.settle();
    assert.deepEqual(page.fetched, []);
  });
}

test("a browser that has all but light-dark() is let in; it was refused", options, async (t) => {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  CSS.supports = (property, value) => !value.includes("light-dark");
  await new RailzConnect().mount({ widgetId: "W", parentElement: page.element() });
  assert.equal(page.engine.drawn.length, 1);
});
