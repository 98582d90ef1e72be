/*
 * The engine's load, once a page: script tag, ES module and every instance share it through a symbol that carries
 * version and build. Glue and engine are fetched side by side, the engine is compiled while it travels, and its deferred module
 * follows once the first screen stands: it would take line and processor from it. A load that failed is forgotten, so that a
 * later mount tries again.
 */
import type * as engineModule from "./engine.js";
import { BUILD, VERSION } from "./version.js";

export type Engine = typeof engineModule;

/** An engine that is started, and draws its first screen. */
export interface LoadedEngine {
  readonly engine: Engine;
  /** Has its deferred module fetched, once; resolves when it can do all else too, or has ended without. */
  complete(): Promise<void>;
  /** The same, so many milliseconds from now at the latest. */
  completeWithin(limit: number): Promise<void>;
  isComplete(): boolean;
  /** Whether the one who asks is the first widget of this engine: no other depends on it yet. */
  isFirst(): boolean;
}

/** Where the engine's files are. */
export interface EngineFiles {
  /** Imports engine.js; `anew` where the one that was imported is broken. */
  readonly glue: (anew?: boolean) => Promise<Engine>;
  /** The address of engine_bg.wasm. */
  readonly wasm: () => string | URL;
  /** The address of engine_deferred.wasm. */
  readonly deferred: () => string | URL;
  /** Imports a module of `npm/on-demand`. */
  readonly module: (name: string) => Promise<unknown>;
}

const KEY = Symbol.for(`railz-connect@${VERSION}-${BUILD}`);
const page = globalThis as { [KEY]?: Promise<LoadedEngine> | undefined };

/**
 * The page's engine, started.
 * @throws Error saying which file could not be had, or what kept it from starting.
 */
export function loadEngine(files: EngineFiles): Promise<LoadedEngine> {
  const loading = (page[KEY] ??= start(files).catch((fault: unknown) => {
    delete page[KEY];
    throw describe(fault);
  }));
  // Nobody may be waiting for it: it was preloaded, or the mount has failed already.
  loading.catch(() => undefined);
  return loading;
}

// Nobody waits longer; the person reads after a quarter of it that something is wrong (skeleton.ts).
const LIMIT_MS = 120_000;

// A file of the engine that did not come is asked for again this often, after a pause: its first screen stands already.
const TRIES = 3;
const TRY_MS = 15_000;
const PAUSE_MS = 1_000;

async function start(files: EngineFiles): Promise<LoadedEngine> {
  const [engine, module] = await inTime(LIMIT_MS, (signal) =>
    // The larger one is asked for first.
    Promise.all([compile(files.wasm(), signal), importGlue(files)]).then(([module, glue]) => [glue, module] as const),
  );
  // The first thing that the engine imports is called after the build that made it and the glue (short-names.mjs).
  if (engine.build !== BUILD || WebAssembly.Module.imports(module)[0]?.name !== BUILD) throw new Error(MISMATCH);
  engine.initSync({ module });
  let isComplete = false;
  let completing: Promise<void> | undefined;
  let finish: () => void;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A broken one is good for nothing any more; the next mount starts another.
  engine.traps.listeners.add(() => {
    delete page[KEY];
    clearTimeout(timer);
    completing ??= finished;
    finish();
  });
  const complete = (): Promise<void> => {
    clearTimeout(timer);
    completing ??= compileDeferred(files)
      .then((module) => {
        isComplete = true;
        engine.initDeferred(module);
      })
      .catch((fault: unknown) => engine.traps.end(describe(fault)))
      .then(finish);
    return finished;
  };
  const completeWithin = (limit: number): Promise<void> => {
    clearTimeout(timer);
    if (!completing) timer = setTimeout(complete, limit);
    return finished;
  };
  let asked = 0;
  return {
    engine,
    complete,
    completeWithin,
    isComplete: () => isComplete,
    isFirst: () => (asked += 1) === 1,
  };
}

async function importGlue({ glue }: EngineFiles): Promise<Engine> {
  const engine = await glue();
  return engine.traps.fault ? glue(true) : engine;
}

const MISMATCH = "The files of railz-connect are of different builds: deploy those of one together.";

async function compileDeferred(files: EngineFiles): Promise<WebAssembly.Module> {
  for (let tried = 1; ; tried += 1) {
    try {
      const cache = tried === 1 ? "default" : "reload";
      const module = await inTime(TRY_MS, (signal) => compile(files.deferred(), signal, cache));
      // What it imports of the engine comes from a module that is called after the build. A cache may have that of another.
      if (WebAssembly.Module.imports(module).some((one) => one.module === BUILD)) return module;
      throw new Error(MISMATCH);
    } catch (fault) {
      // No policy forbids it: the engine was compiled.
      if (tried === TRIES) throw isForbidden(fault) ? new Error(`${files.deferred()}: ${(fault as Error).message}`) : fault;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** What is asked for, if it comes within so many milliseconds. */
async function inTime<T>(limitMs: number, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  // First: what cannot even be asked for leaves no timer behind.
  const asked = ask(controller.signal);
  let limit: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    limit = setTimeout(() => {
      reject(new Error(`The engine's files did not come within ${limitMs / 1000} seconds.`));
      controller.abort();
    }, limitMs);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(limit));
}

async function compile(address: string | URL, signal: AbortSignal, cache?: RequestCache): Promise<WebAssembly.Module> {
  const response = await fetch(address, cache ? { signal, cache } : { signal });
  if (!response.ok) throw new Error(`${address} was answered with status ${response.status}.`);
  const type = String(response.headers.get("content-type"));
  // What a single-page site answers in the place of a file that it has not got.
  if (type.startsWith("text/html")) throw new Error(`${address} was answered with a page.`);
  return type === "application/wasm"
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/** Whether a Content-Security-Policy forbids WebAssembly; each browser has an error of its own for it. */
export function isForbidden(fault: unknown): boolean {
  return fault instanceof WebAssembly.CompileError || fault instanceof EvalError;
}

function describe(fault: unknown): Error {
  return new Error(`The Connect widget could not be loaded. ${explain(fault)}`, { cause: fault });
}

function explain(fault: unknown): string {
  const reason = fault instanceof Error ? fault.message : String(fault);
  // The browsers' own words name the policy, but not always what to write into it.
  return isForbidden(fault)
    ? `${reason} (A Content-Security-Policy needs 'wasm-unsafe-eval' in script-src.)`
    : reason;
}
