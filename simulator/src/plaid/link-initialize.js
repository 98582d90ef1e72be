// A practice bank link for pages. It offers window.Plaid.create as Plaid's own script does, and as that does it puts a fixed
// frame with practice banks at the end of the body, which a page's modal dialog makes inert; nothing of Plaid's is in it, and
// nothing real happens. Styles are set one by one and nothing is made from markup, so that it runs under any content security
// policy that lets this address in (script-src, connect-src).
"use strict";
(() => {
  const base = "http://practice.invalid/plaid";

  /** An error in Plaid's form. */
  const trouble = (type, code, message) => ({
    error_type: type,
    error_code: code,
    error_message: message,
    display_message: null,
  });

  const ask = async (method, fields) => {
    const form = new URLSearchParams(fields);
    const answer =
      method === "GET"
        ? await fetch(`${base}/practice/link?${form}`, { credentials: "omit" })
        : await fetch(`${base}/practice/link`, { method, body: form, credentials: "omit" });
    const told = await answer.json();
    if (!answer.ok) throw told;
    return told;
  };

  /** Whatever went wrong, in Plaid's form. */
  const inForm = (error) =>
    error && error.error_code ? error : trouble("API_ERROR", "INTERNAL_SERVER_ERROR", String(error));

  let links = 0;

  const create = (options) => {
    if (!options || typeof options.token !== "string" || options.token === "") {
      throw new Error("Plaid.create (practice): token is missing");
    }
    const { token, onSuccess, onExit, onEvent, onLoad } = options;
    const session = `practice-link-${Date.now()}-${(links += 1)}`;
    let frame = null;
    let ended = false;

    const tell = (name, more) => {
      if (typeof onEvent !== "function") return;
      onEvent(name, {
        error_type: null,
        error_code: null,
        error_message: null,
        institution_id: null,
        institution_name: null,
        link_session_id: session,
        timestamp: new Date().toISOString(),
        ...more,
      });
    };

    const close = () => {
      frame?.remove();
      frame = null;
    };

    const leave = (error) => {
      if (ended) return;
      ended = true;
      close();
      const what = error
        ? { error_type: error.error_type, error_code: error.error_code, error_message: error.error_message }
        : {};
      if (error) tell("ERROR", what);
      tell("EXIT", what);
      if (typeof onExit === "function") {
        onExit(error, { institution: null, status: null, link_session_id: session, request_id: null });
      }
    };

    const choose = async (choice, name) => {
      for (const button of frame ? frame.contentDocument.querySelectorAll("button") : []) button.disabled = true;
      if (name) tell("SELECT_INSTITUTION", { institution_name: name });
      try {
        const told = await ask("POST", { token, choice });
        if (ended) return;
        ended = true;
        close();
        tell("HANDOFF", { institution_id: told.institution.institution_id, institution_name: told.institution.name });
        if (typeof onSuccess === "function") {
          onSuccess(told.public_token, {
            institution: told.institution,
            accounts: told.accounts,
            account: told.accounts[0] ?? null,
            account_id: told.accounts[0]?.id ?? null,
            link_session_id: session,
            transfer_status: null,
          });
        }
      } catch (error) {
        leave(inForm(error));
      }
    };

    // Made by the frame's own document: WebKit's driver knows no others there.
    const button = (page, id, text, press) => {
      const made = page.createElement("button");
      made.type = "button";
      made.id = id;
      made.textContent = text;
      made.style.display = "block";
      made.style.width = "100%";
      made.style.margin = "0.5rem 0";
      made.style.padding = "0.5rem";
      made.style.font = "inherit";
      // In a task of its own: what is pressed may take away the frame that it stands in.
      made.addEventListener("click", () => setTimeout(press));
      return made;
    };

    const line = (page, tag, text) => {
      const made = page.createElement(tag);
      made.textContent = text;
      return made;
    };

    const show = (told) => {
      const page = frame?.contentDocument;
      if (!page?.body) return;
      const title = line(page, "h2", told.mode === "update" ? "Sign in to the bank again" : "Choose a practice bank");
      title.id = "practice-bank-title";
      const panel = page.createElement("main");
      panel.setAttribute("aria-labelledby", title.id);
      panel.style.maxWidth = "24rem";
      panel.style.margin = "2rem auto";
      panel.style.padding = "1rem";
      panel.style.background = "#fff";
      panel.style.color = "#000";
      panel.style.font = "1rem/1.5 system-ui, sans-serif";
      panel.append(title, line(page, "p", `${told.asks} asks for this. Nothing real happens here.`));
      if (told.mode === "update") {
        panel.append(button(page, "practice-bank-mend", "Sign in again", () => void choose("mend")));
      }
      for (const [number, name] of told.banks) {
        panel.append(button(page, `practice-bank-${number}`, name, () => void choose(String(number), name)));
      }
      const down = trouble("INSTITUTION_ERROR", "INSTITUTION_DOWN", "the practice bank does not answer");
      panel.append(
        button(page, "practice-bank-error", "The bank does not answer", () => leave(down)),
        button(page, "practice-bank-exit", "Leave", () => leave(null)),
      );
      page.documentElement.lang = "en";
      page.body.replaceChildren(panel);
      page.addEventListener("keydown", ({ key }) => key === "Escape" && leave(null));
      frame.focus();
      panel.querySelector("button").focus();
      tell("TRANSITION_VIEW", { view_name: told.mode === "update" ? "CREDENTIAL" : "SELECT_INSTITUTION" });
    };

    const info = ask("GET", { token });
    // Told when it opens; until then nobody waits for it.
    info.catch(() => {});
    if (typeof onLoad === "function") info.then(() => onLoad(), () => onLoad());

    return {
      open() {
        if (frame || ended) return;
        frame = document.createElement("iframe");
        frame.id = "practice-bank";
        frame.title = "Practice bank link";
        for (const [property, value] of Object.entries({
          position: "fixed", inset: "0", width: "100%", height: "100%", border: "0", zIndex: "9999999999", background: "#0008",
        })) {
          frame.style[property] = value;
        }
        // Firefox has the frame's page a task later.
        const drawn = new Promise((resolve) => (frame.onload = resolve));
        document.body.append(frame);
        tell("OPEN", {});
        info.then((told) => drawn.then(() => show(told)), (error) => leave(inForm(error)));
      },
      exit(how, done) {
        leave(null);
        if (typeof done === "function") done();
      },
      destroy() {
        ended = true;
        close();
      },
    };
  };

  window.Plaid = { create };
})();
