/*
 * What the types refuse. Each line below an `@ts-expect-error` has to be an error, or the compiler complains about
 * the comment.
 */
import RailzConnect from "railz-connect";

declare const parentElement: HTMLElement;
const { mount, open } = new RailzConnect();

// @ts-expect-error no options
void mount();
// @ts-expect-error no widgetId
void mount({ parentElement });
// @ts-expect-error no parentElement
void mount({ widgetId: "W" });
// @ts-expect-error getElementById may find nothing, which is an error at run time
void mount({ parentElement: document.getElementById("connect"), widgetId: "W" });
// @ts-expect-error a selector is no element
void mount({ parentElement: "#connect", widgetId: "W" });
// @ts-expect-error the id is required
void mount({ parentElement, widgetId: null });
// @ts-expect-error one way after success only
void mount({ parentElement, widgetId: "W", successUrl: "/done", redirectUrl: "/done" });
// @ts-expect-error there are two methods
void mount({ parentElement, widgetId: "W", successUrl: "/done", successMethod: "put" });
// @ts-expect-error a misspelt name at the top level
void mount({ parentElement, widgetId: "W", bussinessName: "Acme" });
// @ts-expect-error seconds are a number
void mount({ parentElement, widgetId: "W", options: { sessionTimeout: "a minute" } });
// @ts-expect-error debug is a boolean
void mount({ parentElement, widgetId: "W", options: { debug: "yes" } });
// @ts-expect-error webhooks have three places
void mount({ parentElement, widgetId: "W", metadata: [{ name: "a", value: "b", webhookLocation: ["cookie"] }] });
// @ts-expect-error metadata is a list
void mount({ parentElement, widgetId: "W", metadata: { loan: 17 } });

// @ts-expect-error a dialog needs its widgetId too
void open({});
// @ts-expect-error and goes one way after success
void open({ widgetId: "W", successUrl: "/done", redirectUrl: "/done" });

void mount({
  parentElement,
  widgetId: "W",
  onSuccess(event, payload) {
    // @ts-expect-error there is no such event
    if (event === "loaded") console.log(event);
    // @ts-expect-error only an authorization has a connection
    console.log(payload.connectionUuid);
  },
  onError(event, payload) {
    // @ts-expect-error a timeout has no other code
    if (event === "timeout" && payload.error.errorCode === "general") console.log(payload);
    // @ts-expect-error there is no such code
    if (payload.error.errorCode === "unknown") console.log(payload);
  },
  // @ts-expect-error exit has no error
  onExit: (_event, payload) => console.log(payload.error),
});

// @ts-expect-error the constructor takes nothing
new RailzConnect({ parentElement });
// @ts-expect-error the methods stay what they are
new RailzConnect().mount = async () => undefined;
