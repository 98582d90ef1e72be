/*
 * The call that opens the session (contract rule C1), as the engine will make it: its address and body, from the same
 * options by the same rules (`src/api/path.rs`, `src/options/for_server.rs`). The engine holds what was sent against what
 * it would send (early-session.ts), so a difference costs time and decides nothing. What only the engine can judge, such
 * as an option of the wrong kind, needs no care here.
 */
import type { Environment } from "./engine.js";

/** An object of the host's, whatever is in it. */
type Given = Record<string, any>;

/** What the host configured is told without these: what names it or its business, secrets and callbacks. */
const NOT_SENT =
  ",qaTest,close,closeModal,endpoint,onError,onExit,onSuccess,onEvent,parentElement,widgetId,businessName,businessUuid," +
  "redirectUrl,options,metadata,state,successUrl,";

/** What is larger is not worth sending. */
const MAX_LENGTH = 50_000;

const BUSINESS_NAME = /^[^%[\]\\*|(){}"]{2,40}$/u;

/**
 * Address and body; undefined where no server is named, or no widget.
 * @throws whatever, where the engine will refuse an option, or where reading one throws
 */
export function describeSession(options: Given, environment: Environment): { url: string; body: string } | undefined {
  const { widgetId, businessName, metadata } = options;
  const endpoint =
    readAddress(options.endpoint) || readAddress(environment.dataEndpoint) || readAddress(environment.scriptEndpoint);
  const redirect = readAddress(options.redirectUrl);
  const success = readAddress(options.successUrl);
  const isRefused = (isGiven(businessName) && !BUSINESS_NAME.test(businessName)) || (success && redirect);
  if (!endpoint || !isGiven(widgetId) || isRefused) return undefined;
  const query =
    `businessUuid=${encode(options.businessUuid)}&businessName=${encode(businessName)}` +
    `${redirect && `&redirectUrl=${encode(redirect)}`}&include=connections,integrations`;
  const data = isGiven(metadata) ? `"metadata":${JSON.stringify(metadata)},` : "";
  return {
    url: `${endpoint.replace(/\/+$/, "")}/widget/session/${encode(widgetId)}?${query}`,
    body: `{${data}"options":${writeOptions(options)}}`,
  };
}

/** The switches in the order in which the server is told of them, each with its older name at the top level. */
const SWITCHES =
  "overview summary progressBar navigableProgressBar back search:serviceFilterEnabled close:closeEnabled sandbox watermark " +
  "header:headerEnabled terms helpLink";

function writeOptions(options: Given): string {
  const inner: Given = isGiven(options.options) ? options.options : {};
  const parts: Given = inner.components || {};
  const kinds: Given = inner.kinds || {};
  const told: Given = {};
  for (const name of Object.keys(options)) if (!NOT_SENT.includes(`,${name},`)) told[name] = options[name];
  const components: Given = {};
  for (const names of SWITCHES.split(" ")) {
    const [name = "", older = ""] = names.split(":");
    const usual = name === "watermark" ? !readSwitch(options.removeRailzWatermark, false) : name !== "close";
    components[name] = readSwitch(parts[name], readSwitch(options[older], usual));
  }
  for (const kind of ["accounting", "banking", "commerce"]) {
    components[`${kind}Required`] = readSwitch(parts[`${kind}Required`], false) || String(kinds.hideSkip).split(",").includes(kind);
  }
  Object.assign(told, inner, {
    components,
    sessionTimeout: Math.ceil(inner.sessionTimeout) || 120,
    isModal: !!options.isModal,
  });
  for (const name of ["parentElement", "onError", "onSuccess", "onExit"]) told[`${name}Set`] = isGiven(options[name]);
  try {
    const written = JSON.stringify(told);
    if (written.length < MAX_LENGTH) return written;
  } catch {
    // Something that holds itself: not worth refusing the person for.
  }
  return "{}";
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

function encode(value: unknown): string {
  return isGiven(value) ? encodeURIComponent(String(value)) : "";
}

/** A switch as the engine reads it; `usual` where nobody touched it. */
function readSwitch(value: unknown, usual: boolean): boolean {
  const given = typeof value === "string" ? value.trim() : value;
  return isGiven(given) ? given !== "false" && given != 0 : usual;
}

/** A web address as the browser reads it, empty where none is given. */
function readAddress(value: unknown): string {
  const written = isGiven(value) ? String(value).trim() : "";
  if (written === "") return "";
  const { href, protocol } = new URL(written, document.baseURI);
  if (!/^https?:$/.test(protocol)) throw new Error(protocol);
  return href;
}
