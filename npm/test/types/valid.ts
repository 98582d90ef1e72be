/*
 * What a host may write. Compiled, never run: the package is found by its own name, through `exports`.
 */
import RailzConnect, {
  ConfigError,
  type ErrorCode,
  type MountOptions,
  type OnEvent,
  type OpenOptions,
  type Outcome,
} from "railz-connect";
import type {} from "railz-connect/railz-connect.js";

declare const parentElement: HTMLElement;
declare const maybe: string | undefined;
declare const nullable: string | null;

const widget: RailzConnect = new RailzConnect();
const mounting: Promise<void> = widget.mount({ parentElement, widgetId: "PROD_1" });
const { mount, open, unmount } = widget;
unmount();

// A dialog needs no place.
void open({ widgetId: "W" });
void open({ widgetId: "W", parentElement: null, closeRedirectUrl: "/closed" });
const opening: OpenOptions = { widgetId: "W", parentElement, successUrl: "/done" };
void open(opening);

// The way after success: one page, the other, or none, also when a variable may be empty.
void mount({ parentElement, widgetId: "W", successUrl: "/done", successMethod: "get", state: "abc" });
void mount({ parentElement, widgetId: "W", redirectUrl: "/done" });
void mount({ parentElement, widgetId: "W", successUrl: "/done", redirectUrl: "" });
void mount({ parentElement, widgetId: "W", successUrl: null, redirectUrl: "/done" });
void mount({ parentElement, widgetId: "W", successUrl: maybe });
void mount({ parentElement, widgetId: "W", successUrl: new URL("https://host.example/done") });
void mount({ parentElement, widgetId: "W", redirectUrl: nullable });

// Absent is undefined, null or "", everywhere but in what is required.
void mount({
  parentElement,
  widgetId: "W",
  businessName: maybe,
  businessUuid: nullable,
  successMethod: "",
  closeRedirectUrl: null,
  metadata: null,
  endpoint: undefined,
  onSuccess: null,
  onError: undefined,
  onExit: null,
  options: null,
});

// Everything at once.
const all: MountOptions = {
  sessionToken: "a token of your back end",
  getSession: async ({ widgetId, businessName }) => ({ sessionToken: `${widgetId} ${businessName ?? ""}` }),
  parentElement,
  widgetId: "W",
  businessName: "Acme Bakery",
  businessUuid: "BIZ-1",
  successUrl: "/done",
  successMethod: "post",
  state: "abc",
  closeRedirectUrl: "/closed",
  metadata: [{ name: "loan", value: "17", webhookLocation: ["header", "body"] }],
  endpoint: "https://connect.example",
  hostedUrl: async () => (await fetch("/hosted", { method: "POST" })).text(),
  options: { sessionTimeout: 60, debug: true, components: { search: false } },

  // The name of the event narrows the payload.
  onSuccess(event, payload) {
    const name: string = payload.businessName;
    if (event === "authorization") {
      const ids: string[] = [payload.connectionUuid, payload.serviceName, payload.serviceAccountRef?.id ?? name];
      console.log(ids);
    } else {
      const load: "load" = event;
      console.log(load);
    }
  },
  onError(event, payload) {
    const code: ErrorCode = payload.error.errorCode;
    if (event === "timeout") {
      const timeout: "timeout" = payload.error.errorCode;
      console.log(timeout);
    }
    if (event === "authorization" && payload.error.errorCode === "businessNotFound") console.log(code);
    const message: string = payload.error.errorMessage;
    console.log(message, payload.connectionUuid?.length, payload.error.rawError);
  },
  onExit(event, payload) {
    const exit: "exit" = event;
    console.log(exit, payload.businessUuid);
  },
};
void mount(all);

// What 2.23 takes, by its old names and its new ones.
void mount({
  parentElement,
  widgetId: "W",
  closeEnabled: true,
  serviceFilterEnabled: "false",
  headerEnabled: null,
  removeRailzWatermark: undefined,
  brandColor: "1D1F48",
  accentColor: "#4ACC3C",
  language: "en",
  countryCodes: ["US", "CA"],
  qaTest: false,
  theme: {
    primary: { background: "#123456", foregroundHover: "white" },
    secondary: { background: "teal" },
    fontFamily: "Inter, sans-serif",
    logo: { url: "/logo.svg", style: { maxWidth: "8em", opacity: 0.9 } },
  },
  options: {
    services: { exclude: ["xero", "plaid"] },
    kinds: { hideSkip: ["accounting"] },
    content: { companyName: "Acme", step: { accounting: { title: "Books for {{businessName}}" } }, terms: { link: null } },
    components: {
      close: true,
      terms: false,
      helpLinkTitle: "help.example",
      overview: false,
      progressBar: true,
      bankingRequired: true,
      anOlderOne: 7,
    },
  },
});

// What can be counted: the name narrows the data.
const counting: OnEvent = (name, data) => {
  if (name === "outcome") {
    const told: [string, Outcome, ErrorCode | undefined] = [data.serviceName, data.outcome, data.errorCode];
    console.log(told);
  }
  if (name === "searchUsed") console.log(data.length.toFixed());
  if (name === "serviceSelected" && data.reconnect) console.log(data.serviceName);
};
void mount({ parentElement, widgetId: "W", onEvent: counting });
void mount({ parentElement, widgetId: "W", onEvent: (name: string, data: object) => console.log(name, data) });

// Handlers written for 2.23, with wide types.
void mount({ parentElement, widgetId: "W", onSuccess: (event: string, payload: object) => console.log(event, payload) });
void mount({ parentElement, widgetId: "W", onError: () => undefined });

mounting.catch((error: unknown) => {
  if (error instanceof ConfigError) {
    const told: [string, string, string] = [error.option, error.received, error.expected];
    console.log(told, error.message);
  }
});

// The global of the script tag is the same class.
const byTag: RailzConnect = new globalThis.RailzConnect();
byTag.unmount();
const version: string = RailzConnect.version;
declare const button: HTMLButtonElement;
button.addEventListener("pointerenter", RailzConnect.preload);
console.log(version, RailzConnect.ConfigError === ConfigError);
