/*
 * Mounts the freshly built widget on the development page, against the server that `cargo xtask demo` runs.
 * `?endpoint=…&businessName=…` and every other option can be tried out in the page's address.
 */
addEventListener("TrunkApplicationStarted", () => {
  const told = (name) => (event, payload) => console.info(name, event, payload);
  window.wasmBindings.mount(
    document.getElementById("connect"),
    {
      widgetId: "SB_PROD_demo",
      endpoint: "http://connect.localhost:8081",
      onSuccess: told("onSuccess"),
      onError: told("onError"),
      onExit: told("onExit"),
      ...Object.fromEntries(new URLSearchParams(location.search)),
    },
    {},
  );
});
