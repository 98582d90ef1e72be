/*
 * The dialog that `open` draws the widget in: the platform's own, so that focus stays in it, Escape closes it, nothing
 * of the page lies over it, and the focus comes back to what had it. Its rules are a stylesheet adopted by the page,
 * which no Content-Security-Policy forbids and which goes with the dialog. The page's own elements are not touched.
 */
import rules from "./modal.css";
import { makeSheet } from "./stylesheet.js";

/** The id that hosts of Railz Connect know. */
const MODAL_ID = "railz-connect-modal";

/** A dialog that is open. */
export interface Modal {
  /** The element to draw in. */
  readonly place: HTMLElement;
  /** The widget is drawn and has a button of its own; the dialog has the focus. */
  reveal(): void;
  /** Nothing is on its way any more, and no widget will bring a button of its own. */
  showFailure(): void;
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
  // Chromium closes at the second Escape whatever the page says. One that is open again was lifted, or put back
  // (npm/on-demand/bank-link.js).
  dialog.addEventListener("close", (event) => {
    if (event.target === dialog && !dialog.open) onDismiss();
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
    showFailure() {
      dialog.removeAttribute("aria-busy");
      dialog.prepend(button);
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

function adopt(page: Document): CSSStyleSheet {
  // The width of a scroll bar that goes is kept, or the page would jump sideways.
  const bar = (page.defaultView as Window).innerWidth - page.documentElement.clientWidth;
  const kept = `:root:has(dialog[data-railz-connect-modal][open]){padding-inline-end:${bar}px}`;
  const sheet = makeSheet(page, bar > 0 ? rules + kept : rules);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
  return sheet;
}
