/*
 * The smallest host with a bundler. Vite makes a lazy chunk of the engine and an asset of its WebAssembly; nothing
 * has to be configured for it. Settings come from the address, so that one build can be tried against any server:
 * `?widgetId=…&endpoint=…&businessName=…&successUrl=…`. With `&successMethod=GET` and its own address as `successUrl` the page
 * receives the result itself.
 */
import RailzConnect from "railz-connect";
import { newState, readResult } from "./state.js";

const settings = Object.fromEntries(new URLSearchParams(location.search));
const log = (callback) => (event, payload) => {
  const line = document.createElement("li");
  line.textContent = JSON.stringify({ callback, event, payload });
  document.getElementById("events").append(line);
};
const fail = (error) => (document.getElementById("mount-error").textContent = error.message);

const { result, refused } = readResult();
if (result) log("successPage")("received", result);
else if (refused) fail(new Error(refused));
else
  new RailzConnect()
    .mount({
      ...settings,
      state: newState(),
      parentElement: document.getElementById("connect"),
      onSuccess: log("onSuccess"),
      onError: log("onError"),
      onExit: log("onExit"),
    })
    .catch(fail);
