/*
 * Browsers that cannot run the engine: WebAssembly (also switched off by some lockdown modes), adopted stylesheets, or
 * the colours of its stylesheet (`light-dark()`) are missing. The person gets a plain sentence instead of an empty place.
 */

/** What this browser lacks, in words for the host's developer; empty when it can run the engine. */
export function missingFeatures(): string[] {
  const missing: string[] = [];
  if (typeof WebAssembly !== "object" || typeof WebAssembly.instantiate !== "function") missing.push("WebAssembly");
  if (typeof ShadowRoot !== "function" || !("adoptedStyleSheets" in ShadowRoot.prototype)) {
    missing.push("adopted stylesheets");
  }
  if (typeof CSS !== "object" || !CSS.supports("color", "light-dark(#000, #fff)")) missing.push("light-dark() colours");
  return missing;
}
