// What a back end does beside the widget, with Node alone: it mints a session, checks what the success page received,
// and redeems it. Run by hand: node connect.mjs mint|check|redeem …, with the three settings in the environment.
import { createPublicKey, verify } from "node:crypto";

const settings = {
  connect: process.env.CONNECT_URL, // the Connect server's public_url
  widgetId: process.env.CONNECT_WIDGET_ID,
  secretKey: process.env.CONNECT_SECRET_KEY, // never in a page, never in a repository
};

/** Makes a session for whoever is signed in at your site; `sessionToken` goes to the page, `visitId` stays with you. */
export function mintSession(request) {
  return post("/v2/sessions", request);
}

/** Takes a token in: once, and only with your secret key. Repeated with the same `idempotencyKey`, it answers the same. */
export function redeem(connectionToken, idempotencyKey) {
  return post("/v2/connections/redeem", { connectionToken }, { "idempotency-key": idempotencyKey });
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

async function post(path, body, headers = {}) {
  const answer = await fetch(settings.connect + path, {
    method: "POST",
    headers: { authorization: `Bearer ${settings.secretKey}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const result = await answer.json();
  if (!answer.ok) throw new Error([result.error.message].flat().join(" "));
  return result;
}

const commands = {
  mint: (businessName, state, successUrl) => mintSession({ businessName, state, successUrl }),
  redeem,
  check: async (state, ...tokens) => {
    const claims = [];
    for (const token of tokens) claims.push(await check(token, state));
    return claims;
  },
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
