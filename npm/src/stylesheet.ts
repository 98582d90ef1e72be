/*
 * Stylesheets that are made of text and adopted, which no Content-Security-Policy forbids.
 */

/** A sheet that `page` and the shadow roots in it can adopt: a browser refuses one that was made in another frame. */
export function makeSheet(page: Document, rules: string): CSSStyleSheet {
  const sheet = new (page.defaultView as Window & typeof globalThis).CSSStyleSheet();
  sheet.replaceSync(rules);
  return sheet;
}
