/*
 * The smallest host with a bundler. Vite makes a lazy chunk of the engine and an asset of its WebAssembly; nothing
 * has to be configured for it. Settings come from the address, so that one build can be tried against any server:
 * `?widgetId=…&endpoint=…&businessName=…&successUrl=…`.
 */
import RailzConnect from "railz-connect";

const settings = Object.fromEntries(new URLSearchParams(location.search));
const log = (callback) => (event, payload) => {
  const line = document.createElement("li");
  line.textContent = JSON.stringify({ callback, event, payload });
  document.getElementById("events").append(line);
};

new RailzConnect()
  .mount({
    ...settings,
    parentElement: document.getElementById("connect"),
    onSuccess: log("onSuccess"),
    onError: log("onError"),
    onExit: log("onExit"),
  })
  .catch((error) => {
    document.getElementById("mount-error").textContent = error.message;
  });
