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
  "accountSelection.sageIntacct.subTitle": [0, 50],
  "accountSelection.sageIntacct.title": [0, 51],
  "accountSelection.subTitle": [0, 2],
  "accountSelection.title": [0, 3],
  "attention.buttonAll": [109, 11],
  "attention.subTitle": [109, 12, 13],
  "attention.title": [109, 14],
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
  "connection.disconnectedSince": [0, 44],
  "connection.expired": [0, 122],
  "connection.expiredSince": [0, 54],
  "connection.expiresOn": [0, 80],
  "connection.expiresSoon": [0, 81],
  "connection.needsAttention": [0, 123],
  "connection.pending": [0, 124],
  "connection.reconnectService": [0, 110],
  "duplicate.subTitle": [136, 48],
  "duplicate.title": [136, 49],
  "error.accessDenied.subTitle": [136, 0],
  "error.accessDenied.title": [136, 1],
  "error.button": [0, 136],
  "error.buttonBack": [136, 35],
  "error.differentAccount.button": [0, 119],
  "error.differentAccount.buttonConnect": [119, 41],
  "error.differentAccount.subTitle": [119, 45],
  "error.differentAccount.title": [119, 46],
  "error.insufficientPermission.subTitle": [136, 73],
  "error.loadFailed.subTitle": [136, 82],
  "error.loadFailed.title": [136, 83],
  "error.notLoaded.subTitle": [136, 90],
  "error.notLoaded.title": [136, 91],
  "error.refusedTitle": [136, 111],
  "error.reVerify": [136, 109],
  "error.servicesEmpty": [136, 86],
  "error.subTitle": [136, 56],
  "error.title": [136, 57],
  "error.unauthorizedClientIdKey.subTitle": [136, 137],
  "error.unauthorizedSubTitle": [136, 138],
  "expiredSession.button": [0, 70],
  "expiredSession.subTitle": [70, 71],
  "expiredSession.title": [70, 72],
  "header.back": [0, 15],
  "header.close": [0, 36],
  "helpLink.linkText": [0, 69],
  "interactiveLoadingPage.button": [0, 92],
  "interactiveLoadingPage.buttonBack": [92, 34],
  "interactiveLoadingPage.connectingTitle": [92, 152],
  "interactiveLoadingPage.hint": [92, 146],
  "interactiveLoadingPage.openingTitle": [92, 93],
  "interactiveLoadingPage.otherTab": [92, 149],
  "interactiveLoadingPage.subTitle": [92, 147],
  "interactiveLoadingPage.title": [92, 148],
  "interactiveLoadingPage.windowClosed": [92, 145],
  "interactiveLoadingPage.windowTitle": [92, 151],
  "manualAccountConnect.dynamics365Finance.subTitle": [20, 9],
  "manualAccountConnect.dynamics365Finance.title": [20, 8],
  "manualAccountConnect.dynamics365Finance.validUrl": [20, 10],
  "manualAccountConnect.shopify.subTitle": [20, 6],
  "manualAccountConnect.shopify.title": [20, 5],
  "manualAccountConnect.shopify.validName": [20, 7],
  "progressBar.done": [0, 125],
  "progressBar.label": [0, 108],
  "progressBar.skipped": [0, 126],
  "RC_LOADING_WINDOW_TEXT": [0, 150],
  "sandbox.badge": [0, 112],
  "sandbox.hint": [0, 114],
  "sandbox.login.button": [0, 60],
  "sandbox.login.error": [60, 58],
  "sandbox.login.placeholder.provider": [60, 59],
  "sandbox.login.placeholder.usecase": [60, 64],
  "sandbox.login.subTitle": [60, 61],
  "sandbox.login.title": [60, 62],
  "sandbox.login.unchosen": [60, 63],
  "sandbox.login.usecase.badCredentials": [60, 140],
  "sandbox.login.usecase.duplicate": [60, 141],
  "sandbox.login.usecase.failed": [60, 142],
  "sandbox.login.usecase.noData": [60, 143],
  "sandbox.login.usecase.successful": [60, 144],
  "sandbox.outcomes": [0, 113],
  "serviceSelect.buttonDoneRedirect": [85, 47],
  "serviceSelect.buttonFinish": [85, 47],
  "serviceSelect.buttonNext": [0, 85],
  "serviceSelect.buttonSkip": [85, 120],
  "serviceSelect.connected": [85, 38],
  "serviceSelect.connectionsTitle": [85, 42],
  "serviceSelect.disconnected": [85, 121, 43],
  "serviceSelect.loadingTitle": [85, 84],
  "serviceSelect.searchFound": [85, 116],
  "serviceSelect.searchFoundOne": [85, 117],
  "serviceSelect.searchLabel": [85, 115],
  "serviceSelect.searchNoResult": [85, 87],
  "serviceSelect.servicesTitle": [85, 118],
  "serviceUnavailable.contact": [136, 153],
  "serviceUnavailable.subTitle.businessNotFound": [136, 89],
  "serviceUnavailable.subTitle.default": [136, 88],
  "serviceUnavailable.title": [136, 139],
  "step.accounting.full": [85, 65],
  "step.accounting.name": [85, 74],
  "step.accounting.subTitle": [85, 105, 106],
  "step.accounting.title": [85, 107],
  "step.banking.name": [85, 76],
  "step.banking.subTitle": [85, 99, 100],
  "step.banking.title": [85, 101],
  "step.commerce.full": [85, 66],
  "step.commerce.name": [85, 78],
  "step.commerce.subTitle": [85, 102, 103],
  "step.commerce.title": [85, 104],
  "step.overview.button": [0, 95],
  "step.overview.name": [95, 94],
  "step.overview.serviceKindTitles.accounting": [95, 75],
  "step.overview.serviceKindTitles.banking": [95, 77],
  "step.overview.serviceKindTitles.commerce": [95, 79],
  "step.overview.subTitle": [95, 96, 97],
  "step.overview.title": [95, 98],
  "step.summary.button": [47, 67],
  "step.summary.duplicateAccount": [47, 130],
  "step.summary.name": [47, 129],
  "step.summary.skippedKind": [47, 131],
  "step.summary.subTitle": [47, 132, 133],
  "step.summary.title": [47, 134],
  "success.button": [0, 128],
  "success.handingOver": [128, 68],
  "success.link": [128, 4],
  "success.notHandedOver": [128, 127],
  "success.subTitle": [128, 39],
  "success.title": [128, 40],
  "terms.linkText": [0, 135],
  "timeout.subTitle.over": [136, 53],
  "timeout.subTitle.waiting": [92, 52],
  "timeout.title": [136, 55],
};

/** The engine's words of the buttons that lead on, written by the same test. */
const BUTTONS = {
  20: "Continue to {service}",
  31: "Open {service}",
  47: "Done",
  60: "Connect",
  70: "Go on",
  85: "Next",
  92: "Open it again",
  95: "Get started",
  109: "Reconnect",
  119: "Sign in again",
  128: "Continue",
  136: "Try again",
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

/** Paths end somewhere, also in an object that holds itself. */
const MAX_DEPTH = 5;

/**
 * What the engine asks for the host's words.
 * @param content `options.content`, whatever it is
 * @returns `find` gives the text for the number of a word, with the engine's names for its fields; `unknown` names the options
 *   that no word has
 */
export function readLabels(content) {
  const labels = new Map();
  const unknown = [];
  for (const [key, text] of collect(content, [])) {
    const [button, ...words] = WORDS[key] ?? [];
    if (!words.length && !OTHERS.includes(key)) unknown.push(`options.content.${key}`);
    for (const word of words) if (!labels.has(word)) labels.set(word, { text, button });
  }
  const find = (word) => {
    const { text, button } = labels.get(word) ?? {};
    // A button's own words name no button.
    const leadsOn = button ? fill(labels.get(button)?.text ?? BUTTONS[button], "") : "";
    return text && fill(text, leadsOn);
  };
  return { find, unknown };
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
