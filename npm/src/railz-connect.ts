/*
 * The class that hosts use, made once for the script tag and once for the ES module: they differ only in where
 * the engine's files are and in what is known about the server. It decides nothing about the journey; it loads
 * the engine, keeps the one handle, and sees to it that every mount ends in exactly one way.
 */
import { asError } from "./as-error.js";
import { ConfigError } from "./config-error.js";
import type { Environment, Handle } from "./engine.js";
import { loadEngine, type Engine, type EngineFiles } from "./load-engine.js";
import { requireParentElement } from "./parent-element.js";
import { missingFeatures, showUnsupported } from "./support.js";
import { tellLoadError } from "./tell.js";
import type { MountOptions, RailzConnectClass } from "./types.js";
import { VERSION } from "./version.js";

/** Where this copy of the package came from. */
export interface Place {
  readonly files: EngineFiles;
  readonly environment: Environment;
}

// "refused" keeps the sentence that a browser without the needed features got, so that it can be taken away again.
type State =
  | { readonly name: "empty" }
  | { readonly name: "loading" }
  | { readonly name: "mounted"; readonly handle: Handle }
  | { readonly name: "refused"; readonly notice: HTMLElement };

const EMPTY: State = { name: "empty" };

// wasm-bindgen frees a handle that is garbage, which takes the widget off the page. A host may well keep no reference
// to its instance (`new RailzConnect().mount(…)`), so the handles are kept here until they are released.
const drawn = new Set<Handle>();

export function defineRailzConnect(place: Place): RailzConnectClass {
  return class RailzConnect {
    static readonly version = VERSION;
    static readonly ConfigError = ConfigError;
    // Arrow properties, as in 2.23: hosts detach them (`const { mount } = new RailzConnect()`).
    readonly mount: (options: MountOptions) => Promise<void>;
    readonly unmount: () => void;

    constructor() {
      const widget = new Widget(place);
      this.mount = (options) => widget.mount(options);
      this.unmount = () => widget.unmount();
    }
  };
}

class Widget {
  private state: State = EMPTY;

  constructor(private readonly place: Place) {}

  async mount(options: MountOptions): Promise<void> {
    if (this.state.name === "loading" || this.state.name === "mounted") {
      throw new Error("This RailzConnect is already mounted. Call unmount() first, or make another one.");
    }
    this.unmountQuietly();
    const parent = this.checkPage(options);
    const mine: State = { name: "loading" };
    this.state = mine;
    try {
      const engine = await loadEngine(this.place.files);
      // `unmount` came while the engine was on its way: nothing to draw any more, and that is no error.
      if (this.state !== mine) return;
      this.draw(engine, parent, options, mine);
    } catch (fault) {
      // What the engine says against an option it has told the host already; all else is told here.
      const error = asError(fault);
      const cancelled = this.state !== mine;
      if (!cancelled) this.state = EMPTY;
      if (error instanceof ConfigError) throw error;
      if (cancelled) return;
      tellLoadError(options, error.message);
      throw error;
    }
  }

  unmount(): void {
    if (this.state === EMPTY) console.warn("RailzConnect: unmount() was called, but nothing is mounted.");
    this.unmountQuietly();
  }

  private checkPage(options: MountOptions): HTMLElement {
    let parent: HTMLElement;
    try {
      parent = requireParentElement(options);
    } catch (fault) {
      tellLoadError(options, asError(fault).message);
      throw fault;
    }
    const missing = missingFeatures();
    if (missing.length > 0) {
      const { notice, sentence } = showUnsupported(parent);
      this.state = { name: "refused", notice };
      tellLoadError(options, sentence);
      throw new Error(`The Connect widget cannot run here, the browser lacks: ${missing.join(", ")}.`);
    }
    return parent;
  }

  private draw(engine: Engine, parent: HTMLElement, options: MountOptions, mine: State): void {
    const handle = engine.mount(parent, options, this.place.environment);
    // A host may call `unmount` from a callback that the engine makes while it is still drawing.
    drawn.add(handle);
    if (this.state === mine) this.state = { name: "mounted", handle };
    else release(handle);
  }

  private unmountQuietly(): void {
    const left = this.state;
    // First, so that a callback made while leaving finds the widget already gone.
    this.state = EMPTY;
    if (left.name === "mounted") release(left.handle);
    if (left.name === "refused") left.notice.remove();
  }
}

function release(handle: Handle): void {
  drawn.delete(handle);
  try {
    handle.unmount();
  } finally {
    handle.free();
  }
}
