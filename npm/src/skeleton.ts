/*
 * What is to be seen while the engine is on its way: the shape of the widget, at once and in its place, so that nothing
 * jumps when the engine draws the same shape and then the list. It stands in a shadow root with an adopted stylesheet,
 * like the widget. When the engine takes very long, words take its place (words.ts); the mount goes on meanwhile.
 */
import shape from "../../style/skeleton.css";
import card from "./skeleton-card.css";
import { makeSheet } from "./stylesheet.js";
import { LOADING, NOT_LOADED } from "./words.js";

/** After how many milliseconds a person is told in words that nothing came. */
const LIMIT_MS = 30_000;

/** As many as fill a small list. */
const TILES = 6;

/** Draws the shape of the widget in `parent`; `modal` if that is a dialog, which has the border. */
export function drawSkeleton(parent: HTMLElement, modal: boolean): { remove(): void } {
  const page = parent.ownerDocument;
  const add = (to: Node, tag: string, className = ""): HTMLElement => {
    const made = page.createElement(tag);
    made.className = className;
    return to.appendChild(made);
  };
  const base = page.createElement("div");
  base.setAttribute("role", "status");
  base.lang = "en";
  base.dir = "ltr";
  if (modal) base.setAttribute("data-modal", "");
  // Many pages hide what is empty (`div:empty`), and to them a shadow root is nothing.
  base.append("\u200b");
  const shadow = base.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [makeSheet(page, card + shape)];
  // Gives the card a width where the place has none of its own (`.ruler` of style/widget.css).
  add(shadow, "canvas").ariaHidden = "true";
  const screen = add(add(shadow, "div", "card"), "div", "screen");
  const words = add(screen, "p", "unseen");
  words.append(LOADING);
  const bones = add(screen, "div", "bones");
  for (let count = 0; count < TILES; count += 1) add(bones, "i");
  parent.append(base);

  const timer = setTimeout(() => {
    bones.remove();
    words.className = "";
    words.textContent = NOT_LOADED;
  }, LIMIT_MS);
  return {
    remove() {
      clearTimeout(timer);
      base.remove();
    },
  };
}
