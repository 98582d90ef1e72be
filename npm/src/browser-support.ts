/*
 * Browsers that cannot run the engine: WebAssembly (also switched off by some lockdown modes) or adopted stylesheets are missing,
 * or container queries, which came after all that the engine is compiled to. So the floor is Chrome and Edge 105, Firefox 110
 * and Safari 16.4. The person gets a plain sentence instead of an empty place.
 */

/** What this browser lacks, in words for the host's developer; empty when it can run the engine. */
export function missingFeatures(): string[] {
  const missing: string[] = [];
  if (typeof WebAssembly !== "object" || typeof WebAssembly.instantiate !== "function") missing.push("WebAssembly");
  if (typeof ShadowRoot !== "function" || !("adoptedStyleSheets" in ShadowRoot.prototype)) {
    missing.push("adopted stylesheets");
  }
  if (typeof CSS !== "object" || !CSS.supports("container-type", "inline-size")) missing.push("container queries");
  return missing;
}
