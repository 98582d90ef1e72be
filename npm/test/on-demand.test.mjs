/*
 * What travels only when it is needed: the instructions and the banks' script, as the loader hands them to the engine.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { DIST, unbuilt } from "./helpers/dist.mjs";
import { openPage } from "./helpers/page.mjs";

const GUIDES = ["dynamicsBusinessCentral", "oracleNetsuite", "quickbooksDesktop", "sageIntacct"];
const MODULES = ["bank-link", ...GUIDES.map((service) => `guide-${service}`)];
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
