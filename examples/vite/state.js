/*
 * `state`: a random value that goes along with the person, and comes back with the result at the success page. A result with
 * another one was not begun in this tab: somebody made its address, to have you take their connection for this person's.
 *
 * A page can compare it where it is its own success page (`successMethod: "GET"`). A back end compares it too, and redeems
 * the connectionToken before it believes anything: `examples/back-end` has that.
 */
const KEY = "railz-connect-state";

/** A new value to send, kept for this tab. */
export function newState() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const state = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  sessionStorage.setItem(KEY, state);
  return state;
}

/** What this page received as a success page, and why it is not believed; both empty where nothing came. */
export function readResult() {
  const received = Object.fromEntries(new URLSearchParams(location.search));
  if (!received.connectionId) return { result: null, refused: "" };
  const sent = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  // The connectionToken is not to stay in the address.
  history.replaceState(null, "", location.pathname);
  if (!sent || received.state !== sent) {
    return { result: null, refused: "This result is of no connection that was begun in this tab." };
  }
  return { result: { connectionId: received.connectionId, serviceName: received.serviceName }, refused: "" };
}
