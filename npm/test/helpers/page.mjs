/*
 * As much of a page as the loader looks at, and a double of the engine: the real one draws with a DOM that Node has
 * not got, and is tried in real browsers elsewhere. What is tested here is the built loader itself, copied beside
 * the double.
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { DIST, NPM } from "./dist.mjs";

export const VERSION = JSON.parse(readFileSync(join(NPM, "package.json"), "utf8")).version;
// The name of the build, by which loader, glue and engine know each other.
export const [, BUILD] = readFileSync(join(DIST, "engine.js"), "utf8").match(/"(b[0-9a-f]{15})"/);
const KEY = Symbol.for(`railz-connect@${VERSION}-${BUILD}`);

const engineDouble = (build) => `
engineDouble.addresses.push(import.meta.url);
export const build = ${JSON.stringify(build)};
export const traps = engineDouble.makeTraps();
export const initSync = ({ module }) => void engineDouble.starts.push(module);
export const initDeferred = (module) => void engineDouble.completed.push(module);
export const mount = (...given) => engineDouble.mount(...given);
`;

/** A page for one test, taken down when the test `t` ends. */
export function openPage(t) {
  const folder = mkdtempSync(join(tmpdir(), "railz-connect-page-"));
  const page = {
    folder,
    fetched: [],
    /** What was asked for of the deferred module, and what is answered with a status and a file each; the last stays. */
    fetchedLater: [],
    deferred: [{ status: 200, wasm: deferredDouble(BUILD) }],
    /** What would end each of these fetches. */
    signals: [],
    wasmStatus: 200,
    wasmType: "application/wasm",
    wasm: wasmDouble(BUILD),
    /** Session calls under way and over, each with what it was and how to answer it. */
    sessions: [],
    engine: {
      addresses: [],
      starts: [],
      completed: [],
      drawn: [],
      released: 0,
      mount: null,
      /** The traps of each engine that was imported. */
      traps: [],
      makeTraps() {
        const traps = {
          fault: undefined,
          listeners: new Set(),
          end(fault) {
            traps.fault = fault;
            for (const told of [...traps.listeners]) told(fault);
          },
        };
        this.traps.push(traps);
        return traps;
      },
    },
    /** The latest engine ends as a broken one does. */
    breakDown: (fault = new WebAssembly.RuntimeError("unreachable")) => page.engine.traps.at(-1).end(fault),
    element,
    importModule: () => import(pathToFileURL(join(folder, "railz-connect.mjs"))),
    runScript: (attributes = {}) => runScript(folder, attributes),
    /** Keeps the engine on its way; what is returned lets it come. */
    holdEngine: () => {
      const { fetch } = globalThis;
      let come;
      globalThis.fetch = (address, request) =>
        request?.method || String(address).includes("deferred") ? fetch(address, request) : new Promise((resolve) => (come = () => resolve(fetch(address, request))));
      return () => {
        globalThis.fetch = fetch;
        come();
      };
    },
    /** Waits until a mount or open has asked for its session, if it does: a few turns of promises. */
    sessionIsAskedFor: async () => {
      for (let turn = 0; turn < 5; turn += 1) await null;
    },
    /** Waits until the load that the script tag or a mount began has ended, well or badly. */
    loadEnds: () => Promise.resolve(globalThis[KEY]).catch(() => undefined),
    // For what must not happen, or happens in the next turn; what takes its time is waited for by `loadEnds`.
    settle: () => new Promise((resolve) => setTimeout(resolve, 50)),
    writeModule: (name, code) => writeFileSync(join(folder, `${name}.mjs`), code),
    writeEngine: (build = BUILD) => writeFileSync(join(folder, "engine.js"), engineDouble(build)),
    /** The glue cannot be had, and Node remembers that of this address for ever, as Firefox does. */
    breakEngine: () => writeFileSync(join(folder, "engine.js"), 'throw new TypeError("error loading the module");'),
    /** The glue never comes, and whoever asks for this address again joins the waiting; gives what tells when it began. */
    hangEngine: () => {
      writeFileSync(join(folder, "engine.js"), "engineDouble.hang(); await new Promise(() => {});");
      return new Promise((began) => (page.engine.hang = began));
    },
  };
  page.engine.mount = (parent, options, environment) => {
    const one = { parent, options, environment, closed: 0, unmounted: 0, freed: 0 };
    page.engine.drawn.push(one);
    return {
      close: () => (one.closed += 1),
      unmount: () => (one.unmounted += 1),
      free: () => (one.freed += 1),
    };
  };
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const file of ["railz-connect.mjs", "railz-connect.js"]) copyFileSync(join(DIST, file), join(folder, file));
  page.writeEngine();

  // Registered first: a load ends in the page of its own test and not in the next one's, however busy the machine is.
  t.after(async () => {
    const loaded = await page.loadEnds();
    await loaded?.complete();
  });
  replaceGlobals(t, {
    engineDouble: page.engine,
    RailzConnect: undefined,
    [KEY]: undefined,
    document: documentDouble(),
    Document: DocumentDouble,
    HTMLScriptElement: ScriptDouble,
    ShadowRoot: class {
      get adoptedStyleSheets() {
        return [];
      }
    },
    CSS: { supports: () => true },
    requestAnimationFrame: (draw) => setTimeout(draw),
    fetch: async (address, request) => {
      if (request?.method) return new Promise((resolve, reject) => page.sessions.push(sessionDouble(address, request, resolve, reject)));
      if (String(address).includes("deferred")) {
        page.fetchedLater.push(String(address));
        const { status, wasm } = page.deferred.length > 1 ? page.deferred.shift() : page.deferred[0];
        return new Response(wasm, { status, headers: { "content-type": "application/wasm" } });
      }
      page.fetched.push(String(address));
      page.signals.push(request?.signal);
      const answer = new Response(page.wasm, { status: page.wasmStatus });
      answer.headers.set("content-type", page.wasmType);
      return answer;
    },
  });
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return page;
}

/** Sets globals for one test. */
export function replaceGlobals(t, values) {
  for (const key of Reflect.ownKeys(values)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, key);
    Object.defineProperty(globalThis, key, { value: values[key], configurable: true, writable: true });
    t.after(() => {
      if (before) Object.defineProperty(globalThis, key, before);
      else delete globalThis[key];
    });
  }
}

/** The callbacks of a host that writes down what it hears. */
export function listener() {
  const heard = [];
  return { heard, onError: (...event) => heard.push(event) };
}

/** An engine that imports nothing but one function of this build's. */
export const wasmDouble = (build) => importing("a", build);

/** A deferred module that imports nothing but one function of this build's engine. */
export const deferredDouble = (build) => importing(build, "p0");

function importing(module, name) {
  const text = (word) => [word.length, ...Buffer.from(word)];
  const imports = [1, ...text(module), ...text(name), 0, 0];
  return Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, imports.length, ...imports]);
}

function sessionDouble(url, request, resolve, reject) {
  const { signal } = request;
  signal.addEventListener("abort", () => reject(signal.reason));
  return { url, request, signal, answer: (body) => resolve(new Response(body)), fail: () => reject(new TypeError("no network")) };
}

function runScript(folder, { src = pathToFileURL(join(folder, "railz-connect.js")).href, dataEndpoint = null }) {
  const attributes = { "data-endpoint": dataEndpoint };
  const tag = Object.assign(new ScriptDouble(), { src, getAttribute: (name) => attributes[name] ?? null });
  DocumentDouble.running = src === null ? null : tag;
  try {
    vm.runInThisContext(readFileSync(join(folder, "railz-connect.js"), "utf8"), {
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
  } finally {
    DocumentDouble.running = null;
  }
  return globalThis.RailzConnect;
}

class ScriptDouble {}

class DocumentDouble {
  static running = null;
  get currentScript() {
    return DocumentDouble.running;
  }
}

// Enough of a document for `open`: a body to put the dialog into, and stylesheets to adopt.
function documentDouble() {
  class CSSStyleSheet {
    replaceSync(rules) {
      this.rules = rules;
    }
  }
  const made = {
    baseURI: "http://host.example/",
    adoptedStyleSheets: [],
    createElement: () => ownedElement(made),
    getElementById: (id) => made.body.children.find((child) => child.id === id) ?? null,
    documentElement: { clientWidth: 1000 },
    defaultView: { CSSStyleSheet, innerWidth: 1000 },
  };
  made.body = ownedElement(made);
  made.head = ownedElement(made);
  Object.assign(made.documentElement, ownedElement(made));
  return made;
}

// An element that can be a dialog too: shown, closed, told of by listeners.
function ownedElement(ownerDocument) {
  const listeners = {};
  const made = Object.assign(element(), {
    ownerDocument,
    open: false,
    removeAttribute: (name) => void delete made.attributes[name],
    addEventListener: (name, listen) => (listeners[name] ??= []).push(listen),
    append: (...children) => {
      for (const child of children) {
        made.children.push(child);
        if (typeof child === "object") child.parent = made;
      }
    },
    prepend: (child) => {
      child.remove();
      child.parent = made;
      made.children.unshift(child);
    },
    focus: () => void (made.focused = true),
    showModal: () => void (made.open = true),
    close() {
      if (!made.open) return;
      made.open = false;
      queueMicrotask(() => made.fire("close"));
    },
    fire(name) {
      const event = { target: made, prevented: false, preventDefault: () => void (event.prevented = true) };
      return made.bubble(name, event);
    },
    bubble(name, event) {
      for (const listen of listeners[name] ?? []) listen(event);
      return event;
    },
  });
  return made;
}

function element() {
  const made = {
    nodeType: 1,
    namespaceURI: "http://www.w3.org/1999/xhtml",
    attributes: {},
    children: [],
    parent: null,
    ownerDocument: globalThis.document,
    setAttribute: (name, value) => void (made.attributes[name] = value),
    append: (child) => void made.appendChild(child),
    appendChild: (child) => {
      made.children.push(child);
      if (typeof child === "object") child.parent = made;
      return child;
    },
    get lastElementChild() {
      return made.children.findLast((child) => typeof child === "object") ?? null;
    },
    attachShadow: () => (made.shadowRoot = Object.assign(element(), { addEventListener() {}, removeEventListener() {} })),
    remove: () => {
      const at = made.parent?.children.indexOf(made) ?? -1;
      if (at >= 0) made.parent.children.splice(at, 1);
    },
  };
  return made;
}
