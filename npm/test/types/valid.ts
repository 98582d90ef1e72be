/*
 * What a host may write. Compiled, never run: the package is found by its own name, through `exports`.
 */
import RailzConnect, { ConfigError, type ErrorCode, type MountOptions, type OpenOptions } from "railz-connect";
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
console.log(version, RailzConnect.ConfigError === ConfigError);
