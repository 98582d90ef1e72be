/*
 * The engine as this package sees it: what wasm-bindgen writes to engine.js (`--target web`) for the exports of
 * the Rust crate. Kept by hand, because engine.js is built and not under version control.
 */

import type { EarlySession } from "./early-session.js";

/** How the engine finds its server beside the `endpoint` option (see find-endpoints.ts), and what the loader does for it. */
export interface Environment {
  scriptEndpoint?: string;
  dataEndpoint?: string;
  /** Hands over the session call that was made before the engine was there (early-session.ts). */
  earlySession?: EarlySession["take"] | (() => Promise<undefined>) | undefined;
  /** What the server gets of the options, as JSON (options-for-server.ts). */
  optionsForServer?: string;
  /** Fetches a module of `npm/on-demand`; `name` is its file's name without the ending. */
  loadModule?: (name: string) => Promise<unknown>;
  /** The host's own words, where it has some, as the module of labels has read them (`npm/on-demand/label-words.js`). */
  labels?: { find: (word: number) => string | undefined; unknown: string[] } | "missing" | undefined;
  /** The widget stands in a dialog of its own, which can always be closed. */
  modal?: boolean;
  /** Called when a person has closed the widget, and it is off the page. */
  gone?: () => void;
}

/**
 * One mounted widget. `close` does what its close button does, `unmount` takes everything away from the page, `free`
 * gives back the engine's memory.
 */
export interface Handle {
  close(): void;
  unmount(): void;
  free(): void;
}

/** Starts the engine. It draws one screen; all else that it is told waits for the deferred module (npm/engine-calls.mjs). */
export function initSync(input: { module: WebAssembly.Module }): unknown;

/** Gives the engine the functions that its first screen does not need, and does what has waited for them. */
export function initDeferred(module: WebAssembly.Module): void;

/**
 * The build, made from the content of engine.js, engine_bg.wasm, engine_deferred.wasm and `npm/on-demand`; the engine's first
 * import has this name, and the module that its deferred one imports from.
 */
export const build: string;

/** What the engine ended with, if it has, who is told when it does, and how it is ended (npm/engine-calls.mjs). */
export const traps: {
  readonly fault: unknown;
  readonly listeners: Set<(fault: unknown) => void>;
  end(fault: unknown): void;
};

/** Draws a widget. A wrong option throws `{ option, received, expected }`, and `onError` has heard of it by then. */
export function mount(parent: HTMLElement, options: object, environment: Environment): Handle;

/** The version of the Rust crate. */
export function version(): string;
