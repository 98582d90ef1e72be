/*
 * What the build puts between the glue and the engine (build.mjs), since all that calls the engine goes by way of its exports.
 *
 * A failed assumption ends the engine: it traps without words, and so does an exception of the page's that unwinds through it.
 * What called it is mostly the browser (a timer, a press, an answer), and nobody else would hear of it. Whoever listens is
 * told once, and no call reaches a broken engine any more.
 *
 * And until its deferred module is there (split-engine.mjs), the engine draws its first screen and does nothing else: calls
 * that come from outside meanwhile are kept, in their order.
 */

/** What the engine ended with, and who is told. `end` ends it, for a reason from outside. */
export const traps = {
  fault: undefined,
  listeners: new Set(),
  end(fault) {
    // One call may stand within another, and both end.
    if (traps.fault) return;
    traps.fault = fault || new Error("The engine threw nothing.");
    waiting = [];
    for (const told of [...traps.listeners]) told(traps.fault);
  },
};

// The calls that wait for the deferred module; none once it is there.
let waiting = [];
// How many calls of the engine's stand within each other.
let depth = 0;

// Events that mean the same a little later.
const TOLD_ONCE = ["pageshow", "securitypolicyviolation"];

/**
 * Keeps a call until the deferred module is there, if it comes from outside: what the engine calls of its own while it draws
 * is a part of the drawing. Events are dropped: presses and what is typed the loader keeps (src/first-screen.ts), and that somebody
 * moves about the page means nothing before it. But a page that comes back from the back/forward cache tells so once, and a
 * policy once what it blocks.
 * @param event what the call was given, which may be an event
 */
export function keepForLater(call, event) {
  if (!waiting || depth > 0 || traps.fault) return false;
  // One of a frame's is of another class.
  const isEvent = typeof event?.composedPath === "function";
  if (!isEvent || TOLD_ONCE.includes(event.type)) waiting.push(call);
  return true;
}

/**
 * The engine's exports, each of which does nothing after the first that threw.
 * @param later the names of those that are kept for later
 */
export function guardExports(exports, later) {
  const guarded = { ...exports };
  for (const [name, call] of Object.entries(exports)) {
    if (typeof call !== "function") continue;
    guarded[name] = (...given) => {
      if (traps.fault) return;
      if (later.includes(name) && keepForLater(() => guarded[name](...given))) return;
      depth += 1;
      try {
        return call(...given);
      } catch (fault) {
        traps.end(fault);
        throw fault;
      } finally {
        depth -= 1;
      }
    };
  }
  return guarded;
}

/** The deferred module is there: what has waited for it is done. */
export function endWaiting() {
  const kept = waiting;
  waiting = undefined;
  for (const call of kept) {
    try {
      call();
    } catch (fault) {
      // As it would have been without the waiting: the next is called all the same.
      setTimeout(() => {
        throw fault;
      });
    }
  }
}
