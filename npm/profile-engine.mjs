/*
 * Finds the functions that the engine's first screen needs and writes their names, for split-engine.mjs:
 *
 *   node npm/profile-engine.mjs --wasm <engine with names> --glue <its engine.js> --binaryen <folder> --modules <node_modules>
 *     --chromium <program> --out <file>
 *
 * As Binaryen's wasm-split does it: each function is given a call that tells of it, and a browser draws the ordinary first
 * screens. What it does not know of costs a first screen its early drawing, and nothing else (src/railz-connect.ts).
 * `cargo xtask profile` runs it.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { PRIMARY, profileName, runBinaryen } from "./split-engine.mjs";
import { afterLocals, functionName, readItems } from "./wasm-text.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const TELL = "__tell_profile";
const LIMIT_MS = 60_000;

// Some whose names the widget knows, with marks of its own, and some that it does not.
const SERVICES = ["quickbooks", "xero", "freshbooks", "sageBusinessCloud", "zohoBooks", "dynamicsBusinessCentral", "ledger-one", "café"];
const KINDS = { banking: ["plaid"], commerce: ["shopify", "square"] };

const options = ["wasm", "glue", "binaryen", "modules", "chromium", "out"];
const { values } = parseArgs({ options: Object.fromEntries(options.map((name) => [name, { type: "string" }])) });
const missing = options.filter((name) => !values[name]);
if (missing.length > 0) throw new Error(`missing: ${missing.map((name) => `--${name}`).join(", ")}`);

const work = mkdtempSync(join(tmpdir(), "railz-connect-profile-"));
try {
  const names = buildTelling();
  const called = await drawFirstScreens();
  const kept = [...new Set(called.map((number) => profileName(names[number])))].filter((name) => /\D/.test(name)).sort();
  writeFileSync(values.out, kept.join("\n") + "\n");
  console.log(`${kept.length} of ${names.length} functions draw the first screens`);
} finally {
  rmSync(work, { recursive: true });
}

/** The package with an engine that tells of each function that is called. Returns their names. */
function buildTelling() {
  const engine = join(work, "engine");
  mkdirSync(engine);
  const text = join(work, "engine.wat");
  runBinaryen(values.binaryen, "wasm-dis", values.wasm, "-o", text);
  const names = [];
  const items = readItems(readFileSync(text, "utf8")).map((item) => {
    const name = functionName(item);
    const at = name && afterLocals(item);
    return at ? `${item.slice(0, at)}\n(call $${TELL} (i32.const ${names.push(name) - 1}))${item.slice(at)}` : item;
  });
  const memory = items.find((item) => item.startsWith("(memory "));
  writeFileSync(text, `(module (import "./engine_bg.js" "${TELL}" (func $${TELL} (param i32)))\n${items.join("\n")})`);
  runBinaryen(values.binaryen, "wasm-as", text, "-o", join(engine, "engine_bg.wasm"));
  writeFileSync(text, `(module (import "${PRIMARY}" "memory" ${memory}))`);
  runBinaryen(values.binaryen, "wasm-as", text, "-o", join(engine, "engine_deferred.wasm"));
  // A line as wasm-bindgen writes those of the other imports.
  const glue = readFileSync(values.glue, "utf8").replace(
    /^ {8}__wbg/m,
    `        ${TELL}: function(number) {\n            globalThis.profile?.add(number);\n        },\n$&`,
  );
  writeFileSync(join(engine, "engine.js"), glue);
  const build = [join(HERE, "build.mjs"), "--engine", engine, "--out", join(work, "site"), "--modules", values.modules];
  if (spawnSync(process.execPath, build, { stdio: "inherit" }).status !== 0) throw new Error("the package was not built");
  return names;
}

/** What a browser calls on the page with the ordinary first screens, by numbers. */
async function drawFirstScreens() {
  const read = (name) => JSON.parse(readFileSync(join(HERE, `../crates/contract/golden/${name}.json`), "utf8"));
  const [session, another] = [read("session"), read("session-of-another-server")];
  const types = { ".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm" };
  const told = Promise.withResolvers ? Promise.withResolvers() : withResolvers();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const send = (type, body) => response.setHeader("content-type", type).end(body);
    if (pathname === "/") return send("text/html", '<!doctype html><html lang="en"><script type="module" src="/page.mjs"></script>');
    if (pathname === "/page.mjs") return send("text/javascript", readFileSync(join(HERE, "first-screens.mjs")));
    if (pathname === "/profile") {
      request.setEncoding("utf8").reduce((all, part) => all + part, "").then((text) => told.resolve(JSON.parse(text)), told.reject);
      return send("text/plain", "");
    }
    if (pathname.startsWith("/widget/session/")) {
      const business = searchParams.get("businessName");
      return send("application/json", JSON.stringify(sessionFor(business === "another-server" ? another : session, business)));
    }
    try {
      send(types[extname(pathname)] || "text/plain", readFileSync(join(work, "site", pathname)));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", `--user-data-dir=${join(work, "browser")}`];
  const browser = spawn(values.chromium, [...flags, `http://127.0.0.1:${server.address().port}/`], { stdio: "ignore" });
  const limit = setTimeout(() => told.reject(new Error("the page did not tell its calls in time")), LIMIT_MS);
  try {
    const { called, fault } = await told.promise;
    if (fault) throw new Error(fault);
    return called;
  } finally {
    clearTimeout(limit);
    const gone = new Promise((resolve) => browser.once("exit", resolve));
    browser.kill("SIGKILL");
    await gone;
    server.close();
  }
}

/** The golden answer without connections, and what a business's name asks to be otherwise. */
function sessionFor(golden, businessName) {
  const { integrations } = golden;
  const made = (serviceKind, services) => services.map((service) => ({ service, serviceKind, uuid: service, isMockData: false }));
  const other = Object.entries(KINDS).flatMap(([kind, services]) => made(kind, services));
  const mock = made("accounting", SERVICES).map((one) => ({ ...one, uuid: `mock-${one.uuid}`, isMockData: true }));
  const of = {
    "with-mock-data": { integrations: [...integrations, ...made("accounting", SERVICES), ...mock, ...other] },
    "with-sandbox-form": { features: [], integrations: [...integrations, ...made("accounting", SERVICES), ...mock] },
    plain: { sandbox: false, integrations: [...integrations, ...made("accounting", SERVICES)] },
    "all-kinds": { integrations: [...integrations, ...made("accounting", SERVICES), ...other] },
    "many-services": { integrations: made("accounting", Array.from({ length: 150 }, (_, at) => `ledger-${"long-".repeat(at % 9)}${at}`)) },
    commerce: { integrations: made("commerce", KINDS.commerce) },
    banking: { integrations: made("banking", KINDS.banking) },
    "free-plan": { billingPlan: "free", integrations: made("accounting", SERVICES) },
    "pay-as-you-go": { billingPlan: "payAsYouGo", integrations: made("accounting", SERVICES) },
    "one-service": { integrations: made("accounting", ["xero"]), sandbox: false },
  };
  return { ...golden, connections: [], ...of[businessName] };
}

function withResolvers() {
  let resolve, reject;
  const promise = new Promise((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}
