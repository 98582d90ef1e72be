"use strict";
// What a page does to link a bank: session, link token, the script that stands in the page already, and what comes back.
const settings = Object.fromEntries(new URLSearchParams(location.search));
window.heard = [];
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
    window.violations.push(`${event.violatedDirective} ${event.blockedURI}`),
);

let bearer = null;
window.call = async (method, path, body) => {
    const headers = { "content-type": "application/json" };
    if (bearer) headers.authorization = `Bearer ${bearer}`;
    const answer = await fetch(settings.endpoint + path, { method, headers, body: body && JSON.stringify(body) });
    return answer.json();
};

const name = encodeURIComponent(settings.businessName);
window.opened = window.call(
    "POST",
    `/widget/session/${settings.widgetId}?businessName=${name}&include=connections,integrations`,
    {},
).then((session) => {
    bearer = session.access_token;
    window.connections = session.connections;
});

const link = async (connectionId) => {
    await window.opened;
    const query = connectionId ? `?connectionId=${connectionId}` : "";
    const { linkToken } = await window.call("POST", `/plaid/createLinkToken${query}`, { redirectUrl: null });
    const handler = window.Plaid.create({
        token: linkToken,
        onEvent: (event, metadata) => window.heard.push({ event, code: metadata.error_code }),
        onExit: (error) => window.heard.push({ exit: error ? error.error_code : "left" }),
        onSuccess: async (publicToken, metadata) => {
            const answer = connectionId
                ? await window.call("PATCH", "/plaid/updateConnection", { connectionId })
                : await window.call("POST", "/plaid/setAccessToken", { publicToken });
            window.status = await window.call("GET", "/widget/status");
            window.connections = window.status;
            window.heard.push({ linked: answer.name, bank: metadata.institution.name });
        },
    });
    handler.open();
};

document.querySelector("#link").addEventListener("click", () => link(null));
document.querySelector("#mend").addEventListener("click", () => link(window.connections[0].connectionId));
