/*
 * A page that cannot show the widget: the person reads why, and where to go on or whom to tell.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { unbuilt } from "./helpers/dist.mjs";
import { listener, openPage } from "./helpers/page.mjs";

const options = { skip: unbuilt };

const CANNOT_BE_SHOWN = {
  "a policy that forbids WebAssembly": [
    (page) =>
      (page.engine.starts.push = () => {
        throw new WebAssembly.CompileError("refused by the policy");
      }),
    /^Your services cannot be shown on this page\.$/,
  ],
  "a policy that lets nothing be fetched": [
    () =>
      (globalThis.fetch = async () => {
        throw new TypeError("Failed to fetch");
      }),
    /^Your services cannot be shown\. Please load this page again/,
  ],
};

for (const [what, [prepare, sentence]] of Object.entries(CANNOT_BE_SHOWN)) {
  test(`${what} leaves a sentence and whom to tell, in a dialog too`, options, async (t) => {
    for (const call of ["mount", "open"]) {
      const page = openPage(t);
      prepare(page);
      const { default: RailzConnect } = await page.importModule();
      const { heard, onError } = listener();
      const parentElement = globalThis.document.createElement("div");
      globalThis.document.body.append(parentElement);
      const widget = new RailzConnect();
      await assert.rejects(widget[call]({ parentElement, onError }));
      await page.settle();
      const place = call === "mount" ? parentElement : globalThis.document.body.children[1].children[1];
      const [said, whomToTell] = place.children[0].children;
      assert.match(said, sentence);
      assert.match(whomToTell, /tell the people who run this page/);
      assert.deepEqual(heard.map(([event, payload]) => [event, payload.metadata, payload.error.errorCode]), [["load", null, "general"]]);
      widget.unmount();
    }
  });

  test(`${what} leads to the hosted page, where the host has one`, options, async (t) => {
    const address = "https://connect.example/hosted/#code";
    for (const hostedUrl of [address, new URL(address), () => address, async () => address]) {
      const page = openPage(t);
      prepare(page);
      const { default: RailzConnect } = await page.importModule();
      const parentElement = globalThis.document.createElement("div");
      await assert.rejects(new RailzConnect().mount({ parentElement, hostedUrl }));
      await page.settle();
      const [, , link] = parentElement.children[0].children;
      assert.deepEqual([link.href, link.target, link.rel], [address, "_blank", "noopener"]);
    }
  });
}

for (const [what, hostedUrl] of [
  ["throws", () => { throw new Error("no"); }],
  ["rejects", async () => { throw new Error("no"); }],
  ["gives no web address", () => "javascript:alert(1)"],
  ["gives nothing", () => undefined],
]) {
  test(`a hostedUrl that ${what} is no link: whom to tell stands there`, options, async (t) => {
    t.mock.method(console, "error", () => {});
    const page = openPage(t);
    page.wasmStatus = 404;
    const { default: RailzConnect } = await page.importModule();
    const parentElement = globalThis.document.createElement("div");
    await assert.rejects(new RailzConnect().mount({ parentElement, hostedUrl }), /404/);
    await page.settle();
    const [{ children }] = parentElement.children;
    assert.equal(children.length, 2);
    assert.match(children[1], /tell the people/);
  });
}

test("a hostedUrl that is no web address is refused by name, before anything is loaded", options, async (t) => {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  const { heard, onError } = listener();
  const given = { parentElement: page.element(), hostedUrl: "javascript:alert(1)", onError };
  await assert.rejects(new RailzConnect().mount(given), { name: "ConfigError", option: "hostedUrl" });
  assert.equal(heard.length, 1);
  assert.deepEqual(page.fetched, []);
});

test("the hosted page is asked for only where it is needed, and never told to the server", options, async (t) => {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  const hostedUrl = t.mock.fn(() => "https://connect.example/hosted/#code");
  await new RailzConnect().mount({ parentElement: page.element(), hostedUrl });
  assert.equal(hostedUrl.mock.callCount(), 0);
  const text = { widgetId: "W", endpoint: "https://connect.example", hostedUrl: "https://connect.example/hosted/#code" };
  await new RailzConnect().mount({ parentElement: page.element(), ...text });
  assert.doesNotMatch(page.sessions[0].request.body, /hosted/);
});
