/*
 * What travels only when it is needed: the instructions, the forms and the banks' script, as the loader hands them to the engine.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { DIST, NPM, unbuilt } from "./helpers/dist.mjs";
import { openPage } from "./helpers/page.mjs";

const GUIDES = ["dynamicsBusinessCentral", "oracleNetsuite", "quickbooksDesktop", "sageIntacct"];
const MODULES = ["bank-link", "forms", "labels", ...GUIDES.map((service) => `guide-${service}`)];
const options = { skip: unbuilt };

const load = (module) => import(pathToFileURL(join(DIST, `${module}.mjs`)).href);

test("the instructions ask no other site for anything", options, () => {
  for (const service of GUIDES) {
    const written = String(readFileSync(join(DIST, `guide-${service}.mjs`)));
    assert.deepEqual(written.match(/\bfetch\b|\bimport\b|url\(|\bsrc\b/g), null, service);
  }
});

for (const service of GUIDES) {
  test(`the instructions for ${service} are plain data that can be read aloud`, options, async () => {
    const { steps } = await load(`guide-${service}`);
    assert.ok(steps.length >= 3);
    for (const { title, path, paragraphs, picture } of steps) {
      assert.match(title, /^[A-Z].{5,60}$/);
      assert.ok(Array.isArray(path) && path.every((word) => word.length > 1), title);
      assert.ok(paragraphs.length > 0 && paragraphs.every((words) => /^[A-Z“].*[.”]$/s.test(words)), title);
      if (!picture) continue;
      assert.match(picture.description, /^[A-Z].*\.$/, title);
      for (const shape of picture.shapes) {
        const words = "text" in shape;
        const fields = words ? ["part", "x", "y", "text"] : ["part", "path"];
        assert.deepEqual(Object.keys(shape), fields);
        assert.ok(Object.values(shape).every((value) => typeof value === "string"));
        if (words) assert.ok(Number(shape.x) + shape.text.length * 4 < 320, `${shape.text} fits into the drawing`);
        else assert.match(shape.path, /^[MhvzlHV0-9 .-]+$/);
      }
    }
    assert.deepEqual(String(readFileSync(join(DIST, `guide-${service}.mjs`))).match(/cdn|src=|<img|data:/g), null);
  });
}

/** What the engine may know of a form. */
const SHOWN = {
  credentials: { fields: "accountId concurrency tokenId tokenSecret", problems: "tokenId", customer: "Acme", busy: true },
  webServices: { fields: "vendorBankAccountList vendorBankAccountCard", problems: "", customer: "", unreachable: true },
  connector: { url: "https://connector.example/", file: "Bakery.qwc", password: "kQ3v", note: "copied", revealed: true },
};

// A shadow root in a document whose sheets are its own.
function rootOfOwn() {
  class CSSStyleSheet {
    replaceSync(rules) {
      this.rules = rules;
    }
  }
  return { adoptedStyleSheets: ["the widget's"], ownerDocument: { defaultView: { CSSStyleSheet } }, CSSStyleSheet };
}

for (const [name, about] of Object.entries(SHOWN)) {
  test(`the form ${name} is made of what the engine draws, and speaks of what it knows`, options, async () => {
    const { draw } = await load("forms");
    const engine = readFileSync(join(NPM, "../src/view/forms.rs"), "utf8");
    const known = engine.match(/const NAMES: &str = "([^"]*)"/)[1].split(/[\s\\]+/);
    const { steps } = await load("guide-oracleNetsuite");
    const check = (node) => {
      if (node === null || typeof node === "string") return;
      const [tag, attributes, ...children] = node;
      for (const name of [tag, ...Object.keys(attributes)]) assert.ok(known.includes(name), `the engine knows no ${name}`);
      for (const value of Object.values(attributes)) assert.equal(typeof value, "string", JSON.stringify(attributes));
      children.forEach(check);
    };
    for (const guide of ["loading", "ready", "missing"]) {
      const shown = { name, service: "Oracle NetSuite", guide, steps, again: "Once more", back: "Zurück", ...about };
      const drawn = draw(shown, rootOfOwn());
      drawn.forEach(check);
      const words = JSON.stringify(drawn);
      assert.ok(words.includes("Zurück"), "the words that a host may change are the engine's");
      assert.doesNotMatch(words, /\{\w+\}|undefined/);
    }
  });
}

test("the forms' rules stand behind the widget's own once, in sheets of the document's own realm", options, async () => {
  const { draw } = await load("forms");
  const root = rootOfOwn();
  const shown = { name: "connector", service: "", guide: "loading", ...SHOWN.connector };
  draw(shown, root);
  draw(shown, root);
  const [, rules] = root.adoptedStyleSheets;
  assert.equal(root.adoptedStyleSheets.length, 2);
  assert.ok(rules instanceof root.CSSStyleSheet && rules.rules.includes(".guide"));
  // What used to be lost otherwise: a theme takes the place of all that stands behind the first sheet.
  root.adoptedStyleSheets = ["the widget's", "the theme"];
  draw(shown, root);
  assert.deepEqual(root.adoptedStyleSheets, ["the widget's", "the theme", rules]);
});

test("the ES module finds each of them beside itself, and has no others", options, async (t) => {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  await new RailzConnect().mount({ parentElement: page.element() });
  const { loadModule } = page.engine.drawn[0].environment;
  await assert.rejects(loadModule("guide-ofNoService"), /no module named guide-ofNoService/);
  const entry = readFileSync(join(DIST, "railz-connect.mjs"), "utf8");
  for (const name of MODULES) assert.ok(entry.includes(`import("./${name}.mjs")`), name);
});

test("the script asks for each of them beside itself", options, async (t) => {
  const page = openPage(t);
  const RailzConnect = page.runScript();
  await new RailzConnect().mount({ parentElement: page.element() });
  const { loadModule } = page.engine.drawn[0].environment;
  page.writeModule("bank-link", "export const open = 1;");
  assert.equal((await loadModule("bank-link")).open, 1);
});

for (const [way, loader] of [
  ["script tag", (page) => page.runScript()],
  ["ES module", async (page) => (await page.importModule()).default],
]) {
  test(`by ${way} a module that could not be had is asked for again under another address`, options, async (t) => {
    // What used to happen by ES module: Firefox remembered the failure until the page was loaded anew.
    const page = openPage(t);
    page.writeModule("guide-oracleNetsuite", 'throw new TypeError("error loading the module");');
    const RailzConnect = await loader(page);
    await new RailzConnect().mount({ parentElement: page.element() });
    const { loadModule } = page.engine.drawn[0].environment;
    await assert.rejects(loadModule("guide-oracleNetsuite"), /error loading/);
    page.writeModule("guide-oracleNetsuite", "export const steps = [import.meta.url];");
    const had = await loadModule("guide-oracleNetsuite");
    assert.ok(had.steps[0].endsWith("/guide-oracleNetsuite.mjs?retry=1"), had.steps[0]);
    assert.equal(await loadModule("guide-oracleNetsuite"), had, "what has come is not fetched again");
  });
}
