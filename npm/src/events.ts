/*
 * The three callbacks. Each is `(eventName, payload)`, and the name tells which payload it is: TypeScript narrows
 * the second parameter when the first is compared. Names and keys are those of 2.23.
 */
import type { MetadataEntry } from "./types.js";

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
