/*
 * What `mount` rejects with when an option is wrong. One shape whether the mistake was found here (only
 * `parentElement` is) or by the engine, which throws the same three fields as a plain object.
 */

/** A wrong option: which one, what came, and what would be right. All three are words for the host's developer. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** The option by its name in `MountOptions`, such as `"widgetId"` or `"options.sessionTimeout"`. */
  readonly option: string;
  /** What was given, in words. */
  readonly received: string;
  /** What would be right, in words. */
  readonly expected: string;

  constructor(fault: { option: string; received: string; expected: string; message?: string }) {
    super(fault.message || `The option ${fault.option} is ${fault.received}, but must be ${fault.expected}.`);
    this.option = fault.option;
    this.received = fault.received;
    this.expected = fault.expected;
  }
}
