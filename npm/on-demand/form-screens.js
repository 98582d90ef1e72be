/*
 * The screens of services that people connect by what they type, or by a file that they take to another program: NetSuite,
 * Sage Intacct, QuickBooks Desktop, and Business Central's addresses. The engine knows what is on them and decides
 * everything; here is how it looks, as data, which the engine draws (`src/view/forms.rs`).
 *
 * A node is a text, or an element: its tag (capitals for HTML, small letters for SVG), its attributes, its children. A null
 * keeps its place, so that what follows is drawn again as itself. What a button does is its `data-action`.
 */

/*
 * What the forms say, in English. `{service}` and the like are filled in as text. What a host may say in other words
 * (`src/text/labels.rs`) is not here: the engine brings it.
 */

/** What every form of credentials says. */
const CREDENTIALS = {
  title: "Connect {service}",
  text: "An administrator of your {service} account makes the access that you enter here.",
  share: " It lets {customer} read your accounting data.",
  send: "Connect",
  checking: "Checking with {service}…",
  unreachable: "We could not check this with {service}. Nothing is lost; try again in a moment.",
};

const WEB_SERVICES = {
  title: "Addresses of web services",
  text: "{service} can share more if you publish these pages there. Leave empty what you do not have.",
  send: "Continue",
};

const SHOWN_ONCE = "NetSuite shows it once, when the access token is made.";
const webService = (label) => ({
  label,
  problem: "Enter an address that begins with https://, or leave this empty.",
});

/** Label, hint, and what would be right where it is not, by the name of the field. `secret`: nobody should read it over a shoulder. */
const FIELDS = {
  accountId: {
    label: "Account address",
    hint: "In NetSuite under Setup, Company, Company Information, Company URLs: SuiteTalk.",
    problem: "Enter the address that NetSuite shows, such as https://1234567.suitetalk.api.netsuite.com.",
  },
  concurrency: {
    label: "Requests at the same time",
    hint: "From 1 to 140. NetSuite shows your limit under Setup, Integration, Integration Governance.",
    problem: "Enter a whole number from 1 to 140.",
  },
  tokenId: {
    label: "Token ID",
    hint: SHOWN_ONCE,
    problem: "Enter the token ID that NetSuite showed with the new access token.",
  },
  tokenSecret: {
    label: "Token secret",
    hint: SHOWN_ONCE,
    problem: "Enter the token secret that NetSuite showed with the new access token.",
    secret: true,
  },
  companyId: {
    label: "Company ID",
    hint: "The one you sign in with; capital letters count.",
    problem: "Enter the company ID that you sign in to Sage Intacct with.",
  },
  userId: { label: "Web services user ID", problem: "Enter the user ID of the web services user." },
  userPassword: {
    label: "Web services password",
    hint: "Sage Intacct sends it by email when the user is made.",
    problem: "Enter the password of the web services user.",
    secret: true,
  },
  vendorBankAccountList: webService("Vendor bank account list"),
  vendorBankAccountCard: webService("Vendor bank account card"),
  customerBankAccountList: webService("Customer bank account list"),
  customerBankAccountCard: webService("Customer bank account card"),
};

const CONNECTOR = {
  text:
    "QuickBooks Desktop is connected from the Windows computer it runs on, with a file and a password from this page.",
  get: "Get QuickBooks Web Connector",
  save: "Download the connector file ({file})",
  password: "Password for the Web Connector",
  copy: "Copy the password",
  show: "Show the password",
  hide: "Hide the password",
  waiting: "Waiting for QuickBooks Web Connector. This page goes on by itself as soon as it has called.",
  connected:
    "This company is connected already. The new file takes over as soon as the Web Connector has used it.",
};

/** What the last press on the connector's screen led to. */
const NOTES = {
  copied: "The password is copied.",
  notCopied: "The browser did not allow copying. The password is shown: select it and copy it by hand.",
  saved: "The download of the connector file has begun.",
  revealed: "The password is shown.",
  hidden: "The password is hidden.",
};

const GUIDE = {
  title: "Step by step",
  loading: "The instructions are on their way.",
  missing: "The instructions could not be loaded. You can fill in this screen without them.",
};

/**
 * @param shown what the engine knows of the screen: its `name`, the names of `service` and `customer`, and what is said below
 * @returns what stands in the screen's section
 */
export function draw(shown) {
  return shown.name === "connector" ? drawConnector(shown) : drawFields(shown);
}

/** `fields` and `problems` are names, `error` is what became of the last try, `busy` whether there is one. */
function drawFields(shown) {
  const { name, service, customer, busy } = shown;
  const own = name === "credentials" ? CREDENTIALS : WEB_SERVICES;
  const error = shown.unreachable ? fill(CREDENTIALS.unreachable, { service }) : shown.error;
  const problems = split(shown.problems);
  const waits = busy ? { "aria-disabled": "true" } : {};
  return [
    heading(fill(own.title, { service })),
    text(fill(own.text + ((customer && own.share) || ""), { service, customer })),
    drawGuide(shown),
    [
      "FORM",
      { class: "form", novalidate: "", autocomplete: "off" },
      ...split(shown.fields).map((field) => drawField(field, problems.includes(field))),
      error ? ["P", { class: "problem", role: "alert" }, error] : null,
      live(busy ? fill(CREDENTIALS.checking, { service }) : ""),
      [
        "DIV",
        { class: "actions" },
        button("primary", "submit", own.send, { ...waits, type: "submit" }),
        button("quiet", "back", shown.back, waits),
      ],
    ],
  ];
}

// What is wrong with it is read out at once, and again when the field is come to. As `src/view/shared/form.rs`.
function drawField(name, wrong) {
  const { label, hint, problem, secret } = FIELDS[name];
  const [hintId, problemId] = [`${name}-hint`, `${name}-problem`];
  const input = {
    id: name,
    name,
    type: secret ? "password" : "text",
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
  const { service, url, file, note, connected } = shown;
  const link = { target: "_blank", rel: "noopener noreferrer", class: "action secondary" };
  return [
    heading(fill(CREDENTIALS.title, { service })),
    text(CONNECTOR.text),
    drawGuide(shown),
    [
      "DIV",
      { class: "actions beside" },
      ["A", { ...link, href: url, "data-action": "get-connector" }, CONNECTOR.get],
      button("secondary", "save-file", fill(CONNECTOR.save, { file })),
    ],
    drawPassword(shown),
    live(NOTES[note] || ""),
    [
      "DIV",
      { class: "waiting" },
      ["SPAN", { class: "beat", "aria-hidden": "true" }],
      live(connected ? CONNECTOR.connected : CONNECTOR.waiting),
    ],
    ["DIV", { class: "actions" }, button("quiet", "back", shown.back)],
  ];
}

function drawPassword({ password, revealed }) {
  const type = revealed ? "text" : "password";
  const input = { id: PASSWORD, type, readonly: "", autocomplete: "off", spellcheck: "false", value: password };
  return [
    "DIV",
    { class: "field" },
    ["LABEL", { for: PASSWORD }, CONNECTOR.password],
    ["INPUT", input],
    [
      "DIV",
      { class: "actions beside" },
      button("secondary", "copy", CONNECTOR.copy),
      button("secondary", "reveal", revealed ? CONNECTOR.hide : CONNECTOR.show),
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
const fill = (words, gaps) => words.replace(/\{(\w+)\}/g, (_, gap) => gaps[gap]);

/*
 * Instructions, step by step. They travel by themselves (`guide-….js`); until they come, and without them, the form below can
 * be used.
 */
function drawGuide({ guide, steps, again }) {
  const missing = guide === "missing";
  return [
    "DETAILS",
    { class: "guide", open: "" },
    ["SUMMARY", {}, GUIDE.title],
    ["P", { class: "text", role: "status" }, GUIDE[guide] || ""],
    missing ? ["BUTTON", { type: "button", class: "action secondary", "data-action": "load-guide" }, again] : null,
    guide === "ready" ? ["OL", { class: "stages" }, ...list(steps).map(drawStep)] : null,
  ];
}

function drawStep({ title, path, paragraphs, picture }) {
  const words = list(path).map((word) => ["LI", {}, plain(word)]);
  return [
    "LI",
    {},
    ["H3", {}, plain(title)],
    ...(words.length ? [["OL", { class: "path", role: "list" }, ...words]] : []),
    ...list(paragraphs).map((paragraph) => ["P", { class: "text" }, plain(paragraph)]),
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
