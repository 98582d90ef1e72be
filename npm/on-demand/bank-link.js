/*
 * The banks' own script (Plaid Link), which is loaded when a person presses the bank tile and never before. It comes
 * from another server, so a page with a Content-Security-Policy has to allow that server in script-src and connect-src;
 * where Trusted Types are enforced, the policy `railz-connect` has to be allowed.
 */
const DEFAULT_SCRIPT_URL = "https://cdn.plaid.com/link/v2/stable/link-initialize.js";

/** For how long the script may take. */
const TIMEOUT_MS = 20_000;

/** One load an address and page: two of these scripts would answer twice. */
const loads = new Map();
let policy;

/**
 * Opens the banks' script over the page.
 *
 * @param {string | undefined} address where the script is
 * @param {string} token what it opens with
 * @param {(kind: "opened" | "notLoaded" | "linked" | "left" | "failed", detail?: string) => void} report hears what happens;
 *   `linked` comes with the public token, `failed` with words for people if there are any
 * @returns {() => void} takes everything off the page again; nothing is reported any more
 */
export function open(address, token, report) {
  let handler;
  let over = false;
  let lower = () => {};
  const close = () => {
    over = true;
    handler?.destroy?.();
    handler = undefined;
    lower();
  };
  const settle = (kind, detail) => {
    if (over) return;
    over = true;
    lower();
    report(kind, detail);
  };
  load(address || DEFAULT_SCRIPT_URL).then(
    (Plaid) => {
      if (over) return;
      try {
        handler = Plaid.create({
          token,
          onSuccess: (publicToken) => settle("linked", publicToken),
          onExit: (error) => (error ? settle("failed", error.display_message || undefined) : settle("left")),
          onEvent: () => {},
        });
        lower = liftDialogs();
        handler.open();
        if (!over) report("opened");
      } catch {
        settle("notLoaded");
      }
    },
    () => settle("notLoaded"),
  );
  return close;
}

/**
 * Takes the package's own dialogs (npm/src/modal.ts) out of the top layer while the script's frame is there: it is put at the end
 * of the body, below a modal dialog, and inert like all that is outside of one. What is returned puts them back, once. A host's
 * own dialog around the widget is the host's.
 */
function liftDialogs() {
  let lifted = [...document.querySelectorAll("dialog[data-railz-connect-modal]:modal")];
  for (const dialog of lifted) {
    dialog.close();
    dialog.show();
  }
  return () => {
    for (const dialog of lifted) {
      if (!dialog.open || !dialog.isConnected) continue;
      // Whoever has the focus in a dialog when it closes gives it back to what had it before, which it goes to in the end.
      dialog.focus();
      dialog.close();
      dialog.showModal();
      dialog.focus();
    }
    lifted = [];
  };
}

function load(address) {
  if (globalThis.Plaid?.create) return Promise.resolve(globalThis.Plaid);
  if (!loads.has(address)) {
    const loading = fetchScript(address);
    loads.set(address, loading);
    // A load that failed is forgotten, so that a later press tries again.
    loading.catch(() => loads.delete(address));
  }
  return loads.get(address);
}

function fetchScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const timeout = setTimeout(() => failed(), TIMEOUT_MS);
    const failed = () => {
      clearTimeout(timeout);
      script.remove();
      reject(new Error("the banks' script could not be loaded"));
    };
    script.async = true;
    script.onload = () => {
      clearTimeout(timeout);
      if (globalThis.Plaid?.create) resolve(globalThis.Plaid);
      else failed();
    };
    script.onerror = failed;
    try {
      script.src = trusted(address);
    } catch {
      failed();
      return;
    }
    document.head.append(script);
  });
}

/** The address as a page with Trusted Types wants it; such a page may forbid it, which is thrown. */
function trusted(address) {
  const types = globalThis.trustedTypes;
  if (!types?.createPolicy) return webAddress(address);
  policy ??= types.createPolicy("railz-connect", { createScriptURL: webAddress });
  return policy.createScriptURL(address);
}

/** Nothing else than a script of a web server. */
function webAddress(url) {
  if (!/^https?:\/\//.test(url)) throw new TypeError("the address of the banks' script is none");
  return url;
}
