/*
 * The host's callbacks for what happens before the engine runs. After that the engine tells the host itself.
 */

/** Calls `onError("load", …)` with the code `general`, if the host gave one. No session has been opened: no metadata is known. */
export function reportLoadError(options: unknown, errorMessage: string): void {
  call(options, "onError", "load", { metadata: null, error: { errorCode: "general", errorMessage } });
}

/** Calls `onExit("exit", …)`, if the host gave one, as the engine does where no session is open yet. */
export function reportExit(options: unknown): void {
  call(options, "onExit", "exit", { metadata: null });
}

function call(options: unknown, name: string, event: string, payload: object): void {
  const callback = (options as Record<string, unknown> | null | undefined)?.[name];
  if (typeof callback !== "function") return;
  try {
    callback(event, payload);
  } catch (fault) {
    // The host's own mistake: it is shown, and does not change how mount ends.
    console.error(`RailzConnect: the page's ${name}("${event}") threw.`, fault);
  }
}
