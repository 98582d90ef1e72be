/*
 * What the loader has once more of what stands in Rust, so that it can ask before the engine is there: the rule for the name
 * of a business, the headers and the time limit of the session call. A difference would cost each page its early call.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { NPM, unbuilt } from "./helpers/dist.mjs";
import { openPage } from "./helpers/page.mjs";

const options = { skip: unbuilt };
const read = (file) => readFileSync(join(NPM, "..", file), "utf8");
const { allowed, refused } = JSON.parse(read("crates/contract/golden/business-names.json"));

/** the session call that a mount makes, if it makes one. */
async function callOf(t, given) {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  const widget = new RailzConnect();
  const options = { parentElement: page.element(), widgetId: "W", endpoint: "https://connect.example", ...given };
  const mounting = widget.mount(options);
  await page.sessionIsAskedFor();
  const [call] = page.sessions;
  widget.unmount();
  await mounting;
  return call;
}

test("a business name that the engine takes is asked with", options, async (t) => {
  assert.ok(allowed.length >= 10);
  for (const businessName of allowed) {
    const call = await callOf(t, { businessName });
    assert.ok(call, JSON.stringify(businessName));
    assert.equal(new URL(call.url).searchParams.get("businessName"), businessName);
  }
});

test("a business name that the engine refuses is asked nothing with", options, async (t) => {
  assert.ok(refused.length >= 10);
  // An empty one counts as not given.
  for (const businessName of refused.filter((name) => name !== "")) {
    assert.equal(await callOf(t, { businessName }), undefined, JSON.stringify(businessName));
  }
});

// What tests/widget/options.rs expects of the engine.
test("the spaces around an address are those that the engine takes away", options, async (t) => {
  for (const [endpoint, address] of [
    ["\uFEFF\u3000\t https://c.example/api\u00A0\n\uFEFF", "https://c.example/api"],
    ["\u0085/api", "http://host.example/%C2%85/api"],
    ["/api/\u0085", "http://host.example/api/%C2%85"],
  ]) {
    const { url } = await callOf(t, { endpoint });
    assert.ok(url.startsWith(`${address}/widget/session/W?`), url);
  }
  assert.equal(await callOf(t, { endpoint: "\uFEFF" }), undefined, "no server is named");
});

test("an early call is given up after as long as the engine's own", () => {
  const [, limit] = read("npm/src/early-session.ts").match(/\bLIMIT_MS = ([\d_]+);/);
  const [, timeout] = read("src/api.rs").match(/\bTIMEOUT_MS: u32 = ([\d_]+);/);
  assert.equal(limit, timeout);
});

test("an early call has the headers of the engine's own", options, async (t) => {
  const contract = read("crates/contract/src/lib.rs");
  const constant = (name) => contract.match(new RegExp(`const ${name}: &str = "([^"]+)";`))[1];
  const [, vector] = read("src/api.rs").match(/fn headers\([^]*?vec!\[([^]*?)\];/);
  const valueOf = (words) => (/^[A-Z_]+$/.test(words) ? constant(words) : words.slice(1, -1));
  const headers = [...vector.matchAll(/\((\S+), (\S+)\.to_owned\(\)\)/g)].map(([, ...pair]) => pair.map(valueOf));
  assert.equal(headers.length, vector.match(/to_owned/g).length);
  const { request } = await callOf(t, {});
  assert.deepEqual(Object.entries(request.headers), headers);
});
