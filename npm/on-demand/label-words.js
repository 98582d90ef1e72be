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
  "accountSelection.subTitle": [136, 2],
  "accountSelection.title": [136, 3],
  "duplicate.subTitle": [136, 48],
  "duplicate.title": [136, 49],
  "error.button": [0, 136],
  "error.reVerify": [136, 109],
  "error.servicesEmpty": [136, 86],
  "error.subTitle": [136, 56],
  "error.title": [136, 57],
  "error.unauthorizedSubTitle": [136, 138],
  "expiredSession.button": [0, 70],
  "expiredSession.subTitle": [70, 71],
  "expiredSession.title": [70, 72],
  "header.back": [136, 15],
  "header.close": [136, 36],
  "helpLink.linkText": [136, 69],
  "interactiveLoadingPage.subTitle": [136, 147],
  "interactiveLoadingPage.title": [136, 148],
  "manualAccountConnect.dynamics365Finance.subTitle": [20, 9],
  "manualAccountConnect.dynamics365Finance.title": [20, 8],
  "manualAccountConnect.dynamics365Finance.validUrl": [20, 10],
  "manualAccountConnect.shopify.subTitle": [20, 6],
  "manualAccountConnect.shopify.title": [20, 5],
  "sandbox.login.title": [60, 62],
  "serviceSelect.buttonDoneRedirect": [85, 47],
  "serviceSelect.buttonFinish": [85, 47],
  "serviceSelect.buttonNext": [0, 85],
  "serviceSelect.buttonSkip": [85, 120],
  "serviceSelect.connected": [85, 38],
  "serviceSelect.disconnected": [85, 121, 43],
  "serviceSelect.loadingTitle": [85, 84],
  "serviceSelect.searchLabel": [85, 115],
  "serviceSelect.searchNoResult": [85, 87],
  "serviceUnavailable.subTitle.businessNotFound": [136, 89],
  "serviceUnavailable.subTitle.default": [136, 88],
  "serviceUnavailable.title": [136, 139],
  "step.accounting.name": [85, 74],
  "step.accounting.subTitle": [85, 105, 106],
  "step.accounting.title": [85, 107],
  "step.banking.name": [85, 76],
  "step.banking.subTitle": [85, 99, 100],
  "step.banking.title": [85, 101],
  "step.commerce.name": [85, 78],
  "step.commerce.subTitle": [85, 102, 103],
  "step.commerce.title": [85, 104],
  "step.overview.name": [85, 94],
  "step.overview.serviceKindTitles.accounting": [85, 75],
  "step.overview.serviceKindTitles.banking": [85, 77],
  "step.overview.serviceKindTitles.commerce": [85, 79],
  "step.overview.subTitle": [85, 96, 97],
  "step.overview.title": [85, 98],
  "step.summary.duplicateAccount": [85, 130],
  "step.summary.name": [85, 129],
  "step.summary.skippedKind": [85, 131],
  "step.summary.subTitle": [85, 132, 133],
  "step.summary.title": [85, 134],
  "success.button": [0, 128],
  "success.link": [128, 4],
  "success.subTitle": [128, 39],
  "success.title": [128, 40],
  "terms.linkText": [136, 135],
};

/** The engine's words of the buttons that lead on, written by the same test. */
const BUTTONS = {
  20: "Continue to {service}",
  60: "Connect",
  70: "Go on",
  85: "Next",
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
