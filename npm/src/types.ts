/*
 * The types that hosts see. They are as lenient as the engine about what is absent (undefined, null and "" are the
 * same) and strict where a mistake costs: misspelt names at the top level, a missing widgetId, two places to go to
 * after success. The checks that count are made by the engine when it runs.
 *
 * The top level takes only the names below. Inside `options` every other name is let through, since pages written
 * for older versions of @railzai/railz-connect keep settings there; with `debug` the console says which are not known.
 */
import type { ConfigError } from "./config-error.js";
import type { MetadataEntry, OnError, OnEvent, OnExit, OnSuccess } from "./events.js";
import type { Absent, Adjustments } from "./settings.js";

export type * from "./events.js";
export type * from "./settings.js";

/** An http(s) address; a relative one is read against the page's base. */
export type Address = string | URL | null | undefined;

/** Asked when `sessionToken` ran out. What comes back is the token, or the whole answer of `POST /v2/sessions`. */
export type GetSession = (request: {
  widgetId: string;
  businessName?: string | undefined;
}) => Promise<string | { sessionToken: string }>;

/** What `mount` and `open` take, whichever way it goes after success. */
export interface BaseOptions extends Adjustments {
  /** The widget's id, from `connect-server widget create`. */
  widgetId: string;
  /**
   * The session that your back end made for this person (`POST /v2/sessions`); business, services and success page are what
   * it was made with, and need not be given here. Without it the page opens a session itself, which a widget may forbid.
   */
  sessionToken?: string | null | undefined;
  /**
   * Gives another token when `sessionToken` ran out: ask your back end for one, and hand on what `POST /v2/sessions` answered.
   * The person stays where they stand. It has 29 seconds, and is asked once for a request that was refused.
   */
  getSession?: GetSession | null | undefined;
  /** The business by name, 2 to 40 visible characters, none of `% [ ] \ * | { } "`. Found, or made if there is none. */
  businessName?: string | null | undefined;
  /** The business by the id that an earlier callback gave. It must exist. */
  businessUuid?: string | null | undefined;
  /** How `successUrl` is reached: a form sent by POST (the default), or the same fields in the query string. */
  successMethod?: "post" | "get" | "POST" | "GET" | Absent;
  /** A value of your own, handed to the success page unchanged: what ties the POST to this visitor. Told the server too. */
  state?: string | null | undefined;
  /**
   * Where the browser goes when the person closes the widget, or has come to the end of it. The close button has to be
   * switched on as well: `options.components.close`.
   */
  closeRedirectUrl?: Address;
  /** Kept with the visit and with the connections signed in to in it, and echoed. */
  metadata?: MetadataEntry[] | null | undefined;
  /**
   * The Connect server's address, without query, fragment and user info. Without the option: the script tag's
   * `data-endpoint`, else the server that the script came from. From npm it has to be given, and is refused by name where it is missing.
   */
  endpoint?: Address;
  /**
   * Your hosted page for this person, where they can go on if this page cannot show the widget: its policy forbids WebAssembly,
   * lets nothing be fetched, or the engine breaks down. A function is asked then, and not before.
   */
  hostedUrl?: Address | (() => Address | Promise<Address>);
  /** Told when the widget is loaded, and when a service is connected. */
  onSuccess?: OnSuccess | null | undefined;
  /** Told of everything that went wrong, with a code. */
  onError?: OnError | null | undefined;
  /** Told when the person leaves the widget. */
  onExit?: OnExit | null | undefined;
  /** Told of everything that can be counted; nothing in it is about a person. */
  onEvent?: OnEvent | null | undefined;
}

/** After success: a page of yours that receives the result. */
export interface WithSuccessPage {
  /**
   * Your success page. The browser arrives there with `connectionId, businessName, businessUuid, serviceName`, `state`, and a
   * `connectionToken` where the server signs one: what your back end can trust.
   */
  successUrl?: Address;
  /** Refused beside `successUrl`. */
  redirectUrl?: Absent;
}

/** After success: a plain navigation, as in 2.23. */
export interface WithRedirect {
  /** Refused beside `redirectUrl`. */
  successUrl?: Absent;
  /** Where the browser goes, without any field added. */
  redirectUrl?: Address;
}

/** What `mount` takes. With neither `successUrl` nor `redirectUrl` the widget ends on its own success screen. */
export type MountOptions = BaseOptions &
  (WithSuccessPage | WithRedirect) & {
    /** The element that the widget is drawn in. Checked before anything is loaded. */
    parentElement: HTMLElement;
  };

/** What `open` takes. */
export type OpenOptions = BaseOptions &
  (WithSuccessPage | WithRedirect) & {
    /** An element of the page to open the dialog in. It stays where it is and as it is. */
    parentElement?: HTMLElement | Absent;
  };

/** One widget. The methods may be taken off the instance. */
export interface RailzConnectInstance {
  /**
   * Draws the widget into `options.parentElement`, loading the engine first if the page has not got it yet.
   *
   * The shape of the widget stands there at once. Resolves when the widget is drawn, and callbacks are called after that;
   * also, with nothing drawn, when `unmount` is called meanwhile. Rejects with a `ConfigError` for a wrong option, and with
   * an `Error` when the engine cannot be loaded, the browser cannot run it, or this instance is mounted already. All but the
   * last are told to `onError` as well, once, before the promise rejects. Nothing half-mounted is left: where there will be no
   * widget, a sentence says so to the person until the next `mount` there or `unmount`.
   */
  readonly mount: (options: MountOptions) => Promise<void>;
  /**
   * Draws the widget into a dialog over the page, at once, and otherwise as `mount`. The dialog has a close button of
   * its own, and Escape closes it: `onExit` is told, and the browser goes to `closeRedirectUrl` if there is one. The
   * page's own elements, its place in the scrolling and its focus are afterwards what they were before.
   *
   * Where it is closed while the engine is on its way, `onExit` is told when that is there, just before the promise resolves.
   * The instance may be used again meanwhile: then nothing more is told of what was closed, and its promise resolves.
   */
  readonly open: (options: OpenOptions) => Promise<void>;
  /** Takes the widget away with everything it holds. Mounting again is fine. Without a widget: a console warning. */
  readonly unmount: () => void;
}

/** The class: the default export of the module and the global of the script tag. */
export interface RailzConnectClass {
  new (): RailzConnectInstance;
  /** The package's version. */
  readonly version: string;
  /**
   * Fetches the widget's files ahead of `mount` or `open`: when the pointer comes near the button that opens it, or when
   * the browser has nothing to do. No session is opened. Does nothing where the widget cannot run, as on a server, and
   * says nothing when it fails: `mount` tries again.
   */
  readonly preload: () => void;
  /** For `instanceof`, where there is no import. */
  readonly ConfigError: typeof ConfigError;
}
