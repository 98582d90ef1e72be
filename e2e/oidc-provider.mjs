/*
 * npm's `oidc-provider`, a certified OpenID provider, as a provider to sign in at: an independent reading of
 * OAuth 2.0 for the server to meet. It demands PKCE, sends `iss`, and each refresh token is good once. The client
 * `connect-brief` gets access tokens of a few seconds. Only the two small pages for the person are ours, the list
 * of companies, and below /control what journeys ask of it; everything else answers as the package has it.
 *
 * node oidc-provider.mjs <node_modules folder> <port> <callback address of the Connect server>
 */
import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [modules, port, callback] = process.argv.slice(2);
if (!callback) {
  console.error("usage: node oidc-provider.mjs <node_modules folder> <port> <callback address>");
  process.exit(2);
}
const entry = pathToFileURL(path.join(modules, "oidc-provider/lib/index.js"));
const { default: Provider } = await import(entry.href);

const SECRET = "connect-secret-of-the-journeys";
const BRIEF = "connect-brief";
const issuer = `http://openid.localhost:${port}`;
const provider = new Provider(issuer, {
  clients: ["connect", BRIEF].map((client_id) => ({
    client_id,
    client_secret: SECRET,
    redirect_uris: [callback],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
  })),
  ttl: { AccessToken: (_context, _token, client) => (client.clientId === BRIEF ? 4 : 3600) },
  rotateRefreshToken: true,
  pkce: { required: () => true },
  cookies: { keys: ["a key for the journeys only"] },
  features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  issueRefreshToken: async () => true,
});

/* What happened to the brief client, and the refresh tokens that it was given: newest last, never told to anybody. */
const happened = [];
const given = [];
const isBrief = (context) => context.oidc.client?.clientId === BRIEF;
provider.on("grant.success", (context) => {
  console.error("grant.success", context.oidc.params.grant_type);
  if (!isBrief(context)) return;
  given.push(context.body.refresh_token);
  happened.push({ event: context.oidc.params.grant_type, rotated: Boolean(context.oidc.entities.RotatedRefreshToken) });
});
provider.on("grant.revoked", (context) => {
  if (isBrief(context)) happened.push({ event: "revoked", route: context.oidc.route });
});
for (const trouble of ["grant.error", "revocation.error", "authorization.error", "server_error"]) {
  provider.on(trouble, (context, error) => {
    console.error(trouble, error.message, error.error_description ?? "", error.error_detail ?? "");
    if (isBrief(context)) happened.push({ event: trouble, error: error.error, detail: error.error_detail });
  });
}

/* Brings the newest refresh token but one once more, as somebody would who had read an old copy of a database. */
async function replay() {
  const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: given.at(-2) });
  const authorization = `Basic ${Buffer.from(`${BRIEF}:${SECRET}`).toString("base64")}`;
  const answer = await fetch(`http://127.0.0.1:${port}/token`, { method: "POST", headers: { authorization }, body });
  return { status: answer.status, error: (await answer.json()).error };
}

async function control(request, response) {
  const answer = request.method === "POST" ? await replay() : happened;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(answer));
}

const page = (title, button) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<h1>${title}</h1><form method="post"><button id="${button}">Go on</button>
<button id="refuse" name="refuse" value="yes">Refuse</button></form></html>`;

async function body(request) {
  let text = "";
  for await (const part of request) text += part;
  return new URLSearchParams(text);
}

async function finish(request, response) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if ((await body(request)).has("refuse")) {
    const refusal = { error: "access_denied", error_description: "The person said no." };
    return provider.interactionFinished(request, response, refusal);
  }
  if (prompt.name === "login") {
    return provider.interactionFinished(request, response, { login: { accountId: "a-bookkeeper" } });
  }
  const existing = grantId ? await provider.Grant.find(grantId) : undefined;
  const grant = existing ?? new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope((prompt.details.missingOIDCScope ?? []).join(" "));
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
}

async function interact(request, response) {
  if (request.method === "POST") return finish(request, response);
  const { prompt } = await provider.interactionDetails(request, response);
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(prompt.name === "login" ? page("Sign in", "sign-in") : page("Consent", "consent"));
}

/* The companies of whoever signed in: one, so that a page may renew its connection by the business's name. */
async function listCompanies(request, response) {
  const bearer = (request.headers.authorization ?? "").replace(/^Bearer /, "");
  const token = await provider.AccessToken.find(bearer);
  response.statusCode = token ? 200 : 401;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(token ? [{ id: token.accountId, name: "Books of the journeys" }] : []));
}

const answer = provider.callback();
const ownPages = { "/control": control, "/companies": listCompanies };
const server = createServer((request, response) => {
  const ours = request.url.startsWith("/interaction/") ? interact : ownPages[request.url];
  if (!ours) return answer(request, response);
  return ours(request, response).catch((error) => {
    console.error(request.url, error.message);
    response.statusCode = 500;
    response.end("It failed.");
  });
});
server.listen(Number(port), "127.0.0.1", () => console.log(`ready ${issuer}`));
