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
  "attention.buttonAll": [114, 11],
  "attention.subTitle": [114, 12, 13],
  "attention.title": [114, 14],
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
  "connection.expired": [0, 127],
  "connection.expiredSince": [0, 57],
  "connection.expiresOn": [0, 84],
  "connection.expiresSoon": [0, 85],
  "connection.needsAttention": [0, 128],
  "connection.pending": [0, 129],
  "connection.reconnectService": [0, 115],
  "duplicate.here": [141, 44],
  "duplicate.subTitle": [141, 51],
  "duplicate.title": [141, 52],
  "error.accessDenied.subTitle": [141, 0],
  "error.accessDenied.title": [141, 1],
  "error.button": [0, 141],
  "error.buttonBack": [141, 35],
  "error.differentAccount.button": [0, 124],
  "error.differentAccount.buttonConnect": [124, 43],
  "error.differentAccount.subTitle": [124, 48],
  "error.differentAccount.title": [124, 49],
  "error.insufficientPermission.subTitle": [141, 77],
  "error.loadFailed.subTitle": [141, 86],
  "error.loadFailed.title": [141, 87],
  "error.notLoaded.subTitle": [141, 94],
  "error.notLoaded.title": [141, 95],
  "error.refusedTitle": [141, 116],
  "error.reVerify": [141, 114],
  "error.servicesEmpty": [141, 90],
  "error.subTitle": [141, 59],
  "error.title": [141, 60],
  "error.unauthorizedClientIdKey.subTitle": [141, 142],
  "error.unauthorizedSubTitle": [141, 143],
  "error.unheard.subTitle": [141, 61],
  "expiredSession.button": [0, 74],
  "expiredSession.subTitle": [74, 75],
  "expiredSession.title": [74, 76],
  "general.offline": [0, 99],
  "header.back": [0, 15],
  "header.close": [0, 36],
  "helpLink.linkText": [0, 73],
  "interactiveLoadingPage.button": [0, 96],
  "interactiveLoadingPage.buttonBack": [96, 34],
  "interactiveLoadingPage.connectingTitle": [96, 157],
  "interactiveLoadingPage.hint": [96, 151],
  "interactiveLoadingPage.openingTitle": [96, 97],
  "interactiveLoadingPage.otherTab": [96, 154],
  "interactiveLoadingPage.subTitle": [96, 152],
  "interactiveLoadingPage.title": [96, 153],
  "interactiveLoadingPage.windowClosed": [96, 150],
  "interactiveLoadingPage.windowTitle": [96, 156],
  "manualAccountConnect.dynamics365Finance.subTitle": [20, 9],
  "manualAccountConnect.dynamics365Finance.title": [20, 8],
  "manualAccountConnect.dynamics365Finance.validUrl": [20, 10],
  "manualAccountConnect.shopify.subTitle": [20, 6],
  "manualAccountConnect.shopify.title": [20, 5],
  "manualAccountConnect.shopify.validName": [20, 7],
  "progressBar.done": [0, 130],
  "progressBar.label": [0, 113],
  "progressBar.skipped": [0, 131],
  "RC_LOADING_WINDOW_TEXT": [0, 155],
  "sandbox.badge": [0, 117],
  "sandbox.hint": [0, 119],
  "sandbox.login.button": [0, 64],
  "sandbox.login.error": [64, 62],
  "sandbox.login.placeholder.provider": [64, 63],
  "sandbox.login.placeholder.usecase": [64, 68],
  "sandbox.login.subTitle": [64, 65],
  "sandbox.login.title": [64, 66],
  "sandbox.login.unchosen": [64, 67],
  "sandbox.login.usecase.badCredentials": [64, 145],
  "sandbox.login.usecase.duplicate": [64, 146],
  "sandbox.login.usecase.failed": [64, 147],
  "sandbox.login.usecase.noData": [64, 148],
  "sandbox.login.usecase.successful": [64, 149],
  "sandbox.outcomes": [0, 118],
  "serviceSelect.buttonDoneRedirect": [89, 50],
  "serviceSelect.buttonFinish": [89, 50],
  "serviceSelect.buttonNext": [0, 89],
  "serviceSelect.buttonSkip": [89, 125],
  "serviceSelect.connected": [89, 40],
  "serviceSelect.connectionsTitle": [89, 45],
  "serviceSelect.disconnected": [89, 126, 46],
  "serviceSelect.loadingTitle": [89, 88],
  "serviceSelect.searchFound": [89, 121],
  "serviceSelect.searchFoundOne": [89, 122],
  "serviceSelect.searchLabel": [89, 120],
  "serviceSelect.searchNoResult": [89, 91],
  "serviceSelect.servicesTitle": [89, 123],
  "serviceUnavailable.contact": [141, 158],
  "serviceUnavailable.subTitle.businessNotFound": [141, 93],
  "serviceUnavailable.subTitle.default": [141, 92],
  "serviceUnavailable.title": [141, 144],
  "step.accounting.full": [89, 69],
  "step.accounting.name": [89, 78],
  "step.accounting.subTitle": [89, 110, 111],
  "step.accounting.title": [89, 112],
  "step.banking.name": [89, 80],
  "step.banking.subTitle": [89, 104, 105],
  "step.banking.title": [89, 106],
  "step.commerce.full": [89, 70],
  "step.commerce.name": [89, 82],
  "step.commerce.subTitle": [89, 107, 108],
  "step.commerce.title": [89, 109],
  "step.overview.button": [0, 100],
  "step.overview.name": [100, 98],
  "step.overview.serviceKindTitles.accounting": [100, 79],
  "step.overview.serviceKindTitles.banking": [100, 81],
  "step.overview.serviceKindTitles.commerce": [100, 83],
  "step.overview.subTitle": [100, 101, 102],
  "step.overview.title": [100, 103],
  "step.summary.button": [50, 71],
  "step.summary.duplicateAccount": [50, 135],
  "step.summary.name": [50, 134],
  "step.summary.skippedKind": [50, 136],
  "step.summary.subTitle": [50, 137, 138],
  "step.summary.title": [50, 139],
  "success.button": [0, 133],
  "success.companyReplaced": [133, 38],
  "success.companyUnknown": [133, 39],
  "success.handingOver": [133, 72],
  "success.link": [133, 4],
  "success.notHandedOver": [133, 132],
  "success.subTitle": [133, 41],
  "success.title": [133, 42],
  "terms.linkText": [0, 140],
  "timeout.subTitle.over": [141, 56],
  "timeout.subTitle.waiting": [96, 55],
  "timeout.title": [141, 58],
};

/** The engine's words of the buttons that lead on, written by the same test. */
const BUTTONS = {
  20: "Continue to {service}",
  31: "Open {service}",
  50: "Done",
  64: "Connect",
  74: "Go on",
  89: "Next",
  96: "Open it again",
  100: "Get started",
  114: "Reconnect",
  124: "Sign in again",
  133: "Continue",
  141: "Try again",
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
