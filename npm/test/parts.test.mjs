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
const PARTS = ["bank-link", ...GUIDES.map((service) => `guide-${service}`)];
const options = { skip: unbuilt };

const load = (part) => import(pathToFileURL(join(DIST, `${part}.mjs`)).href);

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

test("the module finds each part beside itself, and has no others", options, async (t) => {
  const page = openPage(t);
  const { default: RailzConnect } = await page.importModule();
  await new RailzConnect().mount({ parentElement: page.element() });
  const { loadPart } = page.engine.drawn[0].environment;
  await assert.rejects(loadPart("guide-ofNoService"), /no part named guide-ofNoService/);
  const module = readFileSync(join(DIST, "railz-connect.mjs"), "utf8");
  for (const part of PARTS) assert.ok(module.includes(`import("./${part}.mjs")`), part);
});

test("the script asks for each part beside itself", options, async (t) => {
  const page = openPage(t);
  const RailzConnect = page.runScript();
  await new RailzConnect().mount({ parentElement: page.element() });
  const { loadPart } = page.engine.drawn[0].environment;
  page.writePart("bank-link", "export const open = 1;");
  assert.equal((await loadPart("bank-link")).open, 1);
});

test("a part that could not be had is asked for again under another address", options, async (t) => {
  const page = openPage(t);
  const RailzConnect = page.runScript();
  await new RailzConnect().mount({ parentElement: page.element() });
  const { loadPart } = page.engine.drawn[0].environment;
  await assert.rejects(loadPart("guide-oracleNetsuite"));
  page.writePart("guide-oracleNetsuite", "export const steps = [];");
  assert.deepEqual((await loadPart("guide-oracleNetsuite")).steps, []);
});
