/*
 * The call that opens the session (contract rule C1), as the engine will make it: its address, by the rules of
 * `src/api/path.rs`, and its body. The engine holds what was sent against what it would send (early-session.ts), so a
 * difference costs time and decides nothing. What only the engine can judge, such as an option of the wrong kind, needs no
 * care here.
 */
import type { Environment } from "./engine.js";
import { isGiven, type Given } from "./given.js";
import { describeOptions } from "./options-for-server.js";

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
    body: `{${data}"options":${describeOptions(options)}}`,
  };
}

function encode(value: unknown): string {
  return isGiven(value) ? encodeURIComponent(String(value)) : "";
}

/** A web address as the browser reads it, empty where none is given. */
function readAddress(value: unknown): string {
  const written = isGiven(value) ? String(value).trim() : "";
  if (written === "") return "";
  const { href, protocol } = new URL(written, document.baseURI);
  if (!/^https?:$/.test(protocol)) throw new Error(protocol);
  return href;
}
