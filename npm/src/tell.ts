/*
 * The host's `onError` for what goes wrong before the engine runs. After that the engine tells the host itself.
 */

/**
 * Calls `onError("load", …)` with the code `general`, if the host gave one. `metadata` is null as in 2.23: it is
 * the server's echo, and no server has been asked yet.
 */
export function tellLoadError(options: unknown, errorMessage: string): void {
  const onError = (options as { onError?: unknown } | null | undefined)?.onError;
  if (typeof onError !== "function") return;
  try {
    onError("load", { metadata: null, error: { errorCode: "general", errorMessage } });
  } catch (fault) {
    // The host's own mistake: it goes where the page's uncaught errors go, and does not change how mount ends.
    queueMicrotask(() => {
      throw fault;
    });
  }
}
