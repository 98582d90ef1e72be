// The host page's own script: mounts the widget with the options that stand in the page, and writes down what the
// widget says. Runs before the widget arrives.
"use strict";

window.hostEvents = [];
window.countedEvents = [];
window.mountError = undefined;

{
  const show = (message) => {
    const place = document.querySelector("#mount-error");
    place.textContent = message;
    place.hidden = false;
  };

  const notLoaded = (event) => {
    if (event.target instanceof HTMLScriptElement) {
      window.mountError = new Error(`The Connect widget could not be loaded from ${event.target.src}.`);
      addEventListener("DOMContentLoaded", () => show(window.mountError.message), { once: true });
      if (document.readyState !== "loading") show(window.mountError.message);
    }
  };
  addEventListener("error", notLoaded, true);

  const hear = (callback) => (event, payload) => {
    const heard = JSON.parse(JSON.stringify({ callback, event, payload }));
    window.hostEvents.push(heard);
    // Kept over the way to the success page, which shares the tab.
    sessionStorage.setItem("hostEvents", JSON.stringify(window.hostEvents));
    const item = document.createElement("li");
    item.textContent = JSON.stringify(heard);
    document.querySelector("#events").append(item);
  };

  /** Another session for this page from this site's own server, which knows who is signed in. */
  const getSession = (page) => async () => {
    const answer = await fetch("/session", { method: "POST", body: new URLSearchParams({ page }) });
    if (!answer.ok) throw new Error(`There is no session: ${answer.status}.`);
    return answer.json();
  };

  /** Mounts the widget of this class into the page. */
  window.startWidget = (RailzConnect) => {
    removeEventListener("error", notLoaded, true);
    const { page, ...options } = JSON.parse(document.querySelector("#connect-options").textContent);
    window.widget = new RailzConnect();
    window.widget
      .mount({
        ...options,
        ...(options.sessionToken && { getSession: getSession(page) }),
        parentElement: document.querySelector("#connect"),
        onSuccess: hear("onSuccess"),
        onError: hear("onError"),
        onExit: hear("onExit"),
        onEvent: (name, data) => window.countedEvents.push({ name, data }),
      })
      .catch((error) => {
        window.mountError = error;
        show(error.message);
      });
  };
}
