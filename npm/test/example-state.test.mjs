/*
 * What the examples for pages do with `state`: each sends a new one, and believes a result only with the one that it sent.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { NPM } from "./helpers/dist.mjs";

const FILES = ["html/state.js", "react/src/state.js", "vite/state.js", "vue/src/state.js"];
const read = (file) => readFileSync(join(NPM, "..", "examples", file), "utf8").replaceAll("export function", "function");

/** The file's functions in a tab of which `kept` is the storage, at an address with this query. */
function tab(file, search, kept = new Map()) {
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
  const left = [];
  const history = { replaceState: (_, __, address) => left.push(address) };
  const make = new Function("location", "sessionStorage", "history", `${read(file)}\nreturn { newState, readResult };`);
  return { ...make({ search, pathname: "/page" }, storage, history), kept, left };
}

for (const file of FILES) {
  test(`${file}: a result with the state that was sent is believed once`, () => {
    const { newState, kept } = tab(file, "");
    const state = newState();
    assert.match(state, /^[0-9a-f]{32}$/);
    const back = tab(file, `?connectionId=CON-1&serviceName=xero&connectionToken=secret&state=${state}`, kept);
    assert.deepEqual(back.readResult(), { result: { connectionId: "CON-1", serviceName: "xero" }, refused: "" });
    assert.deepEqual(back.left, ["/page"], "the token does not stay in the address");
    assert.match(back.readResult().refused, /no connection that was begun in this tab/, "a second time");
  });

  test(`${file}: a result with another state, or in a tab that sent none, is refused`, () => {
    const { newState, kept } = tab(file, "");
    newState();
    for (const made of ["?connectionId=CON-1&state=guessed", "?connectionId=CON-1"]) {
      assert.match(tab(file, made, new Map(kept)).readResult().refused, /begun in this tab/);
      assert.match(tab(file, made).readResult().refused, /begun in this tab/);
    }
  });

  test(`${file}: a page that received nothing has neither result nor refusal`, () => {
    assert.deepEqual(tab(file, "?widgetId=PROD_acme").readResult(), { result: null, refused: "" });
  });
}
