/*
 * How the engine is loaded: once a page, glue and engine at once, its deferred module after the first screen, and again after a
 * failure.
 */
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { unbuilt } from "./helpers/dist.mjs";
import { BUILD, VERSION, listener, openPage, wasmDouble } from "./helpers/page.mjs";

const options = { skip: unbuilt };

test("importing the module touches no page and loads nothing", options, async (t) => {
  const page = openPage(t);
  delete globalThis.document;
  delete globalThis.ShadowRoot;
  const { default: RailzConnect } = await page.importModule();
  assert.equal(RailzConnect.version, VERSION);
  assert.equal(typeof new RailzConnect().mount, "function");
  await page.settle();
  assert.deepEqual(page.fetched, []);
  assert.deepEqual(page.engine.starts, []);
});

test("the engine's file is fetched beside the module, and handed to the glue when it is compiled", options, async (t) => {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  await new RailzConnect().mount({ parentElement: page.element() });
  assert.equal(page.fetched.length, 1);
  assert.ok(page.fetched[0].endsWith("/engine_bg.wasm"));
  assert.ok(page.engine.starts[0] instanceof WebAssembly.Module);
});

test("an engine that is served under another type is compiled all the same", options, async (t) => {
  const page = openPage(t);
  page.wasmType = "application/octet-stream";
  const { default: RailzConnect } = await page.importModule();
  await new RailzConnect().mount({ parentElement: page.element() });
  assert.ok(page.engine.starts[0] instanceof WebAssembly.Module);
});

test("a page in the place of the engine is called one, where the browser spoke of a magic word", options, async (t) => {
  const page = openPage(t);
  page.wasmType = "text/html; charset=utf-8";
  const { default: RailzConnect } = await page.importModule();
  await assert.rejects(new RailzConnect().mount({ parentElement: page.element() }), /engine_bg\.wasm was answered with a page/);
});

for (const [what, glue, wasm] of [
  ["glue", "another!", BUILD],
  ["engine", BUILD, "another!"],
]) {
  test(`the ${what} of another build is refused with what to do`, options, async (t) => {
    const page = openPage(t);
    page.writeEngine(glue);
    page.wasm = wasmDouble(wasm);
    const { default: RailzConnect } = await page.importModule();
    const words = /files of railz-connect are of different builds: deploy those of one together/;
    await assert.rejects(new RailzConnect().mount({ parentElement: page.element() }), words);
    assert.deepEqual(page.engine.starts, []);
  });
}

test("an engine that cannot be had is named and told once, and the next mount tries again", options, async (t) => {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  const widget = new RailzConnect();
  const { heard, onError } = listener();
  const given = { parentElement: page.element(), onError };
  page.wasmStatus = 404;
  await assert.rejects(widget.mount(given), /could not be loaded.*engine_bg\.wasm was answered with status 404/);
  assert.equal(heard.length, 1);
  assert.deepEqual(heard[0][0], "load");
  assert.equal(heard[0][1].error.errorCode, "general");
  assert.match(heard[0][1].error.errorMessage, /engine_bg\.wasm/);
  assert.deepEqual(page.engine.drawn, []);

  page.wasmStatus = 200;
  await widget.mount(given);
  assert.equal(page.engine.drawn.length, 1);
  assert.equal(heard.length, 1);
});

test("a page whose policy forbids WebAssembly is told what to allow", options, async (t) => {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  page.engine.starts.push = () => {
    throw new WebAssembly.CompileError("refused by the policy");
  };
  await assert.rejects(new RailzConnect().mount({ parentElement: page.element() }), /'wasm-unsafe-eval'/);
});

test("a load that fails after unmount ends silently", options, async (t) => {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  const widget = new RailzConnect();
  const { heard, onError } = listener();
  page.wasmStatus = 500;
  const mounting = widget.mount({ parentElement: page.element(), onError });
  widget.unmount();
  await mounting;
  assert.deepEqual(heard, []);
});

test("the script tag and the module share one engine", options, async (t) => {
  const page = openPage(t);
  const Global = page.runScript();
  const { default: RailzConnect } = await page.importModule();
  await new Global().mount({ parentElement: page.element() });
  await new RailzConnect().mount({ parentElement: page.element() });
  assert.equal(page.engine.starts.length, 1);
  assert.equal(page.engine.drawn.length, 2);
});

test("the script tag loads the engine at once, and a mount waits for that load", options, async (t) => {
  const page = openPage(t);
  const Global = page.runScript();
  assert.equal(page.fetched.length, 1, "the fetch is under way before the script returns");
  await new Global().mount({ parentElement: page.element() });
  assert.equal(page.fetched.length, 1);
  assert.equal(page.engine.starts.length, 1);
});

for (const [way, loader] of [
  ["script tag", (page) => page.runScript()],
  ["ES module", async (page) => (await page.importModule()).default],
]) {
  test(`by ${way} a mount asks under another address after the glue could not be had`, options, async (t) => {
    // What used to happen by ES module: Firefox answered every later mount with the failure of a silent preload.
    const page = openPage(t);
    page.breakEngine();
    const RailzConnect = await loader(page);
    RailzConnect.preload();
    await page.loadEnds();
    await assert.rejects(new RailzConnect().mount({ parentElement: page.element() }), /error loading the module/);
    page.writeEngine();
    await new RailzConnect().mount({ parentElement: page.element() });
    assert.equal(page.engine.drawn.length, 1);
    assert.deepEqual(page.engine.addresses.map((address) => address.replace(/.*\//, "")), ["engine.js?retry=2"]);
  });

  test(`by ${way} a glue that hangs is asked for under another address after two minutes`, options, async (t) => {
    // What used to happen: the next import joined the one that hung, in both ways in, until the page was loaded anew.
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const page = openPage(t);
    const hanging = page.hangEngine();
    const RailzConnect = await loader(page);
    const refused = assert.rejects(new RailzConnect().mount({ parentElement: page.element() }), /within 120 seconds/);
    await hanging;
    t.mock.timers.tick(120_000);
    await refused;
    page.writeEngine();
    await new RailzConnect().mount({ parentElement: page.element() });
    assert.equal(page.engine.drawn.length, 1);
    assert.ok(page.engine.addresses[0].endsWith("/engine.js?retry=1"), page.engine.addresses[0]);
  });
}

test("where a bundler has renamed the glue the import that it knows is tried again", options, async (t) => {
  const page = openPage(t);
  rmSync(join(page.folder, "engine.js"));
  const { default: RailzConnect } = await page.importModule();
  await assert.rejects(new RailzConnect().mount({ parentElement: page.element() }), /could not be loaded/);
  page.writeEngine();
  const double = readFileSync(join(page.folder, "engine.js"), "utf8");
  writeFileSync(join(page.folder, "engine.js"), `if (import.meta.url.includes("?")) throw new Error("404");${double}`);
  await new RailzConnect().mount({ parentElement: page.element() });
  assert.ok(page.engine.addresses[0].endsWith("/engine.js"), page.engine.addresses[0]);
});

test("the sentence of a failed mount goes with the next one, whichever instance makes it", options, async (t) => {
  // What used to happen: "cannot be shown" stayed above the widget of the second instance.
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  const parentElement = page.element();
  page.wasmStatus = 404;
  await assert.rejects(new RailzConnect().mount({ parentElement }), /404/);
  assert.equal(parentElement.children.length, 1);
  page.wasmStatus = 200;
  await new RailzConnect().mount({ parentElement });
  assert.deepEqual(parentElement.children, []);
});

test("files that do not come within two minutes are an error, and the next mount asks for them anew", options, async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  const fetched = globalThis.fetch;
  let signal;
  globalThis.fetch = (address, request) => {
    if (request?.method) return fetched(address, request);
    signal = request?.signal;
    return new Promise(() => {});
  };
  const mounting = new RailzConnect().mount({ parentElement: page.element() });
  const refused = assert.rejects(mounting, /within 120 seconds/);
  await page.sessionIsAskedFor();
  t.mock.timers.tick(120_000);
  await refused;
  // It used to go on in the background, beside the next try.
  assert.equal(signal?.aborted, true);
  globalThis.fetch = fetched;
  await new RailzConnect().mount({ parentElement: page.element() });
  assert.equal(page.engine.drawn.length, 1);
});
