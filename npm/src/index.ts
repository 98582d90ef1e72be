/*
 * The ES module: what `import RailzConnect from "railz-connect"` gives. Importing it touches neither window nor
 * document, so a page rendered on a server may import it; the engine is fetched by `preload()`, or else by the first
 * mount. Both files are named the way bundlers recognise (`import("./…")`, `new URL("./…", import.meta.url)`), which
 * makes them a lazy chunk and an asset.
 */
import { findEndpoints } from "./find-endpoints.js";
import { defineRailzConnect } from "./railz-connect.js";
import type { RailzConnectClass, RailzConnectInstance } from "./types.js";

/** What only some journeys need. Each is named in full, so that a bundler makes a lazy chunk of it. */
const ON_DEMAND: Record<string, () => Promise<unknown>> = {
  "bank-link": () => import("./bank-link.mjs"),
  "guide-dynamicsBusinessCentral": () => import("./guide-dynamicsBusinessCentral.mjs"),
  "guide-oracleNetsuite": () => import("./guide-oracleNetsuite.mjs"),
  "guide-quickbooksDesktop": () => import("./guide-quickbooksDesktop.mjs"),
  "guide-sageIntacct": () => import("./guide-sageIntacct.mjs"),
};

/** The widget. See `RailzConnectInstance` for its methods, `MountOptions` and `OpenOptions` for what they take. */
const RailzConnect: RailzConnectClass = defineRailzConnect({
  files: {
    glue: () => import("./engine.js"),
    wasm: () => new URL("./engine_bg.wasm", import.meta.url),
    module: (name) => ON_DEMAND[name]?.() ?? Promise.reject(new Error(`This package has no module named ${name}.`)),
  },
  environment: findEndpoints(import.meta.url, null),
});
type RailzConnect = RailzConnectInstance;

export default RailzConnect;
export { ConfigError } from "./config-error.js";
export type * from "./types.js";
