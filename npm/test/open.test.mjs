/*
 * `open` of the built class, with doubles of the engine and of the dialog: what is in the page afterwards is what was
 * there before, whichever way the dialog goes. Focus, Escape and scrolling are tried in real browsers elsewhere.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { unbuilt } from "./helpers/dist.mjs";
import { listener, openPage } from "./helpers/page.mjs";

const options = { skip: unbuilt };

async function begin(t) {
  const page = openPage(t);
  const { default: RailzConnect, ConfigError } = await page.importModule();
  return { page, ConfigError, RailzConnect, widget: new RailzConnect(), body: globalThis.document.body };
}

function nothingIsLeft() {
  assert.deepEqual(globalThis.document.body.children, []);
  assert.deepEqual(globalThis.document.adoptedStyleSheets, []);
}

test("open shows a dialog at once and draws the widget in it", options, async (t) => {
  const { page, widget, body } = await begin(t);
  const opening = widget.open({ widgetId: "W" });
  const [dialog] = body.children;
  assert.equal(dialog.id, "railz-connect-modal");
  assert.ok(dialog.open);
  assert.equal(dialog.attributes["aria-busy"], "true");
  await opening;
  const [drawn] = page.engine.drawn;
  assert.ok(dialog.children.includes(drawn.parent));
  assert.equal(drawn.environment.modal, true);
  assert.equal(dialog.attributes["aria-busy"], undefined);
  assert.equal(dialog.children.length, 1, "the button that stood there while loading is gone");
  widget.unmount();
  nothingIsLeft();
});

test("an element that the host names stays where it is", options, async (t) => {
  const { page, widget, body } = await begin(t);
  const own = globalThis.document.createElement("div");
  body.append(own);
  await widget.open({ widgetId: "W", parentElement: own });
  assert.deepEqual(own.children, []);
  assert.equal(own.parent, body);
  page.engine.drawn[0].environment.gone();
  assert.deepEqual(body.children, [own]);
});

test("Escape asks the engine to close, and the dialog goes when the engine has", options, async (t) => {
  const { page, widget, body } = await begin(t);
  await widget.open({ widgetId: "W" });
  const [dialog] = body.children;
  assert.ok(dialog.fire("cancel").prevented);
  const [drawn] = page.engine.drawn;
  assert.equal(drawn.closed, 1);
  assert.equal(drawn.unmounted, 0);
  drawn.environment.gone();
  await null;
  assert.deepEqual([drawn.unmounted, drawn.freed], [1, 1]);
  nothingIsLeft();
});

test("Escape while the engine loads takes the dialog away at once, and the engine tells of the exit", options, async (t) => {
  const { page, widget, body } = await begin(t);
  const opening = widget.open({ widgetId: "W" });
  const [dialog] = body.children;
  dialog.fire("cancel");
  assert.equal(dialog.open, false);
  await opening;
  const [drawn] = page.engine.drawn;
  assert.equal(drawn.closed, 1);
  drawn.environment.gone();
  nothingIsLeft();
});

test("what is closed while the engine loads tells of the exit alone; an answer that was there made it count as opened", options, async (t) => {
  const { page, widget, body } = await begin(t);
  const come = page.holdEngine();
  const opening = widget.open({ widgetId: "W", endpoint: "https://connect.example" });
  await page.sessionIsAskedFor();
  const [call] = page.sessions;
  call.answer("{}");
  await page.settle();
  body.children[0].fire("cancel");
  const order = [];
  const { mount } = page.engine;
  page.engine.mount = (...given) => {
    given[2].earlySession("whatever the engine would send", {}).then((answer) => order.push(answer));
    return { ...mount(...given), close: () => order.push("closed") };
  };
  come();
  await opening;
  assert.deepEqual(order, ["closed", undefined], "no answer, and that only afterwards");
  assert.equal(call.signal.aborted, true, "no call is left");
  widget.unmount();
  nothingIsLeft();
});

for (const close of ["cancel", "click"]) {
  test(`after ${close} while the engine loads the same instance opens again; it was refused until the engine came`, options, async (t) => {
    const { page, widget, body } = await begin(t);
    const come = page.holdEngine();
    const first = widget.open({ widgetId: "first" });
    const [dialog] = body.children;
    if (close === "cancel") dialog.fire(close);
    else dialog.children[0].fire(close);
    const second = widget.open({ widgetId: "second" });
    await first;
    assert.equal(body.children.length, 1);
    assert.ok(body.children[0] !== dialog && body.children[0].open);
    await assert.rejects(widget.open({ widgetId: "third" }), /already mounted/);
    come();
    await second;
    assert.deepEqual(page.engine.drawn.map(({ options }) => options.widgetId), ["second"]);
    assert.equal(page.engine.drawn[0].closed, 0);
    widget.unmount();
    nothingIsLeft();
  });
}

test("a host hears of the exit of a dialog that gave way to another before the engine came; it never did", options, async (t) => {
  const { page, widget, body } = await begin(t);
  const come = page.holdEngine();
  const heard = [];
  const onExit = (...given) => heard.push(given);
  const first = widget.open({ widgetId: "first", onExit });
  body.children[0].fire("cancel");
  assert.deepEqual(heard, [], "the engine may still tell it");
  const second = widget.open({ widgetId: "second", onExit });
  await first;
  assert.deepEqual(heard, [["exit", { metadata: null }]]);
  come();
  await second;
  widget.unmount();
  assert.equal(heard.length, 1, "a host that unmounts itself hears of no exit");
  nothingIsLeft();
});

test("open before there is a body is refused by name, where it was a bare TypeError that onError did not hear", options, async (t) => {
  const { page, widget, ConfigError } = await begin(t);
  const { body, head } = globalThis.document;
  globalThis.document.body = null;
  for (const parentElement of [undefined, head]) {
    const { heard, onError } = listener();
    await assert.rejects(widget.open({ widgetId: "W", parentElement, onError }), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.equal(error.option, "parentElement");
      assert.match(error.message, /without a window or <body>/);
      return true;
    });
    assert.equal(heard.length, 1);
  }
  assert.deepEqual(page.fetched, []);
  globalThis.document.body = body;
  await widget.open({ widgetId: "W" });
  widget.unmount();
});

test("after a close the same instance opens again", options, async (t) => {
  const { page, widget } = await begin(t);
  await widget.open({ widgetId: "W" });
  page.engine.drawn[0].environment.gone();
  await widget.open({ widgetId: "W" });
  page.engine.drawn[0].environment.gone();
  assert.equal(page.engine.drawn[1].unmounted, 0, "the first has nothing to say any more");
  widget.unmount();
  nothingIsLeft();
});

test("a dialog that the browser closes by itself takes the widget with it", options, async (t) => {
  const { page, widget, body } = await begin(t);
  await widget.open({ widgetId: "W" });
  body.children[0].close();
  await page.settle();
  assert.equal(page.engine.drawn[0].closed, 1);
  assert.equal(page.engine.drawn[0].freed, 1);
  nothingIsLeft();
});

test("a dialog that is lifted while the banks' script is over the page is not closed, and tells nobody so", options, async (t) => {
  const { page, widget, body } = await begin(t);
  await widget.open({ widgetId: "W" });
  const [dialog] = body.children;
  dialog.close();
  dialog.open = true;
  await page.settle();
  assert.equal(page.engine.drawn[0].closed, 0);
  widget.unmount();
  nothingIsLeft();
});

test("a file chooser that is cancelled in the dialog closes nothing", options, async (t) => {
  const { page, widget, body } = await begin(t);
  await widget.open({ widgetId: "W" });
  const [dialog] = body.children;
  const target = {};
  const event = { target, preventDefault: () => assert.fail("the choice of a file is not the dialog's") };
  dialog.bubble("cancel", event);
  assert.equal(page.engine.drawn[0].closed, 0);
  widget.unmount();
});

test("open while mounted is refused with what to call first, and mount while open too", options, async (t) => {
  const { page, widget } = await begin(t);
  await widget.open({ widgetId: "W" });
  await assert.rejects(widget.open({ widgetId: "W" }), /unmount\(\) first/);
  await assert.rejects(widget.mount({ widgetId: "W", parentElement: page.element() }), /unmount\(\) first/);
  widget.unmount();
});

test("a wrong option takes the dialog away again", options, async (t) => {
  const { page, widget, ConfigError } = await begin(t);
  page.engine.mount = () => {
    throw { option: "widgetId", received: "undefined", expected: "an id" };
  };
  await assert.rejects(widget.open({}), ConfigError);
  nothingIsLeft();
});

test("a parentElement that is no element is refused by name before a dialog opens", options, async (t) => {
  const { widget } = await begin(t);
  const { heard, onError } = listener();
  await assert.rejects(widget.open({ widgetId: "W", parentElement: "#connect", onError }), { option: "parentElement" });
  assert.equal(heard.length, 1);
  nothingIsLeft();
});

test("where the engine cannot be loaded words stand in the dialog, which vanished under the person's eyes", options, async (t) => {
  for (const leave of [(dialog) => dialog.children[0].fire("click"), (dialog) => dialog.fire("cancel"), (dialog, widget) => widget.unmount()]) {
    const { page, widget, body } = await begin(t);
    page.wasmStatus = 503;
    const { heard, onError } = listener();
    await assert.rejects(widget.open({ widgetId: "W", onError }), /could not be loaded/);
    assert.equal(heard.length, 1);
    const [dialog] = body.children;
    assert.equal(dialog.attributes["aria-busy"], undefined);
    const [, place] = dialog.children;
    assert.deepEqual(place.children.map(({ attributes }) => attributes.role), ["alert"]);
    leave(dialog, widget);
    nothingIsLeft();
  }
});

test("after a dialog with words the same instance opens again", options, async (t) => {
  const { page, widget, body } = await begin(t);
  page.wasmStatus = 503;
  await assert.rejects(widget.open({ widgetId: "W" }));
  page.wasmStatus = 200;
  await widget.open({ widgetId: "W" });
  assert.equal(body.children.length, 1);
  assert.equal(page.engine.drawn.length, 1);
  widget.unmount();
  nothingIsLeft();
});

test("a dialog that was closed while the engine loads leaves no words when the load fails", options, async (t) => {
  const { page, widget, body } = await begin(t);
  page.wasmStatus = 503;
  const opening = widget.open({ widgetId: "W" });
  body.children[0].fire("cancel");
  await assert.rejects(opening);
  nothingIsLeft();
});

test("two dialogs at once go in any order, and the id stands once", options, async (t) => {
  const { RailzConnect, widget, body } = await begin(t);
  const other = new RailzConnect();
  await widget.open({ widgetId: "W" });
  await other.open({ widgetId: "W" });
  assert.deepEqual(body.children.map(({ id }) => id), ["railz-connect-modal", undefined]);
  widget.unmount();
  assert.equal(body.children.length, 1);
  assert.equal(globalThis.document.adoptedStyleSheets.length, 1);
  other.unmount();
  nothingIsLeft();
});
