/*
 * The call that opens the session (contract rule C1), as the engine will make it: its address, by the rules of
 * `src/api/path.rs`, and its body. The engine holds what was sent against what it would send (early-session.ts), so a
 * difference costs a second call. What only the engine can judge, such as an option of the wrong kind, may be refused when
 * a session is open already; the cheap ones are refused here too.
 */
import type { Environment } from "./engine.js";
import { isGiven, type Given } from "./given.js";

const BUSINESS_NAME = /^(?!\s*$)[^\p{Cc}%[\]\\*|{}"]{2,40}$/u;

/** The session call. */
export interface SessionRequest {
  readonly url: string;
  readonly body: string;
  /** Of a session that the host's back end made. */
  readonly authorization: { readonly authorization?: string };
  /** Whether it goes to the Connect server that the loader itself came from. */
  readonly isOurServer: boolean;
}

/**
 * The call; undefined where no server is named, or no widget, or what names the business is no text.
 * @param optionsForServer what the server gets of the options, as JSON
 * @throws whatever, where the engine will refuse an option, or where reading one throws
 */
export function describeSession(options: Given, optionsForServer: string, environment: Environment): SessionRequest | undefined {
  const { widgetId, businessName, businessUuid, metadata, sessionToken, state } = options;
  const ours = readAddress(environment.scriptEndpoint);
  const endpoint = readAddress(options.endpoint) || readAddress(environment.dataEndpoint) || ours;
  let redirect = readAddress(options.redirectUrl);
  // As the host wrote it: what a provider has registered is compared letter by letter.
  const written = String(options.redirectUrl).trim();
  if (redirect && /^https?:\/\//.test(written)) redirect = written;
  const success = readAddress(options.successUrl);
  const isRefused = (isGiven(businessName) && !BUSINESS_NAME.test(businessName)) || (success && redirect);
  const areTexts = [widgetId, businessName, businessUuid, sessionToken, state].every(
    (one) => !isGiven(one) || typeof one === "string",
  );
  // What a page put into every object looks like an option here; the engine tells the two apart.
  const isPolluted = Object.keys(Object.prototype).length > 0;
  if (!endpoint || /[?#@]/.test(endpoint) || !isGiven(widgetId) || isRefused || isPolluted || !areTexts) return undefined;
  const query =
    `businessUuid=${encode(businessUuid)}&businessName=${encode(businessName)}` +
    `${redirect && `&redirectUrl=${encode(redirect)}`}&include=connections,integrations`;
  let body = "";
  for (const [name, value] of Object.entries({ metadata, successUrl: success, state })) {
    const written = isGiven(value) ? JSON.stringify(value) : "";
    if (written === undefined) return undefined;
    body += written && `"${name}":${written},`;
  }
  return {
    url: `${endpoint.replace(/\/+$/, "")}/widget/session/${encode(widgetId)}?${query}`,
    body: `{${body}"options":${optionsForServer}}`,
    authorization: sessionToken ? { authorization: `Bearer ${sessionToken}` } : {},
    isOurServer: endpoint === ours,
  };
}

function encode(value: unknown): string {
  return isGiven(value) ? encodeURIComponent(String(value)) : "";
}

/**
 * A web address as the browser reads it, empty where none is given.
 * @throws TypeError where it is none, Error where it is no http(s) address
 */
export function readAddress(value: unknown): string {
  const written = isGiven(value) ? String(value).trim() : "";
  if (written === "") return "";
  const { href, protocol } = new URL(written, document.baseURI);
  if (!/^https?:$/.test(protocol)) throw new Error(protocol);
  return href;
}
