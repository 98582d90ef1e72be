/*
 * `mount` and `unmount` of the built class, with a double of the engine: every mount ends in exactly one way.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import vm from "node:vm";
import { unbuilt } from "./helpers/dist.mjs";
import { listener, openPage } from "./helpers/page.mjs";

async function open(t) {
  const page = openPage(t);
  const { default: RailzConnect, ConfigError } = await page.importModule();
  return { page, ConfigError, RailzConnect, widget: new RailzConnect(), parentElement: page.element() };
}

const options = { skip: unbuilt };

// Runs `work` and then collects garbage; what `work` gives may be a sign that it was.
async function collectGarbage(work) {
  setFlagsFromString("--expose-gc");
  const collect = vm.runInNewContext("gc");
  const result = await work();
  // A WeakRef keeps what it was made for or read until the running task ends.
  await new Promise((resolve) => setTimeout(resolve, 0));
  collect();
  return result;
}

for (const [what, parentElement, received] of [
  ["no parentElement", undefined, "undefined"],
  ["null", null, "null"],
  ["a selector", "#connect", 'the text "#connect"'],
  ["a number", 7, "a number"],
  ["a list", [], "[object Array]"],
  ["a document", { nodeType: 9 }, "[object Object]"],
  ["an SVG element", { nodeType: 1, namespaceURI: "http://www.w3.org/2000/svg" }, "[object Object]"],
]) {
  test(`${what} as the place is refused by name before anything is loaded`, options, async (t) => {
    const { page, widget, ConfigError } = await open(t);
    const { heard, onError } = listener();
    await assert.rejects(widget.mount({ widgetId: "W", parentElement, onError }), (error) => {
      assert.ok(error instanceof ConfigError && error instanceof Error);
      assert.equal(error.name, "ConfigError");
      assert.equal(error.option, "parentElement");
      assert.equal(error.received, received);
      assert.match(error.expected, /an HTML element/);
      assert.ok(error.message.includes(error.received) && error.message.includes(error.expected));
      return true;
    });
    assert.equal(heard.length, 1);
    const [event, payload] = heard[0];
    assert.equal(event, "load");
    assert.equal(payload.error.errorCode, "general");
    assert.match(payload.error.errorMessage, /^The option parentElement is .* but must be an HTML element/);
    assert.deepEqual(page.fetched, []);
  });
}

test("an element of a template is refused by name; reading the stylesheet of a window that is not there failed", options, async (t) => {
  const { page, widget, parentElement, ConfigError } = await open(t);
  parentElement.ownerDocument = { ...globalThis.document, defaultView: null };
  for (const call of [widget.mount, widget.open]) {
    const { heard, onError } = listener();
    await assert.rejects(call({ widgetId: "W", parentElement, onError }), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.deepEqual([error.option, error.received], ["parentElement", "in a document without a window or <body>"]);
      assert.match(error.expected, /an HTML element of the page/);
      return true;
    });
    assert.equal(heard.length, 1);
  }
  assert.deepEqual(page.fetched, []);
});

test("an engine that fails after the shape could not be drawn is no unhandled rejection, as it was", options, async (t) => {
  const { page, widget, parentElement } = await open(t);
  page.wasmStatus = 503;
  const unhandled = [];
  const hear = (reason) => unhandled.push(reason.message);
  process.on("unhandledRejection", hear);
  t.after(() => process.off("unhandledRejection", hear));
  t.mock.method(globalThis.document, "createElement", (name) => {
    if (name === "div") throw new Error("patched by the page");
    return page.element();
  });
  await assert.rejects(widget.mount({ parentElement }), /patched by the page/);
  await page.settle();
  assert.deepEqual(unhandled, []);
});

test("mount without any options names parentElement too", options, async (t) => {
  const { widget } = await open(t);
  await assert.rejects(widget.mount(), { option: "parentElement", received: "undefined" });
});

test("an onError that throws does not change how mount ends", options, async (t) => {
  const { widget } = await open(t);
  const shown = t.mock.method(console, "error", () => {});
  const fault = new Error("the host's own mistake");
  const onError = () => {
    throw fault;
  };
  await assert.rejects(widget.mount({ onError }), { option: "parentElement" });
  assert.equal(shown.mock.callCount(), 1);
  assert.equal(shown.mock.calls[0].arguments[1], fault);
});

test("a mount hands the options to the engine and resolves", options, async (t) => {
  const { page, widget, parentElement } = await open(t);
  const given = { parentElement, widgetId: "W" };
  assert.equal(await widget.mount(given), undefined);
  const [drawn] = page.engine.drawn;
  assert.equal(drawn.parent, parentElement);
  assert.equal(drawn.options, given);
  assert.equal(drawn.environment.modal, false);
  assert.equal(drawn.environment.dataEndpoint, undefined);
});

test("mount while mounted is refused, and the widget stays", options, async (t) => {
  const { page, widget, parentElement } = await open(t);
  const { heard, onError } = listener();
  await widget.mount({ parentElement, onError });
  await assert.rejects(widget.mount({ parentElement, onError }), /unmount\(\) first/);
  assert.equal(page.engine.drawn.length, 1);
  assert.equal(page.engine.drawn[0].unmounted, 0);
  assert.deepEqual(heard, []);
});

test("mount while loading is refused, and the first mount goes on", options, async (t) => {
  const { page, widget, parentElement } = await open(t);
  const first = widget.mount({ parentElement });
  await assert.rejects(widget.mount({ parentElement }), /unmount\(\) first/);
  await first;
  assert.equal(page.engine.drawn.length, 1);
});

test("unmount releases the handle once, and mounting again draws again", options, async (t) => {
  const { page, widget, parentElement } = await open(t);
  await widget.mount({ parentElement });
  widget.unmount();
  await widget.mount({ parentElement });
  assert.deepEqual(
    page.engine.drawn.map(({ unmounted, freed }) => [unmounted, freed]),
    [[1, 1], [0, 0]],
  );
});

test("unmount while loading ends the mount with nothing drawn", options, async (t) => {
  const { page, widget, parentElement } = await open(t);
  const warned = t.mock.method(console, "warn", () => {});
  const mounting = widget.mount({ parentElement });
  widget.unmount();
  await mounting;
  assert.deepEqual(page.engine.drawn, []);
  assert.equal(warned.mock.callCount(), 0);
});

test("mount, unmount and mount in one go draws once, as React's strict mode needs it", options, async (t) => {
  const { page, widget, parentElement } = await open(t);
  const first = widget.mount({ parentElement, widgetId: "first" });
  widget.unmount();
  const second = widget.mount({ parentElement, widgetId: "second" });
  await Promise.all([first, second]);
  assert.deepEqual(page.engine.drawn.map(({ options }) => options.widgetId), ["second"]);
});

test("unmount without a widget only warns", options, async (t) => {
  const { widget } = await open(t);
  const warned = t.mock.method(console, "warn", () => {});
  widget.unmount();
  assert.equal(warned.mock.callCount(), 1);
  assert.match(warned.mock.calls[0].arguments[0], /nothing is mounted/);
});

test("a callback that unmounts while the engine draws leaves nothing", options, async (t) => {
  const { page, widget, parentElement } = await open(t);
  const draw = page.engine.mount;
  page.engine.mount = (...given) => {
    widget.unmount();
    return draw(...given);
  };
  await widget.mount({ parentElement });
  assert.deepEqual([page.engine.drawn[0].unmounted, page.engine.drawn[0].freed], [1, 1]);
});

test("a handle that fails to unmount is freed all the same", options, async (t) => {
  const { page, widget, parentElement } = await open(t);
  let freed = 0;
  page.engine.mount = () => ({
    unmount: () => {
      throw new Error("broken");
    },
    free: () => (freed += 1),
  });
  await widget.mount({ parentElement });
  assert.throws(() => widget.unmount(), /broken/);
  await null;
  assert.equal(freed, 1);
});

test("the engine's refusal becomes a ConfigError that is not told twice", options, async (t) => {
  const { page, widget, ConfigError, parentElement } = await open(t);
  const { heard, onError } = listener();
  const fault = { option: "businessName", received: '"A"', expected: "2 to 40 characters", message: "Too short." };
  const draw = page.engine.mount;
  page.engine.mount = () => {
    throw fault;
  };
  await assert.rejects(widget.mount({ parentElement, onError }), (error) => {
    assert.ok(error instanceof ConfigError);
    const { option, received, expected, message } = error;
    assert.deepEqual({ option, received, expected, message }, fault);
    return true;
  });
  assert.deepEqual(heard, [], "the engine has told the host already");
  page.engine.mount = draw;
  await widget.mount({ parentElement });
});

test("a drawn widget stays when the page keeps no reference to its instance", options, async (t) => {
  const { page, RailzConnect, parentElement } = await open(t);
  let handle;
  page.engine.mount = () => {
    const drawn = { unmount() {}, free() {} };
    handle = new WeakRef(drawn);
    return drawn;
  };
  const collected = await collectGarbage(async () => {
    await new RailzConnect().mount({ parentElement });
    return new WeakRef({});
  });
  assert.equal(collected.deref(), undefined, "garbage was collected");
  assert.notEqual(handle.deref(), undefined);
});

test("an engine that breaks while drawing is told once", options, async (t) => {
  const { page, widget, parentElement } = await open(t);
  const { heard, onError } = listener();
  page.engine.mount = () => {
    throw new WebAssembly.RuntimeError("unreachable");
  };
  await assert.rejects(widget.mount({ parentElement, onError }), WebAssembly.RuntimeError);
  assert.equal(heard.length, 1);
  assert.equal(heard[0][1].error.errorCode, "general");
});

test("an engine that ends while drawing leaves nothing half drawn, and the next mount starts another; it got the broken one", options, async (t) => {
  const { page, widget, parentElement } = await open(t);
  const { heard, onError } = listener();
  const { mount } = page.engine;
  page.engine.mount = (parent) => {
    parent.append(page.element());
    page.breakDown();
    throw new WebAssembly.RuntimeError("unreachable");
  };
  await assert.rejects(widget.mount({ parentElement, onError }), WebAssembly.RuntimeError);
  assert.deepEqual(parentElement.children.map(({ attributes }) => attributes.role), ["alert"]);
  assert.equal(heard.length, 1);
  page.engine.mount = mount;
  await widget.mount({ parentElement, onError });
  assert.deepEqual(page.engine.addresses.map((address) => address.replace(/.*\//, "")), ["engine.js", "engine.js?retry=1"]);
  assert.deepEqual(parentElement.children, []);
  assert.equal(heard.length, 1);
});

for (const call of ["mount", "open"]) {
  test(`after ${call} an engine that ends by itself is told once and in words; it stood there dead, and nobody heard`, options, async (t) => {
    const { page, widget, parentElement } = await open(t);
    const { heard, onError } = listener();
    const { mount } = page.engine;
    page.engine.mount = (parent, ...given) => {
      parent.append(Object.assign(page.element(), { own: "the widget" }));
      return mount(parent, ...given);
    };
    await widget[call]({ parentElement, onError });
    const [{ parent }] = page.engine.drawn;
    page.breakDown();
    page.breakDown();
    assert.deepEqual(parent.children.map(({ attributes, own }) => own ?? attributes.role), ["alert"]);
    assert.match(parent.children[0].children[0], /load this page again/);
    assert.deepEqual(heard.map(([event, { error }]) => [event, error.errorCode]), [["load", "general"]]);
    assert.match(heard[0][1].error.errorMessage, /stopped.*unreachable/);

    // With another engine; nothing of the broken one is called any more.
    await widget[call]({ parentElement, onError });
    assert.equal(page.engine.addresses.length, 2);
    assert.deepEqual([page.engine.drawn[0].unmounted, page.engine.drawn[0].freed], [0, 0]);
    widget.unmount();
    assert.deepEqual(parentElement.children, []);
    assert.deepEqual(page.engine.traps.map(({ listeners }) => listeners.size), [1, 1], "the loader's own");
    assert.equal(heard.length, 1);
  });
}

test("the methods may be detached", options, async (t) => {
  const { page, widget, parentElement } = await open(t);
  const { mount, unmount } = widget;
  await mount({ parentElement });
  unmount();
  assert.equal(page.engine.drawn[0].unmounted, 1);
});

test("two instances share one engine and unmount on their own", options, async (t) => {
  const { page, RailzConnect, widget, parentElement } = await open(t);
  const other = new RailzConnect();
  await Promise.all([widget.mount({ parentElement }), other.mount({ parentElement: page.element() })]);
  widget.unmount();
  assert.equal(page.engine.starts.length, 1);
  assert.deepEqual(page.engine.drawn.map(({ unmounted }) => unmounted), [1, 0]);
});

test("unmounting while the engine hangs settles the mount; it used to wait for ever", options, async (t) => {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  const come = page.holdEngine();
  const widget = new RailzConnect();
  const mounting = widget.mount({ parentElement: page.element() });
  widget.unmount();
  await mounting;
  come();
  await page.loadEnds();
  assert.deepEqual(page.engine.drawn, []);
});

test("a host may unmount while it hears that the widget was closed", options, async (t) => {
  // What used to happen: the engine refused to be freed in the middle of its own call, and the host's handler ended there.
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  const widget = new RailzConnect();
  const { mount } = page.engine;
  let inCall = false;
  page.engine.mount = (...given) => {
    const handle = mount(...given);
    const free = () => {
      if (inCall) throw new Error("attempted to take ownership of Rust value while it was borrowed");
      handle.free();
    };
    return { ...handle, free };
  };
  await widget.mount({ parentElement: page.element() });
  inCall = true;
  widget.unmount();
  inCall = false;
  await page.settle();
  assert.deepEqual([page.engine.drawn[0].unmounted, page.engine.drawn[0].freed], [1, 1]);
});
