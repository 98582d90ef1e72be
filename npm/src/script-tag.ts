/*
 * The classic script: `<script src="…/widget/railz-connect.js">` defines the global `RailzConnect`. Its address has
 * to be read while the script runs, since `document.currentScript` is gone afterwards and a classic script has no
 * `import.meta`. The class works at once: a mount before the engine is there waits for it, and that promise is all
 * the queue there is.
 *
 * The engine starts to load right here, beside the rest of the page: a page that carries the tag is about to
 * mount. Failing at this is silent, because the mount tries again and reports.
 */
import { findEndpoints } from "./find-endpoints.js";
import { importFile } from "./import-file.js";
import type { EngineFiles } from "./load-engine.js";
import { defineRailzConnect } from "./railz-connect.js";
import type { RailzConnectClass } from "./types.js";
import { VERSION } from "./version.js";

declare global {
  var RailzConnect: RailzConnectClass;
}

// The document's own getter: an element of the page that is named `currentScript` would stand in front of it.
const running: unknown = Object.getOwnPropertyDescriptor(Document.prototype, "currentScript")?.get?.call(document);
const script = running instanceof HTMLScriptElement ? running : null;
const address = script ? script.src : "";

/** The server that the tag names. */
const server = script?.getAttribute("data-endpoint");
if (server && address !== "") preconnect(server);

/** Where the files come from somewhere else, the connection to the server is there when the session is asked for. */
function preconnect(to: string): void {
  try {
    if (new URL(to, document.baseURI).origin === new URL(address).origin) return;
    const link = document.createElement("link");
    link.rel = "preconnect";
    link.crossOrigin = "anonymous";
    link.href = to;
    document.head.append(link);
    // What it has begun goes on.
    link.remove();
  } catch {
    // A hint and no more; the engine says what is wrong with the address.
  }
}

const files: EngineFiles = {
  glue: (anew) => importFile(beside("engine.js"), undefined, anew),
  wasm: () => beside("engine_bg.wasm"),
  deferred: () => beside("engine_deferred.wasm"),
  module: (name) => importFile(beside(`${name}.mjs`)),
};

function beside(name: string): string {
  if (address === "") {
    throw new Error(
      'railz-connect.js does not know where it was loaded from. Load it with <script src="…/railz-connect.js">; ' +
        'in a bundle use import RailzConnect from "railz-connect".',
    );
  }
  return new URL(name, address).href;
}

const defined = globalThis.RailzConnect as RailzConnectClass | undefined;
// The same script a second time changes nothing: instances made before keep their class.
if (defined?.version !== VERSION) {
  if (defined) console.warn(`RailzConnect ${defined.version || "of another make"} is replaced by ${VERSION}.`);
  globalThis.RailzConnect = defineRailzConnect({
    files,
    environment: findEndpoints(address, server),
  });
  if (address !== "") globalThis.RailzConnect.preload();
}
