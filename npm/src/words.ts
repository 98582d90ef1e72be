/*
 * The texts for people outside the engine, which is what cannot run or is not there yet; all others are the engine's.
 */

/** Where the browser cannot run the engine. */
export const UNSUPPORTED =
  "This page needs a current version of Chrome, Firefox, Safari or Edge to connect your accounts. " +
  "Please open it in one of them.";

/** Where the engine could not be had, or not yet, or has broken down. */
export const NOT_LOADED =
  "Your services cannot be shown. Please load this page again, or check your internet connection.";

/** For screen readers, while the engine is on its way. */
export const LOADING = "Loading your services";

/** A sentence, put into `parent` as text and announced to screen readers. */
export function showSentence(parent: HTMLElement, sentence: string): HTMLElement {
  const notice = parent.ownerDocument.createElement("p");
  notice.setAttribute("role", "alert");
  notice.lang = "en";
  notice.append(sentence);
  parent.append(notice);
  return notice;
}
