/*
 * The host's `onError` for what goes wrong before the engine runs. After that the engine tells the host itself.
 */

/** Calls `onError("load", …)` with the code `general`, if the host gave one. No session has been opened: no metadata is known. */
export function reportLoadError(options: unknown, errorMessage: string): void {
  const onError = (options as { onError?: unknown } | null | undefined)?.onError;
  if (typeof onError !== "function") return;
  try {
    onError("load", { metadata: null, error: { errorCode: "general", errorMessage } });
  } catch (fault) {
    // The host's own mistake: it is shown, and does not change how mount ends.
    console.error('RailzConnect: the page\'s onError("load") threw.', fault);
  }
}
