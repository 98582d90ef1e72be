/*
 * `RailzConnect.preload()`: the files, and no session.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { unbuilt } from "./helpers/dist.mjs";
import { openPage } from "./helpers/page.mjs";

const options = { skip: unbuilt };

test("preload fetches both files and opens no session, and a mount waits for that load", options, async (t) => {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  assert.equal(RailzConnect.preload(), undefined);
  await page.loadEnds();
  assert.equal(page.fetched.length, 1);
  assert.deepEqual(page.sessions, []);
  await new RailzConnect().mount({ parentElement: page.element() });
  assert.equal(page.engine.starts.length, 1);
});

test("a preload that fails says nothing, and one on a server does nothing", options, async (t) => {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  page.wasmStatus = 404;
  RailzConnect.preload();
  await page.loadEnds();
  delete globalThis.ShadowRoot;
  RailzConnect.preload();
  assert.equal(page.fetched.length, 1);
});
