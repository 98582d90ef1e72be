/*
 * The session call that the loader makes beside the engine's load: what it is, who gets the answer, and that it ends with
 * the mount. What the engine makes of it is tried in tests/widget; that both send the same, here and in tests/widget/requests.rs.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { NPM, unbuilt } from "./helpers/dist.mjs";
import { openPage } from "./helpers/page.mjs";

const options = { skip: unbuilt };
const endpoint = "https://connect.example";
const HEADERS = "content-type: application/json\naccept: application/json\nrailz-connect-version: 13.4.0";

async function begin(t) {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  return { page, widget: new RailzConnect(), parentElement: page.element() };
}

/** Mounts, and gives the call that was made, if one was. */
async function callOf(t, given) {
  const { page, widget, parentElement } = await begin(t);
  const mounting = widget.mount({ parentElement, widgetId: "W", endpoint, ...given });
  await page.sessionIsAskedFor();
  const [call] = page.sessions;
  widget.unmount();
  await mounting;
  return call;
}

const wanted = ({ url, request }) => `${url}\n${HEADERS}\n${request.body}`;

test("the call is the one of the contract, without cookies, cache and referrer", options, async (t) => {
  const { url, request } = await callOf(t, { businessName: "Café & Söhne", redirectUrl: "/done?a=1", businessUuid: "BIZ 1" });
  assert.equal(
    url,
    "https://connect.example/widget/session/W?businessUuid=BIZ%201&businessName=Caf%C3%A9%20%26%20S%C3%B6hne" +
      "&redirectUrl=http%3A%2F%2Fhost.example%2Fdone%3Fa%3D1&include=connections,integrations",
  );
  const { method, credentials, cache, referrerPolicy } = request;
  assert.deepEqual([method, credentials, cache, referrerPolicy], ["POST", "omit", "no-store", "no-referrer"]);
});

test("the version that it names is the contract's", options, async (t) => {
  const { request } = await callOf(t, {});
  const contract = readFileSync(join(NPM, "../crates/contract/src/lib.rs"), "utf8");
  const [, version] = contract.match(/VERSION: &str = "([^"]+)"/);
  assert.equal(request.headers["railz-connect-version"], version);
});

test("its body is the engine's, letter by letter", options, async (t) => {
  // What tests/widget/requests.rs expects of the engine for the same options.
  const { page, widget } = await begin(t);
  const given = {
    language: "en", brandColor: "#123456", closeEnabled: "true", state: "secret-1", successUrl: "/done?s=2",
    businessName: "Harbour Bakery", metadata: [{ name: "é", value: 1.5, deep: { x: null } }],
    options: { debug: false, sessionTimeout: "60", components: { search: false }, kinds: { hideSkip: ["banking"] } },
    onError() {}, onSuccess() {}, onExit() {},
  };
  const opening = widget.open({ widgetId: "W", endpoint, ...given });
  await page.sessionIsAskedFor();
  assert.equal(
    page.sessions[0].request.body,
    '{"metadata":[{"name":"é","value":1.5,"deep":{"x":null}}],"successUrl":"http://host.example/done?s=2",' +
      '"state":"secret-1","options":{"language":"en","brandColor":"#123456",' +
      '"closeEnabled":"true","debug":false,"sessionTimeout":60,"components":{"overview":true,"summary":true,' +
      '"progressBar":true,"navigableProgressBar":true,"back":true,"search":false,"close":true,"sandbox":true,' +
      '"watermark":true,"header":true,"terms":true,"helpLink":true,"accountingRequired":false,"bankingRequired":true,' +
      '"commerceRequired":false},"kinds":{"hideSkip":["banking"]},"isModal":false,"parentElementSet":false,' +
      '"onErrorSet":true,"onSuccessSet":true,"onExitSet":true}}',
  );
  await opening;
  widget.unmount();
});

test("a session of the back end is opened with its token, which is told in no other place", options, async (t) => {
  const getSession = async () => "minted-2";
  const { url, request } = await callOf(t, { sessionToken: "minted-1", getSession });
  assert.equal(request.headers.authorization, "Bearer minted-1");
  assert.ok(!url.includes("minted-1") && !request.body.includes("minted-1"), request.body);
  assert.ok(!request.body.includes("getSession"), request.body);
});

test("an engine that would send the same token gets the answer", options, async (t) => {
  for (const [theirs, isTaken] of [["minted-1", true], ["minted-2", false]]) {
    const { page, widget, parentElement } = await begin(t);
    let answer;
    const draw = page.engine.mount;
    page.engine.mount = (parent, given, environment) => {
      const { url, request } = page.sessions[0];
      const lines = `${url}\n${HEADERS}\nauthorization: Bearer ${theirs}\n${request.body}`;
      answer = environment.earlySession(lines, {});
      return draw(parent, given, environment);
    };
    await widget.mount({ parentElement, widgetId: "W", endpoint, sessionToken: "minted-1" });
    assert.equal(answer !== undefined, isTaken, theirs);
    page.sessions[0].answer("{}");
    widget.unmount();
  }
});

test("options that cannot be written or are very large are not told", options, async (t) => {
  const theme = {};
  theme.theme = theme;
  for (const given of [{ theme }, { options: { x: "y".repeat(60_000) } }]) {
    assert.equal((await callOf(t, given)).request.body, '{"options":{}}');
  }
});

for (const [what, given] of [
  ["no widget is named", { widgetId: "" }],
  ["no server is named", { endpoint: undefined }],
  ["the server is named with a query", { endpoint: `${endpoint}/?a=1` }],
  ["the server is named with a fragment", { endpoint: `${endpoint}/#a` }],
  ["the server is named with user info", { endpoint: "https://me:pass@connect.example" }],
  ["the business has a name that is refused", { businessName: "100%" }],
  ["an address is none of the web", { redirectUrl: "javascript:alert(1)" }],
  ["what names the business is no text", { businessName: ["Acme"] }],
  ["the token of the session is no text", { sessionToken: {} }],
  ["the state is no text", { state: 7 }],
  ["the metadata cannot be written", { metadata() {} }],
  ["two places to go to are named", { successUrl: "/a", redirectUrl: "/b" }],
]) {
  test(`where ${what} nothing is called`, options, async (t) => {
    assert.equal(await callOf(t, given), undefined);
  });
}

test("where a page added to every object nothing is called; its redirectUrl was sent as the host's", options, async (t) => {
  Object.prototype.redirectUrl = "https://elsewhere.example/";
  try {
    assert.equal(await callOf(t, {}), undefined);
  } finally {
    delete Object.prototype.redirectUrl;
  }
  assert.notEqual(await callOf(t, {}), undefined);
});

test("an option that throws when it is read is left to the engine", options, async (t) => {
  const { page, widget, parentElement } = await begin(t);
  const given = { parentElement, widgetId: "W", endpoint };
  Object.defineProperty(given, "businessName", { enumerable: true, get: () => assert.fail("not today") });
  await widget.mount(given);
  assert.deepEqual(page.sessions, []);
  assert.equal(page.engine.drawn[0].environment.earlySession, undefined);
});

test("the server is the tag's where the options name none", options, async (t) => {
  const page = openPage(t);
  const RailzConnect = page.runScript({ dataEndpoint: "https://tag.example/api/" });
  const mounting = new RailzConnect().mount({ parentElement: page.element(), widgetId: "W" });
  await page.sessionIsAskedFor();
  assert.match(page.sessions[0].url, /^https:\/\/tag\.example\/api\/widget\/session\/W\?/);
  await mounting;
});

/** Mounts with an engine that does with the early session what `engine` says. */
async function mountWith(t, engine) {
  const opened = await begin(t);
  const draw = opened.page.engine.mount;
  const signal = new AbortController().signal;
  opened.page.engine.mount = (parent, options, environment) => {
    opened.answer = engine(environment.earlySession, opened.page.sessions[0], signal);
    return draw(parent, options, environment);
  };
  opened.signal = signal;
  opened.mounting = opened.widget.mount({ parentElement: opened.parentElement, widgetId: "W", endpoint });
  return opened;
}

test("an engine that would send the same gets the answer, once", options, async (t) => {
  let again = "not asked";
  const { page, answer, mounting, ...opened } = await mountWith(t, (take, call, signal) => {
    const first = take(wanted(call), signal);
    again = take(wanted(call), signal);
    return first;
  }).then(async (opened) => (await opened.mounting, opened));
  assert.equal(again, undefined, "a retry asks anew");
  page.sessions[0].answer("{}");
  assert.equal(await (await answer).text(), "{}");
  assert.equal(page.sessions.length, 1);
  assert.equal(page.sessions[0].signal.aborted, false);
  opened.signal.onabort();
  assert.equal(page.sessions[0].signal.aborted, true, "the engine's signal ends the call");
});

test("an answer that was there before the engine is handed over as it is, not as a promise", options, async (t) => {
  const { page, widget, parentElement } = await begin(t);
  const come = page.holdEngine();
  const mounting = widget.mount({ parentElement, widgetId: "W", endpoint });
  await page.sessionIsAskedFor();
  const [call] = page.sessions;
  call.answer("{}");
  await page.settle();
  let answer;
  const draw = page.engine.mount;
  page.engine.mount = (parent, options, environment) => {
    answer = environment.earlySession(wanted(call), {});
    return draw(parent, options, environment);
  };
  come();
  await mounting;
  assert.deepEqual([answer.ok, answer.status, answer.body], [true, 200, "{}"]);
});

test("the engine is held back for an answer that comes with it, and for 150 milliseconds at most", options, async (t) => {
  // The engine used to draw its loading screen first, which looks as the skeleton does, and the list one frame later.
  for (const isAnswered of [true, false]) {
    const { page, widget, parentElement } = await begin(t);
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const mounting = widget.mount({ parentElement, widgetId: "W", endpoint });
    await page.loadEnds();
    for (let turn = 0; turn < 9; turn += 1) await null;
    assert.equal(page.engine.drawn.length, 0, "nothing is drawn while the answer may come");
    if (isAnswered) page.sessions[0].answer("{}");
    else t.mock.timers.tick(150);
    await mounting;
    assert.equal(page.engine.drawn.length, 1);
    t.mock.timers.reset();
    widget.unmount();
  }
});

for (const [what, change] of [
  ["address", (text) => text.replace("/session/W?", "/session/V?")],
  ["headers", (text) => text.replace("13.4.0", "13.5.0")],
  ["body", (text) => text.replace('"back":true', '"back":false')],
]) {
  test(`an engine with another ${what} asks by itself, and the early call ends`, options, async (t) => {
    const opened = await mountWith(t, (take, call, signal) => take(change(wanted(call)), signal));
    await opened.mounting;
    assert.equal(opened.answer, undefined);
    assert.equal(opened.page.sessions[0].signal.aborted, true);
  });
}

test("a call that has failed before the engine came is not handed over", options, async (t) => {
  const { page, widget, parentElement } = await begin(t);
  const come = page.holdEngine();
  const mounting = widget.mount({ parentElement, widgetId: "W", endpoint });
  await page.sessionIsAskedFor();
  const [call] = page.sessions;
  call.fail();
  await page.settle();
  come();
  await mounting;
  assert.equal(page.engine.drawn[0].environment.earlySession(wanted(call), {}), undefined);
});

test("a call that nobody answers ends after 29 seconds", options, async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { page, widget, parentElement } = await begin(t);
  const come = page.holdEngine();
  const mounting = widget.mount({ parentElement, widgetId: "W", endpoint });
  await page.sessionIsAskedFor();
  t.mock.timers.tick(28_900);
  assert.equal(page.sessions[0].signal.aborted, false);
  t.mock.timers.tick(200);
  assert.equal(page.sessions[0].signal.aborted, true);
  widget.unmount();
  come();
  await mounting;
});

// Invariant 6: unmounting leaves nothing behind.
test("unmounting before the engine came ends the call, and a mount after it makes its own", options, async (t) => {
  const { page, widget, parentElement } = await begin(t);
  const first = widget.mount({ parentElement, widgetId: "first", endpoint });
  await page.sessionIsAskedFor();
  widget.unmount();
  assert.equal(page.sessions[0].signal.aborted, true);
  const second = widget.mount({ parentElement, widgetId: "second", endpoint });
  await Promise.all([first, second]);
  assert.equal(page.sessions.length, 2);
  assert.match(page.sessions[1].url, /session\/second\?/);
});

test("mounted and unmounted in one go, as StrictMode does, no session is opened; there used to be two", options, async (t) => {
  const { page, widget, parentElement } = await begin(t);
  const first = widget.mount({ parentElement, widgetId: "first", endpoint });
  widget.unmount();
  await Promise.all([first, widget.mount({ parentElement, widgetId: "second", endpoint })]);
  assert.deepEqual(page.sessions.map(({ url }) => /session\/(\w+)/.exec(url)[1]), ["second"]);
});

test("to the server that the script came from no header asks for a preflight", options, async (t) => {
  const page = openPage(t);
  const RailzConnect = page.runScript({ src: "https://connect.example/widget/railz-connect.js" });
  const ask = async (given) => {
    const widget = new RailzConnect();
    const mounting = widget.mount({ parentElement: page.element(), widgetId: "W", ...given });
    await page.sessionIsAskedFor();
    widget.unmount();
    await mounting.catch(() => undefined);
    return page.sessions.at(-1);
  };
  const own = await ask({});
  assert.match(own.url, /^https:\/\/connect\.example\/widget\/session\/W\?/);
  assert.deepEqual(own.request.headers, {});
  // It used to get headers, and so a preflight, when its address was given once more.
  const given = await ask({ endpoint: "https://connect.example" });
  assert.equal(given.url, own.url);
  assert.deepEqual(given.request.headers, {});
  const minted = await ask({ sessionToken: "minted-1" });
  assert.deepEqual(minted.request.headers, { authorization: "Bearer minted-1" }, "which needs a preflight anyway");
  const named = await ask({ endpoint: "https://railz.example" });
  assert.equal(named.request.headers["content-type"], "application/json", "another server may want them");
});

test("a fetch that throws leaves no timer behind", options, async (t) => {
  const { page, widget, parentElement } = await begin(t);
  const fetched = globalThis.fetch;
  globalThis.fetch = (address, request) => (request?.method ? assert.fail("patched by the page") : fetched(address, request));
  const timers = t.mock.method(globalThis, "setTimeout");
  await widget.mount({ parentElement, widgetId: "W", endpoint });
  assert.deepEqual(timers.mock.calls.filter(({ arguments: [, after] }) => after === 29_000), []);
  assert.equal(page.engine.drawn.length, 1);
});

test("a call that goes on after unmount, the page's fetch having dropped the signal, leaves no timer behind", options, async (t) => {
  // What used to happen: the timer of 29 seconds outlived the widget, and kept what it holds.
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { page, widget, parentElement } = await begin(t);
  const fetched = globalThis.fetch;
  globalThis.fetch = (address, request) => fetched(address, { ...request, signal: new AbortController().signal });
  const set = t.mock.method(globalThis, "setTimeout");
  const cleared = t.mock.method(globalThis, "clearTimeout");
  const mounting = widget.mount({ parentElement, widgetId: "W", endpoint });
  await page.sessionIsAskedFor();
  widget.unmount();
  await mounting;
  const limits = set.mock.calls.filter(({ arguments: [, after] }) => after === 29_000);
  assert.equal(limits.length, 1);
  assert.ok(cleared.mock.calls.some(({ arguments: [timer] }) => timer === limits[0].result));
});

test("an engine that refuses the options or cannot be had ends the call", options, async (t) => {
  const { page, widget, parentElement } = await begin(t);
  page.engine.mount = () => {
    throw { option: "theme", received: "1", expected: "2" };
  };
  await assert.rejects(widget.mount({ parentElement, widgetId: "W", endpoint }), { option: "theme" });
  assert.equal(page.sessions[0].signal.aborted, true);
  page.engine.mount = () => {
    throw new Error("broken");
  };
  await assert.rejects(widget.mount({ parentElement, widgetId: "W", endpoint }), /broken/);
  assert.equal(page.sessions[1].signal.aborted, true);
});

test("a call that the engine did not ask for ends when it has drawn", options, async (t) => {
  const { page, widget, parentElement } = await begin(t);
  await widget.mount({ parentElement, widgetId: "W", endpoint });
  assert.equal(page.sessions[0].signal.aborted, true);
});
