/*
 * The screens of services that people connect by what they type, or by a file that they take to another program: NetSuite,
 * Sage Intacct, QuickBooks Desktop, and Business Central's addresses. The engine knows what is on them and decides
 * everything; here is how it looks, as data, which the engine draws (`src/view/forms.rs`).
 *
 * A node is a text, or an element: its tag (capitals for HTML, small letters for SVG), its attributes, its children. A null
 * keeps its place, so that what follows is drawn again as itself. What a button does is its `data-action`.
 */

/*
 * What the forms say, in English, each under the key of `options.content` by which a host may say it in other words
 * (docs/labels.md). `{service}` and the like are filled in as text. What other screens say too is not here: the engine brings
 * it.
 */
const SHOWN_ONCE = "NetSuite shows it once, when the access token is made.";
const WEB_SERVICE = "Enter an address that begins with https://, or leave this empty.";

export const WORDS = {
  "credentials.title": "Connect {service}",
  "credentials.subTitle": "An administrator of your {service} account makes the access that you enter here.",
  "credentials.share": "It lets {customer} read your accounting data.",
  "credentials.button": "Connect",
  "credentials.checking": "Checking with {service}…",
  "credentials.unreachable": "We could not check this with {service}. Nothing is lost; try again in a moment.",

  // Label, hint, and what would be right where it is not, by the name of the field.
  "credentials.accountId.label": "Account address",
  "credentials.accountId.hint": "In NetSuite under Setup, Company, Company Information, Company URLs: SuiteTalk.",
  "credentials.accountId.problem":
    "Enter the address that NetSuite shows, such as https://1234567.suitetalk.api.netsuite.com, or the account ID.",
  "credentials.concurrency.label": "Requests at the same time",
  "credentials.concurrency.hint":
    "From 1 to 140. NetSuite shows your limit under Setup, Integration, Integration Governance.",
  "credentials.concurrency.problem": "Enter a whole number from 1 to 140.",
  "credentials.tokenId.label": "Token ID",
  "credentials.tokenId.hint": SHOWN_ONCE,
  "credentials.tokenId.problem": "Enter the token ID that NetSuite showed with the new access token.",
  "credentials.tokenSecret.label": "Token secret",
  "credentials.tokenSecret.hint": SHOWN_ONCE,
  "credentials.tokenSecret.problem": "Enter the token secret that NetSuite showed with the new access token.",
  "credentials.companyId.label": "Company ID",
  "credentials.companyId.hint": "The one you sign in with; capital letters count.",
  "credentials.companyId.problem": "Enter the company ID that you sign in to Sage Intacct with.",
  "credentials.userId.label": "Web services user ID",
  "credentials.userId.problem": "Enter the user ID of the web services user.",
  "credentials.userPassword.label": "Web services password",
  "credentials.userPassword.hint": "Sage Intacct sends it by email when the user is made.",
  "credentials.userPassword.problem": "Enter the password of the web services user.",

  "webServices.title": "Addresses of web services",
  "webServices.subTitle":
    "{service} can share more if you publish these pages there. Leave empty what you do not have.",
  "webServices.button": "Continue",
  "webServices.vendorBankAccountList.label": "Vendor bank account list",
  "webServices.vendorBankAccountList.problem": WEB_SERVICE,
  "webServices.vendorBankAccountCard.label": "Vendor bank account card",
  "webServices.vendorBankAccountCard.problem": WEB_SERVICE,
  "webServices.customerBankAccountList.label": "Customer bank account list",
  "webServices.customerBankAccountList.problem": WEB_SERVICE,
  "webServices.customerBankAccountCard.label": "Customer bank account card",
  "webServices.customerBankAccountCard.problem": WEB_SERVICE,

  "connector.title": "Connect {service}",
  "connector.subTitle":
    "QuickBooks Desktop is connected from the Windows computer it runs on, with a file and a password from this page.",
  "connector.buttonGet": "Get QuickBooks Web Connector",
  "connector.buttonSave": "Download the connector file ({file})",
  "connector.password": "Password for the Web Connector",
  "connector.buttonCopy": "Copy the password",
  "connector.buttonShow": "Show the password",
  "connector.buttonHide": "Hide the password",
  "connector.waiting": "Waiting for QuickBooks Web Connector. This page goes on by itself as soon as it has called.",
  "connector.connected":
    "This company is connected already. The new file takes over as soon as the Web Connector has used it.",

  // What the last press on the connector's screen led to. The first has 2.23's key.
  "manualAccountConnect.copiedText": "The password is copied.",
  "connector.notCopied":
    "The browser did not allow copying. The password is shown: select it and copy it by hand.",
  "connector.saved": "The download of the connector file has begun.",
  "connector.revealed": "The password is shown.",
  "connector.hidden": "The password is hidden.",

  "guide.title": "Step by step",
  "guide.loading": "The instructions are on their way.",
  "guide.missing": "The instructions could not be loaded. You can fill in this screen without them.",
};

/** What nobody should read over a shoulder. */
const SECRETS = ["tokenSecret", "userPassword"];

/**
 * @param shown what the engine knows of the screen: its `name`, the names of `service` and `customer`, and what is said below
 * @returns what stands in the screen's section
 */
export function draw(shown) {
  return shown.name === "connector" ? drawConnector(shown) : drawFields(shown);
}

/** `fields` and `problems` are names, `error` is what became of the last try, `busy` whether there is one. */
function drawFields(shown) {
  const { name, customer, busy } = shown;
  const error = shown.unreachable ? say(shown, "credentials.unreachable") : shown.error;
  const problems = split(shown.problems);
  const waits = busy ? { "aria-disabled": "true" } : {};
  const share = customer && name === "credentials" ? ` ${say(shown, "credentials.share")}` : "";
  return [
    heading(say(shown, `${name}.title`)),
    text(say(shown, `${name}.subTitle`) + share),
    drawGuide(shown),
    [
      "FORM",
      { class: "form", novalidate: "", autocomplete: "off" },
      ...split(shown.fields).map((field) => drawField(shown, field, problems.includes(field))),
      error ? ["P", { class: "problem", role: "alert" }, error] : null,
      live(busy ? say(shown, "credentials.checking") : ""),
      [
        "DIV",
        { class: "actions" },
        button("primary", "submit", say(shown, `${name}.button`), { ...waits, type: "submit" }),
        button("quiet", "back", shown.back, waits),
      ],
    ],
  ];
}

// What is wrong with it is read out at once, and again when the field is come to. As `src/view/shared/form.rs`.
function drawField(shown, name, wrong) {
  const [label, hint, problem] = ["label", "hint", "problem"].map((part) => say(shown, `${shown.name}.${name}.${part}`));
  const [hintId, problemId] = [`${name}-hint`, `${name}-problem`];
  const input = {
    id: name,
    name,
    type: SECRETS.includes(name) ? "password" : "text",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    value: "",
    "aria-describedby": [...(hint ? [hintId] : []), ...(wrong ? [problemId] : [])].join(" "),
    "aria-invalid": wrong ? "true" : "false",
  };
  return [
    "DIV",
    { class: "field" },
    ["LABEL", { for: name }, label],
    ...(hint ? [["P", { class: "hint", id: hintId }, hint]] : []),
    ["INPUT", input],
    ["P", { class: "problem", id: problemId, role: "alert" }, wrong ? problem : ""],
  ];
}

const PASSWORD = "connector-password";

/** `url` is where people get the connector, `file` the name of its file, `note` what the last press led to. */
function drawConnector(shown) {
  const { url, note, connected } = shown;
  const link = { target: "_blank", rel: "noopener noreferrer", class: "action secondary" };
  return [
    heading(say(shown, "connector.title")),
    text(say(shown, "connector.subTitle")),
    drawGuide(shown),
    [
      "DIV",
      { class: "actions beside" },
      ["A", { ...link, href: url, "data-action": "get-connector" }, say(shown, "connector.buttonGet")],
      button("secondary", "save-file", say(shown, "connector.buttonSave")),
    ],
    drawPassword(shown),
    live(say(shown, note === "copied" ? "manualAccountConnect.copiedText" : `connector.${note}`)),
    [
      "DIV",
      { class: "waiting" },
      ["SPAN", { class: "beat", "aria-hidden": "true" }],
      live(say(shown, connected ? "connector.connected" : "connector.waiting")),
    ],
    ["DIV", { class: "actions" }, button("quiet", "back", shown.back)],
  ];
}

function drawPassword(shown) {
  const { password, revealed } = shown;
  const type = revealed ? "text" : "password";
  const input = { id: PASSWORD, type, readonly: "", autocomplete: "off", spellcheck: "false", value: password };
  return [
    "DIV",
    { class: "field" },
    ["LABEL", { for: PASSWORD }, say(shown, "connector.password")],
    ["INPUT", input],
    [
      "DIV",
      { class: "actions beside" },
      button("secondary", "copy", say(shown, "connector.buttonCopy")),
      button("secondary", "reveal", say(shown, revealed ? "connector.buttonHide" : "connector.buttonShow")),
    ],
  ];
}

// As `src/view/shared/screen.rs` and `action.rs`.
const heading = (words) => ["H2", { id: "heading", tabindex: "-1" }, words];
const text = (words) => ["P", { class: "text" }, words];
const live = (words) => ["P", { class: "text", role: "status" }, words];
const button = (weight, action, words, more) => [
  "BUTTON",
  { type: "button", class: `action ${weight}`, "data-action": action, ...more },
  words,
];

const split = (names) => names.split(" ").filter(Boolean);

/** The host's text for a key, else ours; none where there is no such key. `find` has the host's (`label-words.js`). */
function say(shown, key, ours = WORDS[key] ?? "") {
  const { find, service, customer, business, file, name } = shown;
  const button = (gap) => (gap === "button" && !key.endsWith(".button") ? say(shown, `${name}.button`) : "");
  const gaps = { __proto__: null, service, customer, business, file };
  return (find?.(key) ?? ours).replace(/\{(\w+)\}/g, (_, gap) => gaps[gap] ?? button(gap));
}

/*
 * Instructions, step by step. They travel by themselves (`guide-….js`); until they come, and without them, the form below can
 * be used. A host may say its titles and paragraphs in other words; names in a menu are the service's own.
 */
function drawGuide(shown) {
  const { guide, steps, again } = shown;
  const missing = guide === "missing";
  return [
    "DETAILS",
    { class: "guide", open: "" },
    ["SUMMARY", {}, say(shown, "guide.title")],
    ["P", { class: "text", role: "status" }, say(shown, `guide.${guide}`)],
    missing ? ["BUTTON", { type: "button", class: "action secondary", "data-action": "load-guide" }, again] : null,
    guide === "ready" ? ["OL", { class: "stages" }, ...list(steps).map((step, at) => drawStep(shown, step, at + 1))] : null,
  ];
}

function drawStep(shown, { title, path, paragraphs, picture }, number) {
  const sayPart = (part, words) => say(shown, `guide.${shown.id}.step${number}.${part}`, plain(words));
  const words = list(path).map((word) => ["LI", {}, plain(word)]);
  return [
    "LI",
    {},
    ["H3", {}, sayPart("title", title)],
    ...(words.length ? [["OL", { class: "path", role: "list" }, ...words]] : []),
    ...list(paragraphs).map((paragraph, at) => ["P", { class: "text" }, sayPart(`text${at + 1}`, paragraph)]),
    ...(picture ? [drawPicture(picture)] : []),
  ];
}

// Lines and words and nothing else, so that instructions can never bring more.
function drawPicture({ height, description, shapes }) {
  const shape = ({ part, path, x, y, text: words }) => {
    const look = part ? { class: plain(part) } : {};
    return path
      ? ["path", { ...look, d: plain(path) }]
      : ["text", { ...look, x: plain(x), y: plain(y) }, plain(words)];
  };
  const about = { class: "drawing", viewBox: `0 0 320 ${plain(height)}`, focusable: "false" };
  return ["svg", { ...about, role: "img", "aria-label": plain(description) }, ...list(shapes).map(shape)];
}

const list = (value) => (Array.isArray(value) ? value : []);
const plain = (value) => (typeof value === "string" ? value : "");
