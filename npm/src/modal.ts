/*
 * The dialog that `open` draws the widget in: the platform's own, so that focus stays in it, Escape closes it, nothing
 * of the page lies over it, and the focus comes back to what had it. Its rules are a stylesheet adopted by the page,
 * which no Content-Security-Policy forbids and which goes with the dialog. The page's own elements are not touched.
 */

/** The id that hosts of Railz Connect know. */
const MODAL_ID = "railz-connect-modal";

/*
 * The page behind does not scroll while the dialog is there: a rule, so that there is no value of the page's to put
 * back.
 */
const RULES = `
:root:has(dialog[data-railz-connect-modal][open]) { overflow: hidden; }
dialog[data-railz-connect-modal] {
  position: fixed; inset: 0; margin: auto; padding: 0; border: 0; border-radius: 1.25em; box-sizing: border-box;
  inline-size: min(44em, 100vw - 2em); max-inline-size: none; block-size: fit-content; max-block-size: calc(100dvh - 2em);
  overflow: auto; overscroll-behavior: contain; scrollbar-gutter: auto;
  font: medium/1.5 system-ui, sans-serif; color: light-dark(#16211e, #e9f0ee); background: light-dark(#fff, #171d1c);
  box-shadow: 0 1.5em 4em #0006;
}
dialog[data-railz-connect-modal]:focus { outline: none; }
dialog[data-railz-connect-modal]::backdrop { background: #0b1210a6; }
dialog[data-railz-connect-modal] > button {
  display: block; margin: 0.5em 0.75em 0 auto; inline-size: 2.75em; block-size: 2.75em; padding: 0; border: 0;
  border-radius: 50%; background: none; color: inherit; font: inherit; cursor: pointer;
}
dialog[data-railz-connect-modal][aria-busy] { min-block-size: 24em; }
dialog[data-railz-connect-modal][aria-busy]::after {
  content: ""; position: absolute; inset: 0; margin: auto; inline-size: 2.5em; block-size: 2.5em; border-radius: 50%;
  border: 3px solid #8886; border-block-start-color: currentColor; animation: railz-connect-turn 1s linear infinite;
  pointer-events: none;
}
@keyframes railz-connect-turn { to { rotate: 1turn; } }
@media (max-width: 32em) {
  dialog[data-railz-connect-modal] {
    inline-size: 100vw; block-size: 100dvh; max-block-size: none; border-radius: 0; box-shadow: none;
  }
}
@media (prefers-reduced-motion: reduce) { dialog[data-railz-connect-modal]::after { animation-duration: 4s; } }
`;

/** A dialog that is open. */
export interface Modal {
  /** The element to draw in. */
  readonly place: HTMLElement;
  /** The widget is drawn: what stood in for it goes, and the dialog has the focus. */
  reveal(): void;
  /** Whether it is still to be seen. */
  isOpen(): boolean;
  /** Takes the dialog off the screen while the widget is still on its way. */
  hide(): void;
  /** Takes everything away; the focus goes back to what had it. */
  remove(): void;
}

/**
 * Opens a dialog in the page.
 * @param onDismiss called when the person wants it closed: by Escape, the back gesture of a phone, or the button that
 *   stands there until the widget brings its own
 */
export function openModal(page: Document, onDismiss: () => void): Modal {
  const dialog = page.createElement("dialog");
  if (!page.getElementById(MODAL_ID)) dialog.id = MODAL_ID;
  dialog.setAttribute("data-railz-connect-modal", "");
  dialog.setAttribute("aria-label", "Connect your accounts");
  dialog.setAttribute("aria-busy", "true");
  dialog.lang = "en";
  dialog.tabIndex = -1;

  const button = page.createElement("button");
  button.type = "button";
  button.setAttribute("aria-label", "Close");
  button.append("✕");
  button.addEventListener("click", onDismiss);
  const place = page.createElement("div");
  dialog.append(button, place);

  dialog.addEventListener("cancel", (event) => {
    // A file chooser or a field inside may be cancelled too: that event bubbles.
    if (event.target !== dialog) return;
    event.preventDefault();
    onDismiss();
  });
  // Chromium closes at the second Escape whatever the page says.
  dialog.addEventListener("close", (event) => {
    if (event.target === dialog) onDismiss();
  });

  const sheet = adopt(page);
  page.body.append(dialog);
  dialog.showModal();
  return {
    place,
    reveal() {
      dialog.removeAttribute("aria-busy");
      button.remove();
      dialog.focus();
    },
    isOpen: () => dialog.open,
    hide: () => dialog.close(),
    remove() {
      // Closed first: taken away while open, a dialog gives no focus back.
      dialog.close();
      dialog.remove();
      page.adoptedStyleSheets = page.adoptedStyleSheets.filter((one) => one !== sheet);
    },
  };
}

// Made in the page's own realm: a browser refuses a sheet of another frame.
function adopt(page: Document): CSSStyleSheet {
  const { CSSStyleSheet, innerWidth } = page.defaultView as Window & typeof globalThis;
  const sheet = new CSSStyleSheet();
  // The width of a scroll bar that goes is kept, or the page would jump sideways.
  const bar = innerWidth - page.documentElement.clientWidth;
  const kept = `:root:has(dialog[data-railz-connect-modal][open]) { padding-inline-end: ${bar}px; }`;
  sheet.replaceSync(bar > 0 ? RULES + kept : RULES);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
  return sheet;
}
