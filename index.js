/*
 * Mounts the freshly built widget on the development page, against the server that `cargo xtask demo` runs.
 * `?endpoint=…&businessName=…` and every other option can be tried out in the page's address.
 */
addEventListener("TrunkApplicationStarted", () => {
  const log = (name) => (event, payload) => console.info(name, event, payload);
  window.wasmBindings.mount(
    document.getElementById("connect"),
    {
      widgetId: "SB_PROD_open",
      endpoint: "http://connect.localhost:8081",
      onSuccess: log("onSuccess"),
      onError: log("onError"),
      onExit: log("onExit"),
      ...Object.fromEntries(new URLSearchParams(location.search)),
    },
    {},
  );
});
