/*
 * The engine's load, once a page: script tag, ES module and every instance share it through a symbol that carries
 * version and build. The two files are fetched side by side, the engine is compiled while it travels, and a load that failed is
 * forgotten, so that a later mount tries again.
 */
import type * as engineModule from "./engine.js";
import { BUILD, VERSION } from "./version.js";

export type Engine = typeof engineModule;

/** Where the engine's two files are. */
export interface EngineFiles {
  /** Imports engine.js; `anew` where the one that was imported is broken. */
  readonly glue: (anew?: boolean) => Promise<Engine>;
  /** The address of engine_bg.wasm. */
  readonly wasm: () => string | URL;
  /** Imports a module of `npm/on-demand`. */
  readonly module: (name: string) => Promise<unknown>;
}

const KEY = Symbol.for(`railz-connect@${VERSION}-${BUILD}`);
const page = globalThis as { [KEY]?: Promise<Engine> | undefined };

/**
 * The page's engine, started.
 * @throws Error saying which file could not be had, or what kept it from starting.
 */
export function loadEngine(files: EngineFiles): Promise<Engine> {
  const loading = (page[KEY] ??= start(files).catch((fault: unknown) => {
    delete page[KEY];
    throw new Error(`The Connect widget could not be loaded. ${explain(fault)}`, { cause: fault });
  }));
  // Nobody may be waiting for it: it was preloaded, or the mount has failed already.
  loading.catch(() => undefined);
  return loading;
}

// Nobody waits longer; the person reads after a quarter of it that something is wrong (skeleton.ts).
const LIMIT_MS = 120_000;

async function start(files: EngineFiles): Promise<Engine> {
  // The larger one is asked for first.
  const controller = new AbortController();
  const compiling = compile(files.wasm(), controller.signal);
  const glue = files.glue().then((engine) => (engine.traps.fault ? files.glue(true) : engine));
  const loading = Promise.all([glue, compiling]);
  let limit: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    limit = setTimeout(() => {
      reject(new Error(`The engine's files did not come within ${LIMIT_MS / 1000} seconds.`));
      controller.abort();
    }, LIMIT_MS);
  });
  const [engine, module] = await Promise.race([loading, late]).finally(() => clearTimeout(limit));
  // The first thing that the engine imports is called after the build that made it and the glue (short-names.mjs).
  if (engine.build !== BUILD || WebAssembly.Module.imports(module)[0]?.name !== BUILD) {
    throw new Error("railz-connect, engine.js and engine_bg.wasm are of different builds: deploy the files of one together.");
  }
  engine.initSync({ module });
  // A broken one is good for nothing any more; the next mount starts another.
  engine.traps.listeners.add(() => delete page[KEY]);
  return engine;
}

async function compile(address: string | URL, signal: AbortSignal): Promise<WebAssembly.Module> {
  const response = await fetch(address, { signal });
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

function explain(fault: unknown): string {
  const reason = fault instanceof Error ? fault.message : String(fault);
  // The browsers' own words name the policy, but not always what to write into it.
  return isForbidden(fault)
    ? `${reason} (A Content-Security-Policy needs 'wasm-unsafe-eval' in script-src.)`
    : reason;
}
