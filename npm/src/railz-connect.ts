/*
 * The class that hosts use, made once for the script tag and once for the ES module: they differ only in where
 * the engine's files are and in what is known about the server. It decides nothing about the journey; it loads
 * the engine, keeps the one handle, and sees to it that every mount ends in exactly one way.
 */
import { asError } from "./as-error.js";
import { ConfigError } from "./config-error.js";
import type { Environment, Handle } from "./engine.js";
import { isForbidden, loadEngine, type Engine, type EngineFiles } from "./load-engine.js";
import { loadLabels } from "./load-labels.js";
import { openModal, type Modal } from "./modal.js";
import { writeOptionsForServer } from "./options-for-server.js";
import { elementOfPage, requireParentElement } from "./parent-element.js";
import { missingFeatures } from "./browser-support.js";
import { openSessionEarly, type EarlySession } from "./early-session.js";
import { completeSoon, readyToDraw } from "./first-screen.js";
import { reportExit, reportLoadError } from "./report-load-error.js";
import { drawSkeleton } from "./skeleton.js";
import type { MountOptions, OpenOptions, RailzConnectClass } from "./types.js";
import { VERSION } from "./version.js";
import { addWayOut, checkHostedUrl } from "./way-out.js";
import { FORBIDDEN, NOT_LOADED, showSentence, UNSUPPORTED } from "./words.js";

/** Where this copy of the package came from. */
export interface PackageSource {
  readonly files: EngineFiles;
  readonly environment: Environment;
}

// One widget on its way to the page or on it; `handle` is there once it is drawn.
interface WidgetMount {
  readonly modal?: Modal;
  session?: EarlySession | undefined;
  // What stands in for the widget: its shape, or a sentence that says why it will not come.
  standIn?: { remove(): void };
  handle?: Handle;
  // The widget's element.
  root?: Element | null;
  // Ends the listening for the engine's end.
  unwatch?: () => void;
  // Tells the host of an exit that the engine does not tell.
  reportExit?: () => void;
  // Closed by the person before it was drawn.
  dismissed?: boolean;
  // Its first screen needed what was deferred: another engine draws it.
  anew?: boolean;
  // Ends the waiting for the engine.
  cancel?: (nothing?: undefined) => void;
}

// wasm-bindgen frees a handle that is garbage, which takes the widget off the page. A host may well keep no reference
// to its instance (`new RailzConnect().mount(…)`), so the handles are kept here until they are released.
const liveHandles = new Set<Handle>();

// When what the first screen does not need is fetched though nothing is mounted.
const PRELOAD_MS = 1_000;

export function defineRailzConnect(source: PackageSource): RailzConnectClass {
  return class RailzConnect {
    static readonly version = VERSION;
    static readonly ConfigError = ConfigError;
    static readonly preload = (): void => {
      if (missingFeatures().length > 0) return;
      // A mount that comes at once has the line to itself.
      loadEngine(source.files).then(({ completeWithin }) => void completeWithin(PRELOAD_MS), () => undefined);
    };
    // Arrow properties, as in 2.23: hosts detach them (`const { mount } = new RailzConnect()`).
    readonly mount: (options: MountOptions) => Promise<void>;
    readonly open: (options: OpenOptions) => Promise<void>;
    readonly unmount: () => void;

    constructor() {
      const widget = new Widget(source);
      this.mount = (options) => widget.mount(options);
      this.open = (options) => widget.open(options);
      this.unmount = () => widget.unmount();
    }
  };
}

class Widget {
  private current: WidgetMount | undefined;
  // What a mount that failed has left for the person to read, so that it can be taken away again.
  private failed: WidgetMount | undefined;

  constructor(private readonly source: PackageSource) {}

  async mount(options: MountOptions): Promise<void> {
    const parent = this.begin(options, requireParentElement, false);
    await this.load(parent, options, {});
  }

  async open(options: OpenOptions): Promise<void> {
    const page = this.begin(options, elementOfPage, true).ownerDocument;
    const modal = openModal(page, () => this.dismiss(mine));
    const mine: WidgetMount = { modal, reportExit: () => reportExit(options) };
    await this.load(modal.place, options, mine);
  }

  unmount(): void {
    if (!this.current && !this.failed) console.warn("RailzConnect: unmount() was called, but nothing is mounted.");
    this.unmountQuietly();
  }

  // The element of the page, where there is nothing in the way of drawing. What earlier tries have left is taken away.
  private begin(options: OpenOptions, element: (options: unknown) => HTMLElement, modal: boolean): HTMLElement {
    // What the person has closed before it was drawn gives way. No engine will tell of its exit any more.
    const before = this.current;
    if (before && !before.dismissed) {
      throw new Error("This RailzConnect is already mounted. Call unmount() first, or make another one.");
    }
    this.unmountQuietly();
    if (before && !before.handle) queueMicrotask(() => before.reportExit?.());
    let parent: HTMLElement;
    try {
      parent = element(options);
      checkHostedUrl(options);
    } catch (fault) {
      reportLoadError(options, asError(fault).message);
      throw fault;
    }
    const missing = missingFeatures();
    clearFailures(parent, modal);
    if (missing.length > 0) {
      this.showFailure(parent, {}, UNSUPPORTED);
      reportLoadError(options, UNSUPPORTED);
      throw new Error(`The Connect widget cannot run here, the browser lacks: ${missing.join(", ")}.`);
    }
    return parent;
  }

  private async load(parent: HTMLElement, options: OpenOptions, mine: WidgetMount): Promise<void> {
    this.current = mine;
    // What stands before the widget, once the engine draws.
    let last: Element | null | undefined;
    try {
      const cancelled = new Promise<undefined>((resolve) => (mine.cancel = resolve));
      const loading = loadEngine(this.source.files);
      const words = loadLabels(options, this.source.files);
      mine.standIn = drawSkeleton(parent, !!mine.modal);
      // A host that mounts and unmounts in one go, as React's StrictMode does, asks for no session.
      await null;
      const optionsForServer = writeOptionsForServer(options);
      if (this.current === mine) mine.session ??= openSessionEarly(options, optionsForServer, this.source.environment);
      const loaded = await Promise.race([Promise.all([loading, words]), cancelled]);
      if (loaded) await Promise.race([readyToDraw(loaded[0], mine), cancelled]);
      // `unmount` came while the engine was on its way: nothing to draw any more, and that is no error.
      if (!loaded || this.current !== mine) return;
      const [{ engine, isComplete }, labels] = loaded;
      if (engine.traps.fault) {
        // Another widget's first screen has ended it, or its deferred module could not be had.
        if (mine.anew || !(engine.traps.fault instanceof WebAssembly.RuntimeError)) throw engine.traps.fault;
        return this.loadAnew(parent, options, mine);
      }
      last = parent.lastElementChild;
      let handle: Handle;
      try {
        handle = engine.mount(parent, options, {
          ...this.source.environment,
          // Nothing but the exit is to be told of what is closed at once: no answer, and no other call for one.
          earlySession: mine.dismissed ? () => cancelled : mine.session?.take,
          optionsForServer,
          loadModule: this.source.files.module,
          labels,
          modal: !!mine.modal,
          gone: () => this.forget(mine),
        });
      } catch (fault) {
        if (!engine.traps.fault || isComplete()) throw fault;
        removeAfter(parent, last);
        return this.loadAnew(parent, options, mine);
      }
      liveHandles.add(handle);
      // A host may call `unmount` from a callback that the engine makes while it is still drawing.
      if (this.current !== mine) return release(handle);
      mine.handle = handle;
      mine.root = parent.lastElementChild;
      if (!isComplete()) completeSoon(loaded[0], mine.root);
      this.watch(engine, parent, options, mine);
      clear(mine);
      if (mine.dismissed) handle.close();
      else mine.modal?.reveal();
    } catch (fault) {
      // What the engine says against an option it has told the host already; all else is told here.
      const error = asError(fault);
      const cancelled = this.current !== mine;
      if (!cancelled) {
        // What the engine had begun to draw when it ended.
        if (last !== undefined) removeAfter(parent, last);
        // A host's mistake leaves nothing; for anything else there is a sentence, in the dialog if there is one to be seen.
        if (error instanceof ConfigError || mine.dismissed || mine.handle) this.unmountQuietly();
        else this.showFailure(parent, mine, isForbidden(error.cause) ? FORBIDDEN : NOT_LOADED, options);
      }
      if (error instanceof ConfigError) throw error;
      if (cancelled) return;
      reportLoadError(options, error.message);
      throw error;
    }
  }

  // Once: an engine that is complete from the start draws whatever comes first.
  private loadAnew(parent: HTMLElement, options: OpenOptions, mine: WidgetMount): Promise<void> {
    console.info("RailzConnect: the first screen needs more of the engine than is there, and is drawn when all of it is.");
    mine.anew = true;
    mine.standIn?.remove();
    mine.session?.offerAgain();
    return this.load(parent, options, mine);
  }

  // A broken engine tells nobody: the page's person and the host hear of it here, and the next mount starts another (load-engine.ts).
  private watch({ traps }: Engine, parent: HTMLElement, options: OpenOptions, mine: WidgetMount): void {
    const stop = (fault: unknown): void => {
      if (this.current !== mine) return;
      this.showFailure(parent, mine, NOT_LOADED, options);
      reportLoadError(options, `The Connect widget stopped. ${fault}`);
    };
    traps.listeners.add(stop);
    mine.unwatch = () => traps.listeners.delete(stop);
  }

  private showFailure(parent: HTMLElement, mine: WidgetMount, sentence: string, options?: OpenOptions): void {
    this.current = undefined;
    takeAway(mine);
    const notice = (mine.standIn = showSentence(parent, sentence));
    if (options) void addWayOut(notice, options);
    mine.modal?.showFailure();
    this.failed = mine;
    failures.set(mine, parent);
  }

  // The engine decides what closing means and tells the host; what is not drawn yet is closed once it can be.
  private dismiss(mine: WidgetMount): void {
    if (this.failed === mine) this.unmountQuietly();
    if (this.current !== mine) return;
    if (mine.handle) {
      mine.handle.close();
      // Closed by the browser against our will, while the engine was leaving the page already.
      if (!mine.modal?.isOpen()) setTimeout(() => this.forget(mine));
    } else if (!mine.dismissed) {
      mine.dismissed = true;
      mine.modal?.hide();
    }
  }

  private forget(mine: WidgetMount): void {
    if (this.current === mine) this.unmountQuietly();
  }

  private unmountQuietly(): void {
    const { current, failed } = this;
    // First, so that a callback made while leaving finds the widget already gone.
    this.current = this.failed = undefined;
    try {
      if (current?.handle) release(current.handle);
    } finally {
      for (const mine of [current, failed]) if (mine) remove(mine);
    }
  }
}

// The sentences that stand on the page, each with its parent. Another instance may be made for the next try.
const failures = new Map<WidgetMount, HTMLElement>();

// Takes away what an earlier failure has left in this place, and in any dialog where a dialog is opened.
function clearFailures(parent: HTMLElement, modal: boolean): void {
  for (const [failed, place] of failures) {
    if (place !== parent && !(failed.modal && modal)) continue;
    remove(failed);
  }
}

function remove(mine: WidgetMount): void {
  takeAway(mine);
  mine.modal?.remove();
}

// All but the dialog. The engine has taken away what is its own, unless it is broken.
function takeAway(mine: WidgetMount): void {
  clear(mine);
  mine.unwatch?.();
  mine.root?.remove();
  if (mine.handle) liveHandles.delete(mine.handle);
}

// Ends what was only there until the widget is: the call that the engine did not take over, and what stood in its place.
function clear(mine: WidgetMount): void {
  failures.delete(mine);
  mine.session?.abandon();
  mine.cancel?.();
  mine.standIn?.remove();
  delete mine.standIn;
}

function removeAfter(parent: HTMLElement, last: Element | null): void {
  while (parent.lastElementChild !== last) parent.lastElementChild?.remove();
}

function release(handle: Handle): void {
  liveHandles.delete(handle);
  try {
    handle.unmount();
  } finally {
    // The engine may be in the middle of a call of this handle's, such as the one that closes it.
    queueMicrotask(() => handle.free());
  }
}
