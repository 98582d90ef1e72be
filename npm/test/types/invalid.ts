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
// @ts-expect-error the token comes later
void mount({ parentElement, widgetId: "W", sessionToken: "a", getSession: () => "b" });
// @ts-expect-error the hosted page has an address
void mount({ parentElement, widgetId: "W", hostedUrl: () => 7 });
// @ts-expect-error seconds are a number
void mount({ parentElement, widgetId: "W", options: { sessionTimeout: "a minute" } });
// @ts-expect-error debug is a boolean
void mount({ parentElement, widgetId: "W", options: { debug: "yes" } });
// @ts-expect-error webhooks have three places
void mount({ parentElement, widgetId: "W", metadata: [{ name: "a", value: "b", webhookLocation: ["cookie"] }] });
// @ts-expect-error an excluded service is one of a list
void mount({ parentElement, widgetId: "W", options: { services: { exclude: "xero" } } });
// @ts-expect-error there is no such kind
void mount({ parentElement, widgetId: "W", options: { kinds: { hideSkip: ["bank"] } } });
// @ts-expect-error a switch is on or off
void mount({ parentElement, widgetId: "W", options: { components: { search: "perhaps" } } });
// @ts-expect-error a colour is a text
void mount({ parentElement, widgetId: "W", theme: { primary: { background: 7 } } });
// @ts-expect-error a label is a text
void mount({ parentElement, widgetId: "W", options: { content: { error: { title: 7 } } } });
// @ts-expect-error country codes are a list
void mount({ parentElement, widgetId: "W", countryCodes: "US" });
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

void mount({
  parentElement,
  widgetId: "W",
  onEvent(name, data) {
    // @ts-expect-error there is no such event
    if (name === "clicked") console.log(data);
    // @ts-expect-error a search says how long it was, and not what was searched for
    if (name === "searchUsed") console.log(data.query);
  },
});

// @ts-expect-error the constructor takes nothing
new RailzConnect({ parentElement });
// @ts-expect-error the methods stay what they are
new RailzConnect().mount = async () => undefined;
