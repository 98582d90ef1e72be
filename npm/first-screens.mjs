/*
 * The page of profile-engine.mjs: draws the ordinary first screens, with what hosts give and without, and tells which functions
 * the engine called while it drew.
 */
import RailzConnect from "/railz-connect.mjs";

const everything = {
  successUrl: "/done",
  successMethod: "get",
  state: "abc",
  closeRedirectUrl: "/closed",
  metadata: [{ name: "plan", value: "starter", webhookLocation: ["header"] }],
  theme: {
    primary: {
      background: "#224466",
      backgroundHover: "#335577",
      backgroundActive: "#446688",
      foreground: "#ffffff",
      foregroundHover: "rgb(250 250 250)",
      foregroundActive: "white",
    },
    secondary: { background: "#eeeeee", foreground: "#111111" },
    fontFamily: "Georgia, serif",
    logo: { url: "data:image/gif;base64,R0lGODlhAQABAAAAACw=", style: { width: "40px" } },
  },
  brandColor: "#224466",
  accentColor: "#aa3300",
  language: "en",
  countryCodes: ["GB", "DE"],
  onSuccess() {},
  onError() {},
  onExit() {},
  onEvent() {},
};

const components = {
  search: true,
  close: true,
  sandbox: true,
  watermark: false,
  terms: true,
  termsTitle: "Terms",
  termsBody: "https://host.example/terms",
  header: true,
  helpLink: true,
  helpLinkTitle: "Help",
  helpLinkBody: "https://host.example/help",
  summary: true,
  progressBar: true,
  navigableProgressBar: true,
  back: true,
  accountingRequired: true,
  bankingRequired: false,
  commerceRequired: "true",
};

const content = {
  companyName: "Acme",
  step: {
    accounting: { title: "Books of {{businessName}}", subTitle: "{{customerName}} and {{companyName}} ask" },
    overview: { title: "Welcome", subTitle: "To {{customerName}}" },
  },
  header: { back: "{{button}} and back" },
};
const services = { exclude: ["xero"] };
const picker = { components: { overview: false } };

const given = [
  { businessName: "plain", options: picker },
  { businessName: "plain" },
  { businessName: "all-kinds" },
  { businessName: "all-kinds", options: picker },
  { businessName: "one-service", options: picker },
  { businessName: "golden", options: picker },
  ...["another-server", "with-mock-data", "with-sandbox-form", "many-services"].flatMap((businessName) => [
    { businessName },
    { businessName, options: picker },
  ]),
  { options: picker },
  { sessionToken: "token", options: picker },
  { businessUuid: "BIZ-0b0ad5a5-6a3a-4f43-9d8e-0b6f7d1c2a11" },
  { businessName: "plain", redirectUrl: "https://host.example/done", options: { ...picker, debug: true, services } },
  { businessName: "all-kinds", ...everything, options: { debug: true, sessionTimeout: 60, content, services, components: { ...components, overview: true } } },
  { businessName: "plain", ...everything, options: { content, services, kinds: { hideSkip: ["banking"] }, components: { ...components, overview: false } } },
  { businessName: "golden", ...everything, options: { content, components: { ...components, overview: "false", search: "false", header: false } } },
  ...["commerce", "banking", "free-plan", "pay-as-you-go"].flatMap((businessName) => [
    { businessName, options: { content } },
    { businessName, options: { ...picker, content, sessionTimeout: "60" } },
  ]),
];

/** What the engine refuses before it draws anything. */
const refused = [{ closeRedirectUrl: 7 }, { businessName: 7 }, { successUrl: "/done", redirectUrl: "/done" }];

const SETTLED_MS = 300;
const called = new Set();
let last;
try {
  for (const options of [...given, ...refused]) {
    last = options;
    const parentElement = document.body.appendChild(document.createElement("div"));
    const widget = new RailzConnect();
    globalThis.profile = called;
    const mounting = widget.mount({ ...options, widgetId: "PROD_1", endpoint: location.origin, parentElement });
    await (refused.includes(options) ? mounting.then(() => Promise.reject(new Error("not refused")), () => undefined) : mounting);
    globalThis.profile = undefined;
    if (!refused.includes(options)) widget.unmount();
    parentElement.remove();
    // What has waited for the deferred module, and what ends with the widget, is no part of the next first screen.
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  }
  await tell({ called: [...called] });
} catch (fault) {
  await tell({ fault: `${fault.stack} ${[...document.querySelectorAll("p")].map((one) => one.textContent)} after ${called.size} functions, ${JSON.stringify(last)}` });
}

function tell(what) {
  return fetch("/profile", { method: "POST", body: JSON.stringify(what) });
}
