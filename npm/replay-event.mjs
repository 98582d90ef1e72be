/*
 * A press or a letter that came before the engine could hear it is done again, once: an event that is over has lost the
 * element that listened to it. Other events of elements are dropped: the browser does what it does by itself, and what they
 * would have changed (a shortcut of the page's that is held back) is over too.
 */

const seen = new WeakSet();

/** What does the event again, where it is one of an element's. Several listeners of one event do it once. */
export function replay(event) {
  // An element or a shadow root, and not the document or its window: what those tell holds later too.
  if (!(event instanceof Event) || ![1, 11].includes(event.currentTarget?.nodeType)) return undefined;
  // No first screen has a form that the page would leave with.
  if (event.type === "submit") event.preventDefault();
  const target = event.composedPath()[0];
  if (seen.has(event)) return () => undefined;
  seen.add(event);
  if (event.type === "click") return () => target.click();
  if (event.type === "input") return () => target.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  return () => undefined;
}
