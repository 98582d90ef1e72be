/*
 * Where the server may be, besides the `endpoint` option: the script tag's `data-endpoint`, and the server that served
 * the script, if one did. Which of them counts is decided in Rust.
 */
import type { Environment } from "./engine.js";

/** A Connect server serves the widget at `<its address>/widget/`, also when it stands under a path of its own. */
const SERVED_BY_CONNECT = /\/widget\/railz-connect\.m?js$/;

/**
 * The endpoints that are known without the options.
 *
 * @param address where this script or module was loaded from; empty when unknown
 * @param dataEndpoint the script tag's `data-endpoint`, if there is one
 */
export function findEndpoints(address: string, dataEndpoint: string | null | undefined): Environment {
  const found: Environment = {};
  const server = servingEndpoint(address);
  if (server !== undefined) found.scriptEndpoint = server;
  if (dataEndpoint) found.dataEndpoint = dataEndpoint;
  return found;
}

function servingEndpoint(address: string): string | undefined {
  if (!/^https?:/.test(address)) return undefined;
  const { origin, pathname } = new URL(address);
  return SERVED_BY_CONNECT.test(pathname) ? origin + pathname.replace(SERVED_BY_CONNECT, "") : undefined;
}
