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

/** Where the page's policy does not let the engine run. */
export const FORBIDDEN = "Your services cannot be shown on this page.";

/** After the sentence, where the host has a hosted page. */
export const ON_ITS_OWN_PAGE = "Connect on a page of its own";

/** After the sentence, where it has none. */
export const WHOM_TO_TELL = " If it stays so, please tell the people who run this page.";

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
