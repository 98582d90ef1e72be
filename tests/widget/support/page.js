// What the tests need of the page itself: standing in for what a browser would show or do, and counting what is left.
// Every function here that replaces something gives an object whose `stop()` puts it back. `page.rs` has the Rust side.

const native = { setTimeout: window.setTimeout.bind(window) };

/** Resolves after so many milliseconds, whatever a test does to the page's timers. */
export const sleep = (ms) => new Promise((done) => native.setTimeout(done, ms));

// One list for the order in which things of different kinds happen.
let noted = [];
export const note = (text) => noted.push(text);
export const notes = () => noted;
export const forgetNotes = () => (noted = []);

const replace = (object, name, make) => {
  const before = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { configurable: true, writable: true, value: make(object[name]) });
  return () => (before ? Object.defineProperty(object, name, before) : delete object[name]);
};

/** The host's options from JSON, with all three callbacks writing down how they were called. */
export const hostOptions = (json) => {
  const options = JSON.parse(json);
  const hostCalls = [];
  const shown = (key, value) => (value === undefined ? "<undefined>" : value);
  for (const name of ["onSuccess", "onError", "onExit"]) {
    options[name] = (...given) => {
      const [event, payload] = given;
      hostCalls.push(`${name} ${event} ${JSON.stringify(payload, shown)}${given.length === 2 ? "" : " and more"}`);
    };
  }
  return { options, hostCalls };
};

/** What is written on the console at a level. */
export const listenToConsole = (level) => {
  const lines = [];
  return { lines, stop: replace(console, level, () => (...given) => lines.push(given.join(" "))) };
};

/** The words of each element within `root` that takes the focus, which is when a screen reader begins there. */
export const listenForFocus = (root) => {
  const lines = [];
  const hear = ({ target }) => lines.push(target.textContent);
  root.addEventListener("focusin", hear);
  return { lines, stop: () => root.removeEventListener("focusin", hear) };
};

/** `fetch` answers everything with a body, and how it was asked is written down. */
export const answerFetch = (body) => {
  const lines = [];
  const stop = replace(window, "fetch", () => async (request) => {
    const { method, url, credentials, cache, referrerPolicy, headers } = request;
    const version = headers.get("railz-connect-version");
    lines.push([method, url, credentials, cache, referrerPolicy, version].join(" "));
    return new Response(body);
  });
  return { lines, stop };
};

/** Forms are written down instead of being sent: `post http://… _self connectionId=…&…`. */
export const holdForms = () => {
  const lines = [];
  const restore = replace(HTMLFormElement.prototype, "submit", () => function () {
    const fields = [...this.querySelectorAll("input")].map((field) => `${field.name}=${field.value}`);
    const kinds = new Set([...this.querySelectorAll("input")].map((field) => field.type));
    lines.push(`${this.method} ${this.action} ${this.target} ${[...kinds]} ${fields.join("&")}`);
  });
  return { lines, stop: restore };
};

/** Links are pressed and lead nowhere. */
export const holdLinks = () => {
  const hold = (event) => event.preventDefault();
  document.addEventListener("click", hold, true);
  return { stop: () => document.removeEventListener("click", hold, true) };
};

/** The page's policy refuses something. */
export const violatePolicy = (directive) => {
  const about = { effectiveDirective: directive, violatedDirective: directive, documentURI: location.href,
    originalPolicy: directive, disposition: "enforce", statusCode: 200 };
  document.dispatchEvent(new SecurityPolicyViolationEvent("securitypolicyviolation", about));
};

/** A browser that opens no window. */
export const blockWindows = () => ({
  stop: replace(window, "open", () => (url, name) => (note(`blocked ${name}`), null)),
});

/**
 * A browser that opens windows: each is the document and the realm of an empty frame of this page, behind an object that
 * writes down what is done to it.
 */
export const openWindows = () => {
  const opened = [];
  const frames = [];
  const restore = replace(window, "open", () => (url, name, features) => {
    const frame = document.createElement("iframe");
    frame.hidden = true;
    document.body.append(frame);
    frames.push(frame);
    const own = frame.contentDocument;
    const fake = {
      name, url, features, document: own, CSSStyleSheet: frame.contentWindow.CSSStyleSheet, closed: false,
      location: { replace: (to) => note(`${name} goes to ${to}`) },
      get opener() { return window; },
      set opener(value) { note(`${name} has the opener ${value}`); },
      postMessage: (message, to) => note(`${name} at ${to} is told ${JSON.stringify(message)}`),
      close() { note(`${name} is closed`); this.closed = true; },
    };
    note(`${name} opens`);
    opened.push(fake);
    return fake;
  });
  const stop = () => (restore(), frames.forEach((frame) => frame.remove()));
  return { opened, stop };
};

/** A page sends the widget's page a message: `source` is whatever the test has for its window. */
export const sendMessage = (source, origin, data) => {
  const message = new Event("message");
  for (const [name, value] of Object.entries({ source, origin, data: JSON.parse(data) })) {
    Object.defineProperty(message, name, { value });
  }
  window.dispatchEvent(message);
};

/** Listeners that were added and not removed again, on anything. */
export const countListeners = () => {
  const left = [];
  const find = (target, type, heard) =>
    left.findIndex((one) => one.target === target && one.type === type && one.heard === heard);
  const added = replace(EventTarget.prototype, "addEventListener", (original) => function (type, heard, ...rest) {
    const target = this ?? window;
    if (find(target, type, heard) < 0) left.push({ target, type, heard });
    return original.call(target, type, heard, ...rest);
  });
  const removed = replace(EventTarget.prototype, "removeEventListener", (original) => function (type, heard, ...rest) {
    const target = this ?? window;
    const place = find(target, type, heard);
    if (place >= 0) left.splice(place, 1);
    return original.call(target, type, heard, ...rest);
  });
  const names = () => left.map(({ target, type }) => `${target.constructor.name} ${type}`);
  return { names, stop: () => (added(), removed()) };
};

/** Timers that were set and have neither fired (once) nor been cleared, and how often any has fired. */
export const countTimers = () => {
  const live = new Map();
  let fired = 0;
  // The driver of WebKitGTK limits each script with a timer of its own, set in the page; the widget has none of 30 s.
  const driversOwn = 30000;
  const set = (name, once) => replace(window, name, (original) => (run, ms, ...rest) => {
    if (ms === driversOwn) return original.call(window, run, ms, ...rest);
    const id = original.call(window, (...given) => {
      fired += 1;
      if (once) live.delete(id);
      run(...given);
    }, ms, ...rest);
    live.set(id, `${name} ${ms}`);
    return id;
  });
  const clear = (name) => replace(window, name, (original) => (id) => {
    live.delete(id);
    original.call(window, id);
  });
  const restores = [set("setTimeout", true), set("setInterval", false), clear("clearTimeout"), clear("clearInterval")];
  return { names: () => [...live.values()], fired: () => fired, stop: () => restores.forEach((one) => one()) };
};

/** Every way to make elements from markup, each use written down. */
export const trapMarkup = () => {
  const lines = [];
  const traps = [];
  const setter = (prototype, name) => {
    const before = Object.getOwnPropertyDescriptor(prototype, name);
    if (!before) return;
    const set = function (value) { lines.push(`${name} ${value}`); before.set.call(this, value); };
    Object.defineProperty(prototype, name, { ...before, set });
    traps.push(() => Object.defineProperty(prototype, name, before));
  };
  const method = (prototype, name) => traps.push(replace(prototype, name, (original) => function (...given) {
    lines.push(`${name} ${given.join(" ")}`);
    return original.apply(this, given);
  }));
  setter(Element.prototype, "innerHTML");
  setter(Element.prototype, "outerHTML");
  setter(ShadowRoot.prototype, "innerHTML");
  method(Element.prototype, "insertAdjacentHTML");
  method(Document.prototype, "write");
  method(DOMParser.prototype, "parseFromString");
  method(Range.prototype, "createContextualFragment");
  return { lines, stop: () => traps.forEach((one) => one()) };
};

/** Anything under a root that a strict style policy would forbid. */
export const styledInMarkup = (root) => [...root.querySelectorAll("[style], style, link")].map((one) => one.localName);

/** A value that only JavaScript can write down: `new URL("…")`, an object that holds itself. */
export const evaluate = (written) => new Function(`return (${written})`)();

/** The page's own elements, to be compared before and after. */
export const pageAsItIs = () => document.documentElement.outerHTML;

/** All elements under a root that a selector finds. */
export const queryAll = (root, selector) => [...root.querySelectorAll(selector)];

/** The loader of the package, with these modules and no others; which ones were asked for is written down. */
export const loader = (modules) => {
  const lines = [];
  const loadModule = async (name) => {
    lines.push(name);
    if (!(name in modules)) throw new Error(`no module ${name}`);
    return modules[name];
  };
  return { environment: { loadModule }, modules, lines };
};

/** The banks' script as if it were loaded: what it is asked for is written down, and it says what a test has it say. */
export const stubPlaid = () => {
  const lines = [];
  let given;
  const create = (options) => {
    given = options;
    lines.push(`create ${options.token}`);
    return { open: () => lines.push("open"), destroy: () => lines.push("destroy") };
  };
  const stop = replace(globalThis, "Plaid", () => ({ create }));
  const say = (name, ...details) => given[name](...details);
  return { lines, stop, say };
};

/** The clipboard, or none where `allowed` is false; what is written is written down. */
export const clipboard = (allowed) => {
  const lines = [];
  const writeText = async (text) => {
    if (!allowed) throw new DOMException("not allowed", "NotAllowedError");
    lines.push(text);
  };
  return { lines, stop: replace(navigator, "clipboard", () => ({ writeText })) };
};

/** Downloads are written down instead of being saved: the name, and in time what is in it. */
export const holdDownloads = () => {
  const lines = [];
  const held = async (event) => {
    const link = event.target.closest?.("a[download]");
    if (!link) return;
    event.preventDefault();
    const { download, href } = link;
    const response = await fetch(href);
    lines.push(`${download} ${await response.text()}`);
  };
  document.addEventListener("click", held, true);
  return { lines, stop: () => document.removeEventListener("click", held, true) };
};
