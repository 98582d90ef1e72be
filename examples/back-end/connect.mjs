// What a back end does beside the widget, with Node alone: it mints a session, checks what the success page received,
// redeems it, and then reads and ends connections. What it is told by itself is in webhook.mjs. Run by hand:
// node connect.mjs mint|check|redeem|list|company|call|disconnect …, with the three settings in the environment.
import { createPublicKey, verify } from "node:crypto";

const settings = {
  connect: process.env.CONNECT_URL, // the Connect server's public_url
  widgetId: process.env.CONNECT_WIDGET_ID,
  secretKey: process.env.CONNECT_SECRET_KEY, // never in a page, never in a repository
};

/** Makes a session for whoever is signed in at your site; `sessionToken` goes to the page, `visitId` stays with you. */
export function mintSession(request) {
  return ask("POST", "/v2/sessions", request);
}

/** Takes a token in: once, and only with your secret key. Repeated with the same `idempotencyKey`, it answers the same. */
export function redeem(connectionToken, idempotencyKey) {
  return ask("POST", "/v2/connections/redeem", { connectionToken }, { "idempotency-key": idempotencyKey });
}

/**
 * Checks a token without asking the server (beside its public keys, which may be kept for an hour). `state` is what you
 * kept with this visitor when you minted their session. Gives the token's claims.
 */
export async function check(connectionToken, state, now = Date.now() / 1000) {
  const [header, payload, signature, ...rest] = connectionToken.split(".");
  if (!signature || rest.length > 0) throw new Error("not a compact JWS");
  const { alg, kid, typ } = decode(header);
  if (alg !== "EdDSA" || typ !== "connection+jwt") throw new Error("not a connectionToken");
  const jwk = (await publicKeys()).find((key) => key.kid === kid);
  if (!jwk) throw new Error("signed by an unknown key");
  const key = createPublicKey({ key: jwk, format: "jwk" });
  if (!verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url"))) {
    throw new Error("the signature does not fit");
  }
  const claims = decode(payload);
  if (claims.iss !== settings.connect) throw new Error("of another server");
  if (claims.aud !== settings.widgetId) throw new Error("for another widget");
  if (claims.exp <= now) throw new Error("ran out");
  if (!state || claims.state !== state) throw new Error("the state is not this visitor's");
  takeOnce(claims, now);
  return claims;
}

/** The connections of a business, oldest first: at most 100 from `offset` on. */
export async function listConnections(businessUuid, offset = 0) {
  const page = await ask("GET", `/v2/connections?${new URLSearchParams({ businessUuid, offset })}`);
  return page?.data ?? [];
}

/** The company that a connection is to. */
export function company(connectionId) {
  return ask("GET", `${pathOf(connectionId)}/company`);
}

/** Reads from the connected service. `path` is what its documentation has, `invoices?page=1`, and never a visitor's text. */
export function callService(connectionId, path) {
  return ask("GET", `${pathOf(connectionId)}/proxy/${path}`);
}

/** Ends a connection, whose tokens are forgotten. The widget offers to connect it again. */
export function disconnect(connectionId) {
  return ask("PUT", "/v2/connections/disconnect", { connectionId });
}

// A token counts once. With several processes, keep this where all of them see it.
const seen = new Map();

function takeOnce({ jti, exp }, now) {
  for (const [id, end] of seen) if (end <= now) seen.delete(id);
  if (seen.has(jti)) throw new Error("was taken already");
  seen.set(jti, exp);
}

async function publicKeys() {
  const answer = await fetch(`${settings.connect}/.well-known/jwks.json`);
  if (!answer.ok) throw new Error(`no public keys: status ${answer.status}`);
  return (await answer.json()).keys;
}

function decode(part) {
  return JSON.parse(Buffer.from(part, "base64url").toString());
}

function pathOf(connectionId) {
  return `/v2/connections/${encodeURIComponent(connectionId)}`;
}

// Behind /proxy/, an error without the header Railz-Proxy-Error is the service's own.
async function ask(method, path, body, headers = {}) {
  const answer = await fetch(settings.connect + path, {
    method,
    headers: { authorization: `Bearer ${settings.secretKey}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (answer.status === 204) return null;
  if (answer.ok) return answer.json();
  const ofTheService = path.includes("/proxy/") && !answer.headers.has("railz-proxy-error");
  if (ofTheService) throw new Error(`the service answered with status ${answer.status}`);
  throw new Error([(await answer.json()).error.message].flat().join(" "));
}

const commands = {
  mint: (businessName, state, successUrl) => mintSession({ businessName, state, successUrl }),
  redeem,
  check: async (state, ...tokens) => {
    const claims = [];
    for (const token of tokens) claims.push(await check(token, state));
    return claims;
  },
  list: listConnections,
  company,
  call: callService,
  disconnect,
};

if (import.meta.filename === process.argv[1]) {
  const [name, ...given] = process.argv.slice(2);
  try {
    console.log(JSON.stringify(await commands[name](...given)));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
