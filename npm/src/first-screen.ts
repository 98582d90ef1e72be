/*
 * When the engine draws its first screen, and when the rest of it follows (docs/adr/0010-the-engine-in-two-parts.md).
 */
import type { EarlySession } from "./early-session.js";
import type { LoadedEngine } from "./load-engine.js";

/** What it depends on. */
export interface FirstDrawing {
  readonly modal?: unknown;
  readonly session?: EarlySession | undefined;
  /** An engine has ended over this screen already. */
  readonly anew?: boolean;
}

// For how long the engine is held back for an answer that is about to come: the loading screen looks as the skeleton does, and
// drawing it takes the time that the list could be drawn in. Longer where it draws early: fetching the deferred module takes it too.
const SOON_MS = 30;
const SOON_EARLY_MS = 150;

// When the deferred module is fetched at the latest after a first screen, in a page that draws no frames since nobody sees it.
const HIDDEN_MS = 500;
// When it is fetched after the frame that shows the screen: painting it has line and processor to itself.
const PAINTED_MS = 50;

/**
 * Resolves when the engine may draw. An ordinary first screen is drawn by an engine without its deferred module, where no
 * other widget depends on that engine, and no dialog that a person may want to close.
 */
export async function readyToDraw({ complete, isFirst }: LoadedEngine, mine: FirstDrawing): Promise<void> {
  const { session, modal, anew } = mine;
  const early = isFirst() && !modal && !anew;
  await session?.soon(early ? SOON_EARLY_MS : SOON_MS);
  if (!early || !session) return complete();
  if (session.isOrdinary()) return;
  await Promise.race([complete(), session.ended.then(() => (session.isOrdinary() ? undefined : complete()))]);
}

/**
 * Has the deferred module fetched once the screen is painted. What a person does meanwhile is kept: the first press, which asks
 * for the module at once, or else what was typed. Nobody presses anything on a list that has changed since they saw it.
 */
export function completeSoon({ engine, complete, completeWithin }: LoadedEngine, root: Element | null): void {
  const screen = root?.shadowRoot;
  let pressed: HTMLElement | undefined;
  const keep = (event: Event): void => {
    const button = (event.target as Element).closest("button");
    if (!button) return;
    event.stopImmediatePropagation();
    pressed ??= button;
    root?.setAttribute("aria-busy", "true");
    void complete();
  };
  screen?.addEventListener("click", keep, true);
  void completeWithin(HIDDEN_MS).then(() => {
    screen?.removeEventListener("click", keep, true);
    root?.removeAttribute("aria-busy");
    if (engine.traps.fault || !root?.isConnected) return;
    const field = screen?.querySelector("input");
    if (pressed) pressed.click();
    else if (field?.value) field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  requestAnimationFrame(() => void completeWithin(PAINTED_MS));
}
