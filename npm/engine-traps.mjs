/*
 * A failed assumption ends the engine: it traps without words, and so does an exception of the page's that unwinds through it.
 * What called it is mostly the browser (a timer, a press, an answer), and nobody else would hear of it. The build puts this
 * between the glue and the engine (build.mjs): whoever listens is told once, and no call reaches a broken engine any more.
 */

/** What the engine ended with, and who is told. */
export const traps = { fault: undefined, listeners: new Set() };

/** The engine's exports, each of which does nothing after the first that threw. */
export function guardExports(exports) {
  const guarded = { ...exports };
  for (const [name, call] of Object.entries(exports)) {
    if (typeof call !== "function") continue;
    guarded[name] = (...given) => {
      if (traps.fault) return;
      try {
        return call(...given);
      } catch (fault) {
        // One call may stand within another, and both end.
        if (!traps.fault) {
          traps.fault = fault || new Error("The engine threw nothing.");
          for (const told of [...traps.listeners]) told(traps.fault);
        }
        throw fault;
      }
    };
  }
  return guarded;
}
