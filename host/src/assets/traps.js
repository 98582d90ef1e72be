// Watches what the widget does to the page. Runs before everything else, when the address says traps=1.
//
// window.traps
//   .innerHtml   what was written as markup (innerHTML, outerHTML, insertAdjacentHTML, document.write), in order
//   .violations  what the page's content policy refused, in order
//   .alerts      what alert, confirm and prompt said; none of them is shown
//   .listeners   listeners on window, document, html, body and media queries that have not been removed
//   .timers      timeouts, intervals and animation frames that are still to come
//   .fetches     addresses of requests that have not been answered or aborted
//   .observers   observers that have not been disconnected
//   .counts()    the number of each
"use strict";

{
  const innerHtml = [];
  const violations = [];
  const alerts = [];
  const listeners = new Map();
  const timers = new Map();
  const fetches = new Map();
  const observers = new Map();
  let next = 0;

  const describe = (value) => String(value).slice(0, 200);

  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) =>
    violations.push(`${effectiveDirective} ${blockedURI} ${sample}`.trim()),
  );

  // Markup.
  const watchSetter = (prototype, name) => {
    const found = Object.getOwnPropertyDescriptor(prototype, name);
    if (!found?.set) return;
    Object.defineProperty(prototype, name, {
      ...found,
      set(value) {
        innerHtml.push(`${name} ${describe(value)}`);
        found.set.call(this, value);
      },
    });
  };
  const watchMethod = (object, name, note) => {
    const original = object[name];
    if (!original) return;
    object[name] = function (...all) {
      note(all);
      return original.apply(this, all);
    };
  };
  for (const prototype of [Element.prototype, ShadowRoot.prototype]) {
    watchSetter(prototype, "innerHTML");
    watchSetter(prototype, "outerHTML");
    watchMethod(prototype, "setHTMLUnsafe", ([html]) => innerHtml.push(`setHTMLUnsafe ${describe(html)}`));
  }
  watchMethod(Element.prototype, "insertAdjacentHTML", ([, html]) =>
    innerHtml.push(`insertAdjacentHTML ${describe(html)}`),
  );
  for (const name of ["write", "writeln"]) {
    watchMethod(Document.prototype, name, (all) => innerHtml.push(`${name} ${describe(all)}`));
  }

  // Dialogues.
  for (const [name, answer] of [["alert", undefined], ["confirm", false], ["prompt", null]]) {
    window[name] = (message) => {
      alerts.push(`${name} ${describe(message)}`);
      return answer;
    };
  }

  // Listeners on what outlives the widget's own elements.
  const outlives = (target) =>
    target === window ||
    target === document ||
    target === document.documentElement ||
    target === document.body ||
    target === window.visualViewport ||
    target instanceof MediaQueryList;
  const targetName = (target) =>
    target === window ? "window" : target === document ? "document" : (target.nodeName ?? target.constructor.name);
  const capture = (options) => Boolean(typeof options === "object" ? options?.capture : options);
  const find = (target, type, callback, options) =>
    [...listeners].find(
      ([, known]) =>
        known.target === target &&
        known.type === type &&
        known.callback === callback &&
        known.capture === capture(options),
    )?.[0];

  const add = EventTarget.prototype.addEventListener;
  const remove = EventTarget.prototype.removeEventListener;
  EventTarget.prototype.addEventListener = function (type, callback, options) {
    const target = this ?? window;
    const nothingNew = options?.signal?.aborted || find(target, type, callback, options) !== undefined;
    if (!callback || !outlives(target) || nothingNew) return add.call(target, type, callback, options);
    const id = next++;
    let heard = callback;
    if (options?.once) {
      heard = function (event) {
        listeners.delete(id);
        if (typeof callback === "function") callback.call(this, event);
        else callback.handleEvent(event);
      };
    }
    listeners.set(id, { target, type, callback, heard, capture: capture(options) });
    if (options?.signal) add.call(options.signal, "abort", () => listeners.delete(id), { once: true });
    return add.call(target, type, heard, options);
  };
  EventTarget.prototype.removeEventListener = function (type, callback, options) {
    const target = this ?? window;
    const id = find(target, type, callback, options);
    const heard = id === undefined ? callback : listeners.get(id).heard;
    listeners.delete(id);
    return remove.call(target, type, heard, options);
  };

  // Timers.
  const watchTimer = (start, stops, once) => {
    const original = window[start];
    window[start] = (callback, ...rest) => {
      if (typeof callback !== "function") return original.call(window, callback, ...rest);
      const id = original.call(
        window,
        (...all) => {
          if (once) timers.delete(`${stops} ${id}`);
          return callback.apply(window, all);
        },
        ...rest,
      );
      timers.set(`${stops} ${id}`, start);
      return id;
    };
  };
  const watchStop = (name, kind) => {
    const original = window[name];
    window[name] = (id) => {
      timers.delete(`${kind} ${id}`);
      return original.call(window, id);
    };
  };
  watchTimer("setTimeout", "timer", true);
  watchTimer("setInterval", "timer", false);
  watchTimer("requestAnimationFrame", "frame", true);
  // clearTimeout and clearInterval stop each other's timers.
  watchStop("clearTimeout", "timer");
  watchStop("clearInterval", "timer");
  watchStop("cancelAnimationFrame", "frame");

  // Requests.
  const fetchOriginal = window.fetch;
  window.fetch = (...all) => {
    const id = next++;
    fetches.set(id, all[0] instanceof Request ? all[0].url : String(all[0]));
    const answer = fetchOriginal.apply(window, all);
    const settled = () => fetches.delete(id);
    answer.then(settled, settled);
    return answer;
  };

  // Observers.
  for (const name of ["MutationObserver", "ResizeObserver", "IntersectionObserver"]) {
    const { observe, disconnect } = window[name].prototype;
    window[name].prototype.observe = function (...all) {
      observers.set(this, name);
      return observe.apply(this, all);
    };
    window[name].prototype.disconnect = function () {
      observers.delete(this);
      return disconnect.call(this);
    };
  }

  window.traps = {
    get innerHtml() {
      return [...innerHtml];
    },
    get violations() {
      return [...violations];
    },
    get alerts() {
      return [...alerts];
    },
    get listeners() {
      return [...listeners.values()].map(({ target, type }) => `${targetName(target)} ${type}`);
    },
    get timers() {
      return [...timers.values()];
    },
    get fetches() {
      return [...fetches.values()];
    },
    get observers() {
      return [...observers.values()];
    },
    counts() {
      return {
        innerHtml: innerHtml.length,
        violations: violations.length,
        alerts: alerts.length,
        listeners: listeners.size,
        timers: timers.size,
        fetches: fetches.size,
        observers: observers.size,
      };
    },
  };
}
