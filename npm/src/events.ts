/*
 * The three callbacks. Each is `(eventName, payload)`, and the name tells which payload it is: TypeScript narrows
 * the second parameter when the first is compared. Names and keys are those of 2.23.
 */

/** One value that the server keeps with the business, echoes in every callback and adds to webhooks. */
export interface MetadataEntry {
  name: string;
  value: string;
  /** Where a webhook carries it. */
  webhookLocation: ("header" | "body" | "query")[];
}

/** Who the event is about, as the server knows it. */
export interface Business {
  businessName: string;
  businessUuid: string;
  /** The server's echo of `metadata`. */
  metadata: MetadataEntry[] | null;
}

/** A service is connected. */
export interface Authorization extends Business {
  /** The connection's id. */
  connectionUuid: string;
  /** The service's id, such as `"quickbooks"`. */
  serviceName: string;
  /** The account at the service, where the service names one. */
  serviceAccountRef?: { id: string; entityRef?: { id: string } };
}

/** While loading, or without a code of its own. The second is a name of 2.23 that is not in use. */
export type LoadErrorCode = "general" | "reauthorizationRequired";

/** What kept a service from being connected. */
export type AuthorizationErrorCode =
  | "authentication"
  | "businessNotFound"
  | "duplicateAccount"
  | "insufficientPermission"
  | "unauthorizedClientIdKey"
  | "unauthorizedCredentials";

/** Every `errorCode`. */
export type ErrorCode = LoadErrorCode | AuthorizationErrorCode | "timeout";

/** The payload of `onError`. What is not known yet is absent. */
export interface Failure<Code extends ErrorCode = ErrorCode> {
  businessName?: string;
  businessUuid?: string;
  metadata?: MetadataEntry[] | null;
  connectionUuid?: string;
  serviceName?: string;
  error: {
    errorCode: Code;
    /** A sentence for people. */
    errorMessage: string;
    /** What the server said, for a log. Never a credential or a token. */
    rawError?: string;
  };
}

/** `load`: the widget is there. `authorization`: a service is connected. */
export type OnSuccess = (
  ...event: [eventName: "load", payload: Business] | [eventName: "authorization", payload: Authorization]
) => void;

/** `timeout` ends the waiting and not the sign-in: an `authorization` may still follow it. */
export type OnError = (
  ...event:
    | [eventName: "load", payload: Failure<LoadErrorCode>]
    | [eventName: "authorization", payload: Failure<AuthorizationErrorCode>]
    | [eventName: "timeout", payload: Failure<"timeout">]
) => void;

/** The person closed the widget. */
export type OnExit = (eventName: "exit", payload: Business) => void;

/** How an attempt ended, in one word. After `timeout` another outcome of the same attempt may follow. */
export type Outcome = "connected" | "duplicate" | "refused" | "failed" | "timeout";

/**
 * What can be counted, by name and data. The names stay as they are; new ones and new keys may come, so a handler should
 * pass over what it does not know.
 */
export type FunnelEvent =
  /** The services are there to be seen. */
  | [name: "opened", data: Record<string, never>]
  /** A service was picked, or an existing connection to it was to be renewed. */
  | [name: "serviceSelected", data: { serviceName: string; reconnect: boolean }]
  /** An attempt to connect began. */
  | [name: "signInStarted", data: { serviceName: string }]
  /** The browser did not open the window; a link stands in for it. */
  | [name: "windowBlocked", data: { serviceName: string }]
  /** The window is gone, or cut off from this page. Nothing is settled by that. */
  | [name: "windowClosed", data: { serviceName: string }]
  /** The window was opened once more. */
  | [name: "windowReopened", data: { serviceName: string }]
  /** An attempt ended. */
  | [name: "outcome", data: { serviceName: string; outcome: Outcome; errorCode?: ErrorCode }]
  /** The widget was closed or the page left while an attempt may have connected something, and the server could not say it. */
  | [name: "outcomeUnknown", data: { serviceName: string }]
  /** The person closed the widget. */
  | [name: "exited", data: Record<string, never>]
  /** A search ended in a pick, or with the list being left: how many characters it had, never which. */
  | [name: "searchUsed", data: { length: number }];

/** Told after the callbacks of the same moment. What it throws is shown on the console and stops nothing. */
export type OnEvent = (...event: FunnelEvent) => void;
