/*
 * The host's own words, where it has some: what reads them is a module of `npm/on-demand`, fetched beside the engine, so that
 * the first screen has them. Without it the widget comes with words of its own, and the engine says so.
 */
import type { Environment } from "./engine.js";
import type { Given } from "./given.js";
import type { EngineFiles } from "./load-engine.js";
import { BUILD } from "./version.js";

/** Nobody waits longer for words: as long as for a form (`src/effects/guide.rs`). */
const LIMIT_MS = 20_000;

interface LabelModule {
  readonly build: string;
  readonly readLabels: (content: unknown) => Environment["labels"];
}

/** One for all widgets that are on their way; forgotten where it cannot be had. */
let loading: Promise<LabelModule> | undefined;

/** What the engine gets of the host's words: nothing where it gives none but its name. */
export async function loadLabels(options: Given, files: EngineFiles): Promise<Environment["labels"]> {
  let missing: "missing" | undefined;
  try {
    const { content } = options.options;
    if (Object.keys(content).every((key) => key === "companyName")) return undefined;
    missing = "missing";
    const { build, readLabels } = await (loading ||= inTime(files.module("labels") as Promise<LabelModule>));
    // A file beside the loader may be of another build, whose words have other numbers.
    if (build === BUILD) return readLabels(content);
  } catch {
    // None are given, or the module cannot be had.
  }
  if (missing) loading = undefined;
  return missing;
}

function inTime<T>(coming: Promise<T>): Promise<T> {
  let limit: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => (limit = setTimeout(reject, LIMIT_MS)));
  return Promise.race([coming, late]).finally(() => clearTimeout(limit));
}
