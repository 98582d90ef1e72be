/*
 * What comes out of the engine's `mount` is anything that JavaScript can throw; what `mount` here rejects with is
 * always an Error.
 */
import { ConfigError } from "./config-error.js";

/** The engine's plain object `{ option, received, expected }` becomes a `ConfigError`, an Error stays itself. */
export function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  if (typeof thrown === "object" && thrown !== null && "option" in thrown) {
    const { option, received, expected, message } = thrown as Record<string, unknown>;
    return new ConfigError({
      option: String(option),
      received: String(received),
      expected: String(expected),
      // The sentence that onError has heard.
      ...(typeof message === "string" ? { message } : {}),
    });
  }
  return new Error(String(thrown));
}
