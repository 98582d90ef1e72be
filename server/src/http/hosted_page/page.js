"use strict";
(() => {
  const LONGEST_WAIT = 15000;
  const UNREACHABLE = "The server could not be reached. Look whether you are online, and press again.";
  const NOT_LOADED = "The page could not be loaded as a whole. Load it again, or open the link in another browser.";
  const CONNECTED = "What you signed in to is connected. You can close this page when you are done.";
  // The server has words of its own for what became of a link.
  const OVER = [404, 409, 410];
  const { session, widget, endpoint, remembered } = document.currentScript.dataset;
  // What opened this page is nothing to it.
  window.opener = null;
  const part = (id) => document.getElementById(id);

  const ask = async (body) => {
    const response = await fetch(session, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(LONGEST_WAIT),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    const error = new Error(`the session was answered with ${response.status}`);
    throw Object.assign(error, { status: response.status, words: [answer.error?.message].flat()[0] });
  };
  const say = (words) => {
    part("opening").hidden = true;
    part("begin").hidden = false;
    part("problem").textContent = words;
    part("continue").disabled = false;
  };
  const mount = async ({ sessionToken, businessName }) => {
    const place = part("widget");
    part("opening").hidden = part("begin").hidden = true;
    part("business").textContent = businessName;
    place.hidden = part("whose").hidden = false;
    place.focus();
    await new RailzConnect().mount({
      parentElement: place,
      widgetId: widget,
      endpoint,
      sessionToken,
      getSession: () => ask({}),
      onSuccess: (name) => {
        if (name === "authorization") part("done").textContent = CONNECTED;
      },
    });
  };
  const open = async () => {
    part("continue").disabled = true;
    part("problem").textContent = "";
    // Before the link is used up: another browser may be able to do more.
    if (typeof RailzConnect !== "function") return say(NOT_LOADED);
    const code = location.hash.slice(1);
    let answer;
    try {
      answer = await ask(code ? { code } : {});
    } catch (error) {
      console.warn(error.message);
      say(error.words ?? UNREACHABLE);
      part("continue").hidden = OVER.includes(error.status);
      return;
    }
    // Used up: from here on the cookie knows this browser.
    history.replaceState(history.state, "", location.pathname + location.search);
    try {
      await mount(answer);
    } catch (error) {
      // The widget has said so in its place.
      console.warn(error.message);
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    part("continue").hidden = false;
    part("continue").addEventListener("click", open);
    if (remembered !== undefined) open();
  });
})();
