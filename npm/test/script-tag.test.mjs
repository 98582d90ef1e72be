/*
 * The classic script: what it defines, what it leaves alone, and what it reads from its tag.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { unbuilt } from "./helpers/dist.mjs";
import { VERSION, openPage } from "./helpers/page.mjs";

const options = { skip: unbuilt };

test("the script defines one global, which is the class", options, async (t) => {
  const page = openPage(t);
  delete globalThis.RailzConnect;
  const before = new Set(Object.getOwnPropertyNames(globalThis));
  const RailzConnect = page.runScript();
  const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
  assert.deepEqual(added, ["RailzConnect"]);
  assert.equal(RailzConnect.version, VERSION);
  await assert.rejects(new RailzConnect().mount({}), RailzConnect.ConfigError);
});

test("the same script a second time changes nothing", options, async (t) => {
  const page = openPage(t);
  const first = page.runScript();
  const second = page.runScript({ dataEndpoint: "https://other.example" });
  assert.equal(second, first);
  await new second().mount({ parentElement: page.element() });
  const { dataEndpoint, scriptEndpoint } = page.engine.drawn[0].environment;
  assert.deepEqual([dataEndpoint, scriptEndpoint], [undefined, undefined]);
  assert.equal(page.engine.starts.length, 1);
});

test("a class of another version is replaced, with a warning", options, async (t) => {
  const page = openPage(t);
  const warned = t.mock.method(console, "warn", () => {});
  globalThis.RailzConnect = class {};
  assert.equal(page.runScript().version, VERSION);
  assert.equal(warned.mock.callCount(), 1);
});

test("data-endpoint reaches the engine", options, async (t) => {
  const page = openPage(t);
  const RailzConnect = page.runScript({ dataEndpoint: "https://connect.example" });
  await new RailzConnect().mount({ parentElement: page.element() });
  assert.equal(page.engine.drawn[0].environment.dataEndpoint, "https://connect.example");
});

test("an element that the page names currentScript is not taken for the script", options, async (t) => {
  // What used to happen: its `src` said where the engine comes from, which then ran in the page.
  const page = openPage(t);
  const attributes = { "data-endpoint": "https://evil.example" };
  const src = "https://evil.example/railz-connect.js";
  globalThis.document.currentScript = { src, getAttribute: (name) => attributes[name] ?? null };
  const RailzConnect = page.runScript();
  await new RailzConnect().mount({ parentElement: page.element() });
  const { dataEndpoint, scriptEndpoint } = page.engine.drawn[0].environment;
  assert.deepEqual([dataEndpoint, scriptEndpoint], [undefined, undefined]);
  assert.deepEqual(page.fetched.filter((address) => address.includes("evil")), []);
});

test("a page whose head is something else still gets the class", options, async (t) => {
  const page = openPage(t);
  globalThis.document.head = {};
  const src = "https://cdn.example/railz-connect.js";
  assert.equal(page.runScript({ src, dataEndpoint: "https://connect.example" }).version, VERSION);
});

test("the connection to a server elsewhere is made at once, and nothing of that stays in the page", options, async (t) => {
  const page = openPage(t);
  const { head } = globalThis.document;
  const appended = t.mock.method(head, "append");
  page.runScript({ src: "https://cdn.example/railz-connect.js", dataEndpoint: "https://connect.example/api" });
  const [link] = appended.mock.calls[0].arguments;
  assert.deepEqual([link.rel, link.href, link.crossOrigin], ["preconnect", "https://connect.example/api", "anonymous"]);
  assert.deepEqual(head.children, []);
});

test("where the server has the files too there is a connection already", options, async (t) => {
  const page = openPage(t);
  const appended = t.mock.method(globalThis.document.head, "append");
  page.runScript({ src: "https://connect.example/widget/railz-connect.js", dataEndpoint: "https://connect.example/api" });
  page.runScript({ src: null, dataEndpoint: "https://connect.example/api" });
  page.runScript({ dataEndpoint: null });
  assert.equal(appended.mock.callCount(), 0);
});

test("a script that cannot know its address says how to load it", options, async (t) => {
  const page = openPage(t);
  const RailzConnect = page.runScript({ src: null });
  assert.deepEqual(page.fetched, []);
  await assert.rejects(new RailzConnect().mount({ parentElement: page.element() }), /<script src=.*import RailzConnect/);
});
