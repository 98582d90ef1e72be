/*
 * A page without a bundler. Settings come from the address, so that one copy can be tried against any server:
 * `?widgetId=…&endpoint=…&businessName=…`; `&second=yes` puts a second widget beside the first, `&mount=no` none. With
 * `&successMethod=GET` and its own address as `successUrl` the page receives the result itself; `state.js` says which it believes.
 */
const { mount = "yes", second = "no", ...settings } = Object.fromEntries(new URLSearchParams(location.search));
const byId = (id) => document.getElementById(id);

const log = (callback) => (event, payload) => {
  const line = document.createElement("li");
  line.textContent = JSON.stringify({ callback, event, payload });
  byId("events").append(line);
};
const fail = (error) => (byId("mount-error").textContent = error.message);

const { result, refused } = readResult();
if (result) log("successPage")("received", result);
if (refused) fail(new Error(refused));

const options = {
  ...settings,
  state: newState(),
  onSuccess: log("onSuccess"),
  onError: log("onError"),
  onExit: log("onExit"),
};

const widgets = [];
function show(id) {
  const widget = new RailzConnect();
  widgets.push(widget);
  widget.mount({ ...options, parentElement: byId(id) }).catch(fail);
}
if (mount === "yes" && !result && !refused) show("connect");
if (second === "yes") show("second");

// One instance for the dialog: after a close it opens again.
const { open, unmount } = new RailzConnect();
byId("connect-button").addEventListener("click", () => open(options).catch(fail));
byId("disconnect-button").addEventListener("click", () => {
  for (const widget of widgets.splice(0)) widget.unmount();
  unmount();
});
