/*
 * What the server gets of the options with the session call (contract rule C1): what the host configured, for statistics,
 * without what names it or its business, and without secrets and callbacks. It is made here and not in the engine because
 * the session is asked for before the engine is there; the engine sends it as it comes (`environment.optionsForServer`).
 */
import { isGiven, type Given } from "./given.js";

/** Not sent, each between commas. */
const NOT_SENT =
  ",qaTest,close,closeModal,endpoint,onError,onExit,onSuccess,onEvent,parentElement,widgetId,businessName,businessUuid," +
  "redirectUrl,options,metadata,state,successUrl,sessionToken,hostedUrl,";

/** In characters. A logo within a `data:` address is larger. */
const MAX_LENGTH = 50_000;

/** The switches in the order in which the server is told of them, each with its older name at the top level. */
const SWITCHES =
  "overview summary progressBar navigableProgressBar back search:serviceFilterEnabled close:closeEnabled sandbox watermark " +
  "header:headerEnabled terms helpLink";

/** The options as JSON; `{}` where that is not possible, or is large: not worth refusing the person for. */
export function writeOptionsForServer(options: Given): string {
  try {
    const written = JSON.stringify(collect(options));
    if (written.length < MAX_LENGTH) return written;
  } catch {
    // Something that holds itself, or throws when it is read.
  }
  return "{}";
}

function collect(options: Given): Given {
  const inner: Given = isGiven(options.options) ? options.options : {};
  const parts: Given = inner.components || {};
  const kinds: Given = inner.kinds || {};
  const collected: Given = {};
  for (const name of Object.keys(options)) if (!NOT_SENT.includes(`,${name},`)) collected[name] = options[name];
  const components: Given = {};
  for (const names of SWITCHES.split(" ")) {
    const [name = "", older = ""] = names.split(":");
    const usual = name === "watermark" ? !readSwitch(options.removeRailzWatermark, false) : name !== "close";
    components[name] = readSwitch(parts[name], readSwitch(options[older], usual));
  }
  for (const kind of ["accounting", "banking", "commerce"]) {
    components[`${kind}Required`] = readSwitch(parts[`${kind}Required`], false) || String(kinds.hideSkip).split(",").includes(kind);
  }
  Object.assign(collected, inner, {
    components,
    sessionTimeout: Math.ceil(inner.sessionTimeout) || 120,
    isModal: !!options.isModal,
  });
  for (const name of ["parentElement", "onError", "onSuccess", "onExit"]) collected[`${name}Set`] = isGiven(options[name]);
  return collected;
}

/** A switch as the engine reads it; `usual` where nobody touched it. */
function readSwitch(value: unknown, usual: boolean): boolean {
  const given = typeof value === "string" ? value.trim() : value;
  return isGiven(given) ? given !== "false" && given != 0 : usual;
}
