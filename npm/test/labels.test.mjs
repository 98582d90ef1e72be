/*
 * The host's own words: the module that knows their keys is fetched beside the engine, and the engine gets what it exports
 * with the mount, so that the first screen has them. Which word a key stands for is held by the engine's tests.
 */
import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { DIST, NPM, unbuilt } from "./helpers/dist.mjs";
import { BUILD, openPage } from "./helpers/page.mjs";
import { WORDS as FORM_WORDS, draw } from "../on-demand/form-screens.js";
import { readLabels } from "../on-demand/label-words.js";

const options = { skip: unbuilt };

/** By service, as npm/on-demand has them. */
const GUIDES = {};
for (const file of readdirSync(join(NPM, "on-demand")).toSorted()) {
  const [, service] = file.match(/^guide-(\w+)\.js$/) ?? [];
  if (service) GUIDES[service] = (await import(`../on-demand/${file}`)).steps;
}

/** What stands between two marks of a file is this, or becomes it. */
function holds(file, from, to, due) {
  const path = join(NPM, "..", file);
  const text = readFileSync(path, "utf8");
  const start = text.indexOf(from) + from.length;
  const end = text.indexOf(to, start);
  assert.ok(start > from.length && end >= start, file);
  if (process.env.RAILZ_WRITE_LABELS) writeFileSync(path, text.slice(0, start) + due + text.slice(end));
  else assert.equal(text.slice(start, end), due, `write ${file} anew with RAILZ_WRITE_LABELS=1 node --test npm/test/labels.test.mjs`);
}

test("the lists of keys have every key of the forms and of their instructions, and no other", () => {
  const keys = Object.keys(FORM_WORDS);
  const counts = Object.entries(GUIDES).map(([service, steps]) => [service, steps.map((step) => step.paragraphs.length)]);
  holds("npm/on-demand/label-words.js", "const FORMS = [\n", "];", keys.map((key) => `  "${key}",\n`).join(""));
  const guides = counts.map(([service, paragraphs]) => `  ${service}: [${paragraphs.join(", ")}],\n`).join("");
  holds("npm/on-demand/label-words.js", "const GUIDES = {\n", "};", guides);
  const rows = Object.entries(FORM_WORDS).map(([key, words]) => `| \`${key}\` | ${words} |\n`);
  holds("docs/labels.md", "| key of a form | our words |\n|---|---|\n", "\n\n", rows.join("").trimEnd());
});

/** Every text that a node and its children show. */
const textsOf = (node) =>
  typeof node === "string" ? [node] : node === null ? [] : node.slice(2).flatMap(textsOf);

/** Content that says each of these keys with its own name. */
function contentOf(keys) {
  const content = {};
  for (const key of keys) {
    const names = key.split(".");
    const last = names.pop();
    names.reduce((at, name) => (at[name] ??= {}), content)[last] = `<${key}>`;
  }
  return content;
}

test("a host may say each word of the forms and of their instructions, and no word of ours is left", () => {
  const guideKeys = Object.entries(GUIDES).flatMap(([service, steps]) =>
    steps.flatMap(({ paragraphs }, at) =>
      ["title", ...paragraphs.map((_, index) => `text${index + 1}`)].map((part) => `guide.${service}.step${at + 1}.${part}`),
    ),
  );
  const keys = [...Object.keys(FORM_WORDS), ...guideKeys];
  const { find, unknown } = readLabels(contentOf(keys));
  assert.deepEqual(unknown, []);
  const seen = new Set();
  const show = (shown) => {
    for (const text of draw({ find, service: "S", customer: "C", business: "B", back: "<back>", again: "<again>", ...shown }).flatMap(textsOf)) {
      for (const [, key] of text.matchAll(/<([\w.]+)>/g)) seen.add(key);
      assert.match(text, /^(<[\w.]+>( <[\w.]+>)?)?$/, "only the host's words");
    }
  };
  const fields = (family) => [...new Set(keys.map((key) => key.split(".")).filter((parts) => parts[0] === family && parts[2]).map((parts) => parts[1]))].join(" ");
  for (const guide of ["loading", "missing"]) {
    for (const note of ["copied", "notCopied", "saved", "revealed", "hidden"]) {
      for (const state of [{}, { revealed: true, connected: true }]) show({ name: "connector", guide, note, ...state });
    }
    for (const name of ["credentials", "webServices"]) {
      const all = fields(name);
      for (const state of [{ busy: true }, { unreachable: true }]) show({ name, guide, fields: all, problems: all, ...state });
    }
  }
  for (const [id, steps] of Object.entries(GUIDES)) {
    const words = steps.map(({ title, paragraphs }) => ({ title, paragraphs }));
    show({ name: "connector", id, guide: "ready", steps: words });
  }
  assert.deepEqual(keys.filter((key) => !seen.has(key)), []);
});

test("a form's words have the fields that it knows, its own button, and nothing where it knows none", () => {
  const { find } = readLabels({ credentials: { title: "{{serviceName}} of {{businessName}} for {{companyName}}{{date}}: {{button}}", button: "Go{{button}}" } });
  const [heading, , , form] = draw({ name: "credentials", find, service: "NetSuite", customer: "Acme", business: "Bakery", back: "", fields: "", problems: "", guide: "loading" });
  assert.equal(heading[2], "NetSuite of Bakery for Acme: Go");
  assert.ok(textsOf(form).includes("Go"));
});

test("a step or a paragraph that the instructions have not got is an unknown key", () => {
  const { unknown } = readLabels(contentOf(["guide.oracleNetsuite.step9.title", "guide.oracleNetsuite.step1.text9", "guide.xero.step1.title", "guide.oracleNetsuite.step0.title"]));
  assert.equal(unknown.length, 4);
});

const WORDS = { options: { content: { companyName: "Acme", error: { title: "Oh" } } } };
const MODULE = `export const build = "${BUILD}"; export const readLabels = (content) => [import.meta.url, content];`;

const WAYS = [
  ["script tag", (page) => page.runScript()],
  ["ES module", async (page) => (await page.importModule()).default],
];

const mount = (RailzConnect, page, given) => new RailzConnect().mount({ parentElement: page.element(), ...given });

for (const [way, load] of WAYS) {
  test(`by ${way} a host's words are there when the widget is drawn, by mount and by open`, options, async (t) => {
    const page = openPage(t);
    page.writeModule("labels", MODULE);
    const RailzConnect = await load(page);
    await mount(RailzConnect, page, WORDS);
    const opened = new RailzConnect();
    await opened.open(WORDS);
    for (const { environment } of page.engine.drawn) {
      const [address, content] = environment.labels;
      assert.ok(address.endsWith("/labels.mjs"), address);
      assert.equal(content, WORDS.options.content);
    }
    assert.equal(page.engine.drawn.length, 2);
  });
}

test("the module of a host's words is not asked for where it has none but its name", options, async (t) => {
  const page = openPage(t);
  page.writeModule("labels", "globalThis.engineDouble.labelsCame = true;");
  const RailzConnect = page.runScript();
  const throwing = Object.defineProperty({}, "content", { get: () => assert.fail("read") });
  for (const options of [undefined, null, {}, { content: null }, { content: {} }, { content: { companyName: "A" } }, throwing]) {
    await mount(RailzConnect, page, { options });
  }
  assert.equal(page.engine.drawn.length, 7);
  assert.equal(page.engine.labelsCame, undefined);
  assert.ok(page.engine.drawn.every(({ environment }) => environment.labels === undefined));
});

test("it is fetched while the engine is on its way, and the widget waits for it", options, async (t) => {
  const page = openPage(t);
  const comeEngine = page.holdEngine();
  page.writeModule("labels", `engineDouble.asked(); await new Promise((come) => (engineDouble.come = come)); ${MODULE}`);
  const asked = new Promise((resolve) => (page.engine.asked = resolve));
  const mounting = mount(page.runScript(), page, WORDS);
  await asked;
  comeEngine();
  await page.loadEnds();
  await page.settle();
  assert.equal(page.engine.drawn.length, 0);
  page.engine.come();
  await mounting;
  assert.equal(page.engine.drawn[0].environment.labels.length, 2);
});

test("widgets that are mounted side by side fetch it once", options, async (t) => {
  const page = openPage(t);
  page.writeModule("labels", MODULE);
  const RailzConnect = page.runScript();
  await Promise.all([mount(RailzConnect, page, WORDS), mount(RailzConnect, page, WORDS)]);
  const addresses = page.engine.drawn.map(({ environment }) => environment.labels[0]);
  assert.ok(addresses.length === 2 && addresses.every((address) => address.endsWith("/labels.mjs")), String(addresses));
});

for (const [why, module] of [
  ["cannot be had", 'throw new TypeError("error loading the module");'],
  ["is of another build", MODULE.replace(BUILD, "b00000000000000f")],
]) {
  test(`where it ${why} the widget comes without it, and the next mount asks again`, options, async (t) => {
    const page = openPage(t);
    page.writeModule("labels", module);
    const RailzConnect = page.runScript();
    await mount(RailzConnect, page, WORDS);
    assert.equal(page.engine.drawn[0].environment.labels, "missing");
    if (why !== "cannot be had") return;
    page.writeModule("labels", MODULE);
    await mount(RailzConnect, page, WORDS);
    const [address] = page.engine.drawn[1].environment.labels;
    assert.ok(address.endsWith("/labels.mjs?retry=1"), address);
  });
}

test("where it hangs the widget comes without it after twenty seconds", options, async (t) => {
  const page = openPage(t);
  page.writeModule("labels", "engineDouble.asked(); await new Promise(() => {});");
  const asked = new Promise((resolve) => (page.engine.asked = resolve));
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const mounting = mount(page.runScript(), page, WORDS);
  await asked;
  await page.loadEnds();
  t.mock.timers.tick(20_000);
  await mounting;
  assert.equal(page.engine.drawn[0].environment.labels, "missing");
});

test("an unmount does not wait for it", options, async (t) => {
  const page = openPage(t);
  page.writeModule("labels", "engineDouble.asked(); await new Promise(() => {});");
  const asked = new Promise((resolve) => (page.engine.asked = resolve));
  // Before the script: what its load has set by the real clock, the other would not clear.
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const RailzConnect = page.runScript();
  const widget = new RailzConnect();
  const mounting = widget.mount({ parentElement: page.element(), ...WORDS });
  await asked;
  widget.unmount();
  await mounting;
  assert.equal(page.engine.drawn.length, 0);
});

const module = () => import(pathToFileURL(join(DIST, "labels.mjs")));
const list = readFileSync(join(NPM, "on-demand", "label-words.js"), "utf8");

/** The number of a key's word, as the generated list has it. */
const numberOf = (key) => Number(list.match(new RegExp(`"${key}": \\[\\d+, (\\d+)`))[1]);

/** What the engine gets for a key of these words. */
const say = async (content, key) => (await module()).readLabels(content).find(numberOf(key));

test("the module is of the build of the engine beside it", options, async () => {
  assert.equal((await module()).build, BUILD);
});

test("a host's fields get the engine's names, and what is none stays", options, async () => {
  const title = "{{serviceName}} {{companyName}}{{kind}} {{ button }}{{toString}}";
  assert.equal(await say({ success: { title } }, "success.title"), "{service} {customer}{{kind}} {{ button }}{{toString}}");
});

test("the button that leads on has the host's words, else the engine's, and names no other", options, async () => {
  const subTitle = "Press {{button}}";
  assert.equal(await say({ success: { subTitle } }, "success.subTitle"), "Press Continue");
  assert.equal(await say({ success: { subTitle, button: "On, {{customerName}}" } }, "success.subTitle"), "Press On, {customer}");
  assert.equal(await say({ success: { button: "On {{button}}" } }, "success.button"), "On ");
  assert.equal(await say({ success: { subTitle, button: "On {{button}}" } }, "success.subTitle"), "Press On ");
});

test("what is no text, or empty, leaves the engine's word", options, async () => {
  for (const title of ["", null, undefined, 7, true, ["x"], { x: "y" }, () => "x"]) {
    assert.equal(await say({ success: { title } }, "success.title"), undefined, String(title));
  }
  const { readLabels } = await module();
  for (const content of [undefined, null, "words", 7, ["x"]]) assert.deepEqual(readLabels(content).unknown, []);
});

test("words that throw when they are read, or hold themselves, are read as far as can be", options, async () => {
  const content = { get error() { throw new Error("no"); }, success: { title: "Mine" } };
  content.self = content;
  assert.equal(await say(content, "success.title"), "Mine");
});

test("of two keys for one word the host's first counts", options, async () => {
  const content = { serviceSelect: { buttonFinish: "One", buttonDoneRedirect: "Two" } };
  assert.equal(await say(content, "serviceSelect.buttonFinish"), "One");
  assert.equal(await say(content, "serviceSelect.buttonDoneRedirect"), "One");
});

test("a key that no word has is told from one that holds no words", options, async () => {
  const { readLabels } = await module();
  const unknown = { error: { titel: "x" }, RC_OLD: "x", constructor: "x", toString: "x" };
  Object.defineProperty(unknown, "__proto__", { value: "x", enumerable: true });
  const known = { companyName: "x", terms: { link: "x" }, helpLink: { linkLocation: "x" }, success: { title: "x" } };
  const named = ["error.titel", "RC_OLD", "constructor", "toString", "__proto__"].map((key) => `options.content.${key}`);
  assert.deepEqual(readLabels({ ...unknown, ...known, ["__proto__"]: "x" }).unknown.toSorted(), named.toSorted());
});
