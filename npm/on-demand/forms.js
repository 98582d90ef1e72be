/*
 * The forms of rare services, with their words and their rules of style. The rules are adopted with the first screen that
 * needs them, behind the widget's own.
 */
import rules from "../../style/forms.css";
import { draw as drawScreen } from "./form-screens.js";

/** A sheet for each widget, since a document takes none that was made in another frame. */
const sheets = new WeakMap();

/**
 * @param shown what the engine knows of a screen
 * @param {ShadowRoot} root where the widget is drawn
 * @returns what stands on the screen (form-screens.js)
 */
export function draw(shown, root) {
  const adopted = root.adoptedStyleSheets;
  // Each time: a theme that comes later takes the place of all that stood behind the widget's own.
  if (!adopted.includes(sheets.get(root))) root.adoptedStyleSheets = [...adopted, sheetOf(root)];
  return drawScreen(shown);
}

function sheetOf(root) {
  const sheet = sheets.get(root) ?? new root.ownerDocument.defaultView.CSSStyleSheet();
  sheet.replaceSync(rules);
  sheets.set(root, sheet);
  return sheet;
}
