/*
 * npm's `oidc-provider`, a certified OpenID provider, as a provider to sign in at: an independent reading of
 * OAuth 2.0 for the server to meet. It demands PKCE and sends `iss`. Only the two small pages for the person
 * are ours; everything else answers as the package has it.
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

const issuer = `http://openid.localhost:${port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "connect",
      client_secret: "connect-secret-of-the-journeys",
      redirect_uris: [callback],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
    },
  ],
  pkce: { required: () => true },
  cookies: { keys: ["a key for the journeys only"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  issueRefreshToken: async () => true,
});
provider.on("grant.success", () => console.error("grant.success"));
for (const trouble of ["grant.error", "authorization.error", "server_error"]) {
  provider.on(trouble, (_context, error) => console.error(trouble, error.message, error.error_description ?? ""));
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

const answer = provider.callback();
const server = createServer((request, response) => {
  if (!request.url.startsWith("/interaction/")) return answer(request, response);
  return interact(request, response).catch((error) => {
    console.error("interaction", error.message);
    response.statusCode = 500;
    response.end("The interaction failed.");
  });
});
server.listen(Number(port), "127.0.0.1", () => console.log(`ready ${issuer}`));
