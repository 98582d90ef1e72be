/*
 * Which words of the engine a key of `options.content` stands for (contract rule L1). Hosts read the keys in docs/labels.md.
 */

/*
 * By key the number of the button that leads on from there, 0 where there is none, and those of the words, as they stand in
 * `Word` (src/text/words.rs). Not written by hand: a test of the engine's holds the list against its own and writes it anew
 * (src/text/label_keys.rs).
 */
const WORDS = {
  __proto__: null,
  "accountSelection.buttonBack": [0, 16],
  "accountSelection.sageIntacct.subTitle": [0, 53],
  "accountSelection.sageIntacct.title": [0, 54],
  "accountSelection.subTitle": [0, 2],
  "accountSelection.title": [0, 3],
  "attention.buttonAll": [112, 11],
  "attention.subTitle": [112, 12, 13],
  "attention.title": [112, 14],
  "bankLink.subTitle": [0, 17],
  "bankLink.title": [0, 18],
  "beforeSignIn.administrator": [20, 19],
  "beforeSignIn.button": [0, 20],
  "beforeSignIn.reconnectTitle": [20, 29],
  "beforeSignIn.revoke": [20, 21],
  "beforeSignIn.share.accounting": [20, 22, 25],
  "beforeSignIn.share.banking": [20, 23, 24],
  "beforeSignIn.share.commerce": [20, 26, 27],
  "beforeSignIn.title": [20, 28],
  "beforeSignIn.window": [20, 30],
  "blocked.button": [0, 31],
  "blocked.subTitle": [31, 32],
  "blocked.title": [31, 33],
  "connection.company": [0, 37],
  "connection.disconnectedSince": [0, 47],
  "connection.expired": [0, 125],
  "connection.expiredSince": [0, 57],
  "connection.expiresOn": [0, 83],
  "connection.expiresSoon": [0, 84],
  "connection.needsAttention": [0, 126],
  "connection.pending": [0, 127],
  "connection.reconnectService": [0, 113],
  "duplicate.here": [139, 44],
  "duplicate.subTitle": [139, 51],
  "duplicate.title": [139, 52],
  "error.accessDenied.subTitle": [139, 0],
  "error.accessDenied.title": [139, 1],
  "error.button": [0, 139],
  "error.buttonBack": [139, 35],
  "error.differentAccount.button": [0, 122],
  "error.differentAccount.buttonConnect": [122, 43],
  "error.differentAccount.subTitle": [122, 48],
  "error.differentAccount.title": [122, 49],
  "error.insufficientPermission.subTitle": [139, 76],
  "error.loadFailed.subTitle": [139, 85],
  "error.loadFailed.title": [139, 86],
  "error.notLoaded.subTitle": [139, 93],
  "error.notLoaded.title": [139, 94],
  "error.refusedTitle": [139, 114],
  "error.reVerify": [139, 112],
  "error.servicesEmpty": [139, 89],
  "error.subTitle": [139, 59],
  "error.title": [139, 60],
  "error.unauthorizedClientIdKey.subTitle": [139, 140],
  "error.unauthorizedSubTitle": [139, 141],
  "expiredSession.button": [0, 73],
  "expiredSession.subTitle": [73, 74],
  "expiredSession.title": [73, 75],
  "header.back": [0, 15],
  "header.close": [0, 36],
  "helpLink.linkText": [0, 72],
  "interactiveLoadingPage.button": [0, 95],
  "interactiveLoadingPage.buttonBack": [95, 34],
  "interactiveLoadingPage.connectingTitle": [95, 155],
  "interactiveLoadingPage.hint": [95, 149],
  "interactiveLoadingPage.openingTitle": [95, 96],
  "interactiveLoadingPage.otherTab": [95, 152],
  "interactiveLoadingPage.subTitle": [95, 150],
  "interactiveLoadingPage.title": [95, 151],
  "interactiveLoadingPage.windowClosed": [95, 148],
  "interactiveLoadingPage.windowTitle": [95, 154],
  "manualAccountConnect.dynamics365Finance.subTitle": [20, 9],
  "manualAccountConnect.dynamics365Finance.title": [20, 8],
  "manualAccountConnect.dynamics365Finance.validUrl": [20, 10],
  "manualAccountConnect.shopify.subTitle": [20, 6],
  "manualAccountConnect.shopify.title": [20, 5],
  "manualAccountConnect.shopify.validName": [20, 7],
  "progressBar.done": [0, 128],
  "progressBar.label": [0, 111],
  "progressBar.skipped": [0, 129],
  "RC_LOADING_WINDOW_TEXT": [0, 153],
  "sandbox.badge": [0, 115],
  "sandbox.hint": [0, 117],
  "sandbox.login.button": [0, 63],
  "sandbox.login.error": [63, 61],
  "sandbox.login.placeholder.provider": [63, 62],
  "sandbox.login.placeholder.usecase": [63, 67],
  "sandbox.login.subTitle": [63, 64],
  "sandbox.login.title": [63, 65],
  "sandbox.login.unchosen": [63, 66],
  "sandbox.login.usecase.badCredentials": [63, 143],
  "sandbox.login.usecase.duplicate": [63, 144],
  "sandbox.login.usecase.failed": [63, 145],
  "sandbox.login.usecase.noData": [63, 146],
  "sandbox.login.usecase.successful": [63, 147],
  "sandbox.outcomes": [0, 116],
  "serviceSelect.buttonDoneRedirect": [88, 50],
  "serviceSelect.buttonFinish": [88, 50],
  "serviceSelect.buttonNext": [0, 88],
  "serviceSelect.buttonSkip": [88, 123],
  "serviceSelect.connected": [88, 40],
  "serviceSelect.connectionsTitle": [88, 45],
  "serviceSelect.disconnected": [88, 124, 46],
  "serviceSelect.loadingTitle": [88, 87],
  "serviceSelect.searchFound": [88, 119],
  "serviceSelect.searchFoundOne": [88, 120],
  "serviceSelect.searchLabel": [88, 118],
  "serviceSelect.searchNoResult": [88, 90],
  "serviceSelect.servicesTitle": [88, 121],
  "serviceUnavailable.contact": [139, 156],
  "serviceUnavailable.subTitle.businessNotFound": [139, 92],
  "serviceUnavailable.subTitle.default": [139, 91],
  "serviceUnavailable.title": [139, 142],
  "step.accounting.full": [88, 68],
  "step.accounting.name": [88, 77],
  "step.accounting.subTitle": [88, 108, 109],
  "step.accounting.title": [88, 110],
  "step.banking.name": [88, 79],
  "step.banking.subTitle": [88, 102, 103],
  "step.banking.title": [88, 104],
  "step.commerce.full": [88, 69],
  "step.commerce.name": [88, 81],
  "step.commerce.subTitle": [88, 105, 106],
  "step.commerce.title": [88, 107],
  "step.overview.button": [0, 98],
  "step.overview.name": [98, 97],
  "step.overview.serviceKindTitles.accounting": [98, 78],
  "step.overview.serviceKindTitles.banking": [98, 80],
  "step.overview.serviceKindTitles.commerce": [98, 82],
  "step.overview.subTitle": [98, 99, 100],
  "step.overview.title": [98, 101],
  "step.summary.button": [50, 70],
  "step.summary.duplicateAccount": [50, 133],
  "step.summary.name": [50, 132],
  "step.summary.skippedKind": [50, 134],
  "step.summary.subTitle": [50, 135, 136],
  "step.summary.title": [50, 137],
  "success.button": [0, 131],
  "success.companyReplaced": [131, 38],
  "success.companyUnknown": [131, 39],
  "success.handingOver": [131, 71],
  "success.link": [131, 4],
  "success.notHandedOver": [131, 130],
  "success.subTitle": [131, 41],
  "success.title": [131, 42],
  "terms.linkText": [0, 138],
  "timeout.subTitle.over": [139, 56],
  "timeout.subTitle.waiting": [95, 55],
  "timeout.title": [139, 58],
};

/** The engine's words of the buttons that lead on, written by the same test. */
const BUTTONS = {
  20: "Continue to {service}",
  31: "Open {service}",
  50: "Done",
  63: "Connect",
  73: "Go on",
  88: "Next",
  95: "Open it again",
  98: "Get started",
  112: "Reconnect",
  122: "Sign in again",
  131: "Continue",
  139: "Try again",
};

/** The keys of the forms' own words, which the forms have (form-screens.js); npm/test/labels.test.mjs writes the two lists. */
const FORMS = [
  "credentials.title",
  "credentials.subTitle",
  "credentials.share",
  "credentials.button",
  "credentials.checking",
  "credentials.unreachable",
  "credentials.accountId.label",
  "credentials.accountId.hint",
  "credentials.accountId.problem",
  "credentials.concurrency.label",
  "credentials.concurrency.hint",
  "credentials.concurrency.problem",
  "credentials.tokenId.label",
  "credentials.tokenId.hint",
  "credentials.tokenId.problem",
  "credentials.tokenSecret.label",
  "credentials.tokenSecret.hint",
  "credentials.tokenSecret.problem",
  "credentials.companyId.label",
  "credentials.companyId.hint",
  "credentials.companyId.problem",
  "credentials.userId.label",
  "credentials.userId.problem",
  "credentials.userPassword.label",
  "credentials.userPassword.hint",
  "credentials.userPassword.problem",
  "webServices.title",
  "webServices.subTitle",
  "webServices.button",
  "webServices.vendorBankAccountList.label",
  "webServices.vendorBankAccountList.problem",
  "webServices.vendorBankAccountCard.label",
  "webServices.vendorBankAccountCard.problem",
  "webServices.customerBankAccountList.label",
  "webServices.customerBankAccountList.problem",
  "webServices.customerBankAccountCard.label",
  "webServices.customerBankAccountCard.problem",
  "connector.title",
  "connector.subTitle",
  "connector.buttonGet",
  "connector.buttonSave",
  "connector.password",
  "connector.buttonCopy",
  "connector.buttonShow",
  "connector.buttonHide",
  "connector.waiting",
  "connector.connected",
  "manualAccountConnect.copiedText",
  "connector.notCopied",
  "connector.saved",
  "connector.revealed",
  "connector.hidden",
  "guide.title",
  "guide.loading",
  "guide.missing",
];

/** How many paragraphs each step of a service's instructions has (guide-….js). */
const GUIDES = {
  dynamicsBusinessCentral: [1, 2, 1],
  oracleNetsuite: [1, 2, 1, 2, 2, 1, 1],
  quickbooksDesktop: [1, 1, 1, 1, 2],
  sageIntacct: [1, 2, 1, 2, 2],
};

/** Keys that hold no words. */
const OTHERS = ["companyName", "terms.link", "helpLink.linkLocation"];

/** A host's fields, and what they are called in a text of the engine's. */
const FIELDS = {
  __proto__: null,
  serviceName: "{service}",
  customerName: "{customer}",
  companyName: "{customer}",
  businessName: "{business}",
  accountName: "{account}",
  date: "{date}",
  count: "{count}",
  email: "{email}",
};

/** Stands for the button of a form, which fills it in itself. */
const FORM_BUTTON = "{button}";

/** Paths end somewhere, also in an object that holds itself. */
const MAX_DEPTH = 5;

/**
 * What the engine asks for the host's words.
 * @param content `options.content`, whatever it is
 * @returns `find` gives the text for the number of a word, or for the key of a form's, with the engine's names for its fields;
 *   `unknown` names the options that no word has
 */
export function readLabels(content) {
  const labels = new Map();
  const unknown = [];
  for (const [key, text] of collect(content, [])) {
    const [button, ...words] = WORDS[key] ?? (isOfForm(key) ? [FORM_BUTTON, key] : []);
    if (!words.length && !OTHERS.includes(key)) unknown.push(`options.content.${key}`);
    for (const word of words) if (!labels.has(word)) labels.set(word, { text, button });
  }
  const find = (word) => {
    const { text, button } = labels.get(word) ?? {};
    // A button's own words name no button.
    const leadsOn = button ? fill(labels.get(button)?.text ?? BUTTONS[button] ?? FORM_BUTTON, "") : "";
    return text && fill(text, leadsOn);
  };
  return { find, unknown };
}

function isOfForm(key) {
  const [, service, step, paragraph] = key.match(/^guide\.(\w+)\.step([1-9])\.(?:title|text([1-9]))$/) ?? [];
  return FORMS.includes(key) || (Object.hasOwn(GUIDES, service ?? "") && (paragraph ?? 0) <= (GUIDES[service][step - 1] ?? -1));
}

const fill = (text, button) =>
  text.replace(/\{\{(\w+)\}\}/g, (field, name) => (name === "button" ? button : (FIELDS[name] ?? field)));

/** The texts, each under its key with dots. What is no text, or empty, is none of the host's words. */
function collect(from, path) {
  if (typeof from === "string") return from && path.length ? [[path.join("."), from]] : [];
  if (typeof from !== "object" || !from || Array.isArray(from) || path.length > MAX_DEPTH) return [];
  return Object.keys(from).flatMap((name) => collect(read(from, name), [...path, name]));
}

function read(from, name) {
  try {
    return from[name];
  } catch {
    return undefined;
  }
}
