/*
 * The session call, made while the engine is still on its way. The engine is the judge: it takes the answer over if the
 * call was the one that it makes itself, once, for its first request; else the call is aborted and the engine asks.
 */
import type { Environment } from "./engine.js";
import { describeSession, type SessionRequest } from "./session-request.js";

/** As in the engine (`src/api.rs`, and `VERSION` of `crates/contract`). */
const HEADERS = { "content-type": "application/json", accept: "application/json", "railz-connect-version": "13.4.0" };
const LIMIT_MS = 29_000;
/** As much of a `Response` as the engine asks for. Its body has been read by then, so that no frame passes meanwhile. */
export interface ReadResponse extends Pick<Response, "ok" | "status" | "text"> {
  readonly body: string;
}

/** A session call under way. */
export interface EarlySession {
  /** Resolves when the call has ended, well or badly, or soon: nobody waits for it longer than so many milliseconds. */
  soon(limit: number): Promise<unknown>;
  /** Resolves when the call has ended, well or badly. */
  readonly ended: Promise<void>;
  /** Whether the answer is there and leads to an ordinary first screen: services to connect, and no connections. */
  isOrdinary(): boolean;
  /**
   * Hands the answer over: as it is, so that the engine draws the list at once, or as a promise if it is not there yet.
   * @param wanted what the engine would send: the lines of `address`, each `header: value`, and the body
   * @param signal tells when the engine does not wait for it any more
   * @returns undefined where something else was sent, or the call has failed already
   */
  take(wanted: string, signal: AbortSignal): ReadResponse | Promise<ReadResponse> | undefined;
  /** Offers an answer that was taken once more, to an engine that stands in for the one that took it. */
  offerAgain(): void;
  /** Ends a call that nobody took over. */
  abandon(): void;
}

/** Starts the call, if it is clear from the options what it is. `optionsForServer` is what the server gets of them, as JSON. */
export function openSessionEarly(options: unknown, optionsForServer: string, environment: Environment): EarlySession | undefined {
  try {
    const request = describeSession(options as Record<string, unknown>, optionsForServer, environment);
    return request && send(request);
  } catch {
    // The engine says what is wrong, or asks by itself.
    return undefined;
  }
}

// Not an answer that cannot be read either: the engine has more to say to it than its first screen.
function isOrdinary(body: string): boolean {
  try {
    const { connections, integrations } = JSON.parse(body) as Record<"connections" | "integrations", unknown[]>;
    return connections.length === 0 && integrations.length > 0;
  } catch {
    return false;
  }
}

async function read(response: Response): Promise<ReadResponse> {
  const body = await response.text();
  return { ok: response.ok, status: response.status, body, text: async () => body };
}

function send({ url, body, authorization, isOurServer }: SessionRequest): EarlySession {
  const headers = { ...HEADERS, ...authorization };
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const response = fetch(url, {
    method: "POST",
    // Without headers of its own it needs no preflight; the server that this script came from takes it so.
    headers: isOurServer ? authorization : headers,
    body,
    credentials: "omit",
    cache: "no-store",
    referrerPolicy: "no-referrer",
    signal: controller.signal,
  }).then(read);
  const limit = setTimeout(abort, LIMIT_MS);
  // Whether the answer may still be taken over.
  let open = true;
  const sent = [url, ...Object.entries(headers).map((pair) => pair.join(": ")), body].join("\n");
  const stop = (): void => clearTimeout(limit);
  let answer: ReadResponse | undefined;
  const ended = response.then(
    (complete) => {
      stop();
      answer = complete;
    },
    () => {
      stop();
      open = false;
    },
  );
  return {
    ended,
    isOrdinary: () => !!answer?.ok && isOrdinary(answer.body),
    soon(limit) {
      let timer: ReturnType<typeof setTimeout>;
      const late = new Promise((resolve) => (timer = setTimeout(resolve, limit)));
      return Promise.race([ended, late]).finally(() => clearTimeout(timer));
    },
    take(wanted, theirs) {
      if (!open) return undefined;
      open = false;
      // The engine has a time limit of its own.
      stop();
      if (wanted !== sent) return void abort();
      // A property and no listener: it goes with the signal.
      theirs.onabort = abort;
      return answer || response;
    },
    offerAgain() {
      open = !!answer;
    },
    abandon() {
      // A page's own fetch may drop the signal, and then the call goes on.
      stop();
      if (open) abort();
    },
  };
}
