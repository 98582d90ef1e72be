"use strict";
(() => {
  // How long the opener is waited for before the page names the sign-in, and how long a press is too early to have been
  // meant: a double-click begun elsewhere ends on whatever has come up under the pointer.
  const WAIT_FOR_OPENER = 1000;
  const TOO_EARLY = 500;
  const LONGEST_TRADE = 15000;
  const { origin, page } = document.currentScript.dataset;
  const asked = origin && window.opener;
  let leaving = false;

  const arm = () => {
    const button = document.querySelector("#naming button");
    if (!button || document.hidden) return;
    button.disabled = true;
    setTimeout(() => { button.disabled = leaving; }, TOO_EARLY);
  };
  const name = () => {
    const asking = document.documentElement.className === "asking";
    document.documentElement.className = "naming";
    // A small window whose address has a fragment would show the button alone.
    scrollTo(0, 0);
    arm();
    if (asking) document.querySelector("#naming h1").focus();
  };
  const trade = async (proof) => {
    const response = await fetch(location.pathname + "/proof", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ page, proof }),
      signal: AbortSignal.timeout(LONGEST_TRADE),
    });
    if (!response.ok) throw new Error(`the proof was answered with ${response.status}`);
    return (await response.json()).location;
  };

  // The opener may answer after the second too.
  addEventListener("message", async ({ source, origin: from, data }) => {
    if (leaving || !asked || source !== asked || from !== origin || data?.type !== "railz-connect:proof") return;
    leaving = true;
    try {
      const to = await trade(data.proof);
      window.opener = null;
      location.replace(to);
    } catch (error) {
      console.warn(error.message);
      leaving = false;
      name();
    }
  });
  document.addEventListener("submit", (event) => {
    if (leaving) event.preventDefault();
    leaving = true;
  });
  document.addEventListener("visibilitychange", arm);
  addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
  if (asked) {
    document.documentElement.className = "asking";
    asked.postMessage({ type: "railz-connect:start" }, origin);
    setTimeout(() => { if (!leaving) name(); }, WAIT_FOR_OPENER);
  } else {
    document.addEventListener("DOMContentLoaded", name);
  }
})();
