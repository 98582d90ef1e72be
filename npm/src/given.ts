/*
 * What a host gives: anything at all, and null, undefined and "" are nothing (`crates/flow/src/config/raw_value.rs`).
 */

/** An object of the host's, whatever is in it. */
// The values are looked at one by one.
export type Given = Record<string, any>;

/** Whether anything was given. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
