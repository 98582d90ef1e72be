/*
 * The ES module: what `import RailzConnect from "railz-connect"` gives. Importing it touches neither window nor
 * document, so a page rendered on a server may import it; the engine is fetched by `preload()`, or else by the first
 * mount. Both files are named the way bundlers recognise (`import("./…")`, `new URL("./…", import.meta.url)`), which
 * makes them a lazy chunk and an asset; of engine.js there is a copy as an asset too, for a second try.
 */
import { findEndpoints } from "./find-endpoints.js";
import { importFile } from "./import-file.js";
import { defineRailzConnect } from "./railz-connect.js";
import type { RailzConnectClass, RailzConnectInstance } from "./types.js";

/** What only some journeys need. Each is named in full, so that a bundler makes a lazy chunk of it. */
const ON_DEMAND: Record<string, () => Promise<unknown>> = {
  "bank-link": () => import("./bank-link.mjs"),
  forms: () => import("./forms.mjs"),
  "guide-dynamicsBusinessCentral": () => import("./guide-dynamicsBusinessCentral.mjs"),
  "guide-oracleNetsuite": () => import("./guide-oracleNetsuite.mjs"),
  "guide-quickbooksDesktop": () => import("./guide-quickbooksDesktop.mjs"),
  "guide-sageIntacct": () => import("./guide-sageIntacct.mjs"),
  labels: () => import("./labels.mjs"),
};

// In a name of its own, so that bundlers leave alone what is made from it.
const here = import.meta.url;

/** The widget. See `RailzConnectInstance` for its methods, `MountOptions` and `OpenOptions` for what they take. */
const RailzConnect: RailzConnectClass = defineRailzConnect({
  files: {
    glue: (anew) => importFile(new URL("./engine.js", import.meta.url).href, () => import("./engine.js"), anew),
    wasm: () => new URL("./engine_bg.wasm", import.meta.url),
    deferred: () => new URL("./engine_deferred.wasm", import.meta.url),
    module: (name) =>
      importFile(
        new URL(`./${name}.mjs`, here).href,
        ON_DEMAND[name] || (() => Promise.reject(new Error(`This package has no module named ${name}.`))),
      ),
  },
  environment: findEndpoints(here, null),
});
type RailzConnect = RailzConnectInstance;

export default RailzConnect;
export { ConfigError } from "./config-error.js";
export type * from "./types.js";
