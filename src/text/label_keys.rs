//! The host's keys, each with where it shows and the words of ours that it stands for. Only the tests have this table: from it
//! they hold what the browser has of it (`npm/on-demand/label-words.js`) and what hosts read (`docs/labels.md`), and write both
//! anew with `RAILZ_WRITE_LABELS=1 cargo test -p railz-connect --lib label_keys`.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Word, english};

/// A key of `options.content`.
pub(super) struct LabelKey {
    /// As hosts write it, with dots between the levels.
    pub(super) key: &'static str,
    /// Where its words show, for `docs/labels.md`.
    pub(super) place: &'static str,
    /// The words that it stands for.
    pub(super) words: &'static [Word],
}

const fn row(key: &'static str, place: &'static str, words: &'static [Word]) -> LabelKey {
    LabelKey { key, place, words }
}

/// In the order of the list for hosts.
pub(super) const KEYS: &[LabelKey] = &[
    row("accountSelection.subTitle", "after the sign-in, the choice of a company", &[Word::AccountsText]),
    row("accountSelection.title", "after the sign-in, the choice of a company", &[Word::AccountsTitle]),
    row("duplicate.subTitle", "the account is connected already", &[Word::DuplicateText]),
    row("duplicate.title", "the account is connected already", &[Word::DuplicateTitle]),
    row("error.button", "every \"try again\"", &[Word::TryAgain]),
    row("error.reVerify", "a connection that needs a person", &[Word::Reconnect]),
    row("error.servicesEmpty", "nothing to connect", &[Word::NoServicesText]),
    row("error.subTitle", "something failed", &[Word::FailedText]),
    row("error.title", "something failed", &[Word::FailedTitle]),
    row(
        "error.unauthorizedSubTitle",
        "the service did not accept the sign-in",
        &[Word::UnauthorizedCredentialsText],
    ),
    row("expiredSession.button", "half an hour without activity", &[Word::IdleButton]),
    row("expiredSession.subTitle", "half an hour without activity", &[Word::IdleText]),
    row("expiredSession.title", "half an hour without activity", &[Word::IdleTitle]),
    row("header.back", "every way back", &[Word::Back]),
    row("header.close", "the close button, for screen readers", &[Word::Close]),
    row("helpLink.linkText", "the link to your help", &[Word::HelpLink]),
    row("interactiveLoadingPage.subTitle", "while a person signs in elsewhere", &[Word::WaitingText]),
    row("interactiveLoadingPage.title", "while a person signs in elsewhere", &[Word::WaitingTitle]),
    row(
        "manualAccountConnect.dynamics365Finance.subTitle",
        "the question for the environment",
        &[Word::AnswerUrlHint],
    ),
    row(
        "manualAccountConnect.dynamics365Finance.title",
        "the question for the environment",
        &[Word::AnswerUrl],
    ),
    row(
        "manualAccountConnect.dynamics365Finance.validUrl",
        "the question for the environment",
        &[Word::AnswerUrlProblem],
    ),
    row("manualAccountConnect.shopify.subTitle", "the question for the shop", &[Word::AnswerShopHint]),
    row("manualAccountConnect.shopify.title", "the question for the shop", &[Word::AnswerShop]),
    row("sandbox.login.title", "the sandbox form", &[Word::FormTitle]),
    row("serviceSelect.buttonDoneRedirect", "the end of the summary", &[Word::Done]),
    row("serviceSelect.buttonFinish", "the end of the summary", &[Word::Done]),
    row("serviceSelect.buttonNext", "the way on", &[Word::Next]),
    row("serviceSelect.buttonSkip", "the way past a kind", &[Word::Skip]),
    row("serviceSelect.connected", "a connection that works", &[Word::Connected]),
    row(
        "serviceSelect.disconnected",
        "a connection that was cut off",
        &[Word::StateDisconnected, Word::CutOff],
    ),
    row("serviceSelect.loadingTitle", "while the services are loaded", &[Word::LoadingTitle]),
    row("serviceSelect.searchLabel", "the search field", &[Word::Search]),
    row("serviceSelect.searchNoResult", "a search that found nothing", &[Word::NoneFound]),
    row("serviceUnavailable.subTitle.businessNotFound", "nothing can be connected", &[Word::NotFoundText]),
    row("serviceUnavailable.subTitle.default", "nothing can be connected", &[Word::NotAuthorisedText]),
    row("serviceUnavailable.title", "nothing can be connected", &[Word::UnavailableTitle]),
    row("step.accounting.name", "accounting, in the progress bar and in lists", &[Word::KindAccounting]),
    row("step.accounting.subTitle", "accounting", &[Word::PickerText, Word::PickerTextNobody]),
    row("step.accounting.title", "accounting", &[Word::PickerTitle]),
    row("step.banking.name", "banking, in the progress bar and in lists", &[Word::KindBanking]),
    row("step.banking.subTitle", "banking", &[Word::PickerBankingText, Word::PickerBankingTextNobody]),
    row("step.banking.title", "banking", &[Word::PickerBankingTitle]),
    row("step.commerce.name", "commerce, in the progress bar and in lists", &[Word::KindCommerce]),
    row("step.commerce.subTitle", "commerce", &[Word::PickerCommerceText, Word::PickerCommerceTextNobody]),
    row("step.commerce.title", "commerce", &[Word::PickerCommerceTitle]),
    row("step.overview.name", "the overview, in the progress bar and in lists", &[Word::Overview]),
    row("step.overview.serviceKindTitles.accounting", "the overview", &[Word::KindAccountingText]),
    row("step.overview.serviceKindTitles.banking", "the overview", &[Word::KindBankingText]),
    row("step.overview.serviceKindTitles.commerce", "the overview", &[Word::KindCommerceText]),
    row("step.overview.subTitle", "the overview", &[Word::OverviewText, Word::OverviewTextNobody]),
    row("step.overview.title", "the overview", &[Word::OverviewTitle]),
    row("step.summary.duplicateAccount", "the summary", &[Word::SummaryLinked]),
    row("step.summary.name", "the summary, in the progress bar and in lists", &[Word::Summary]),
    row("step.summary.skippedKind", "the summary", &[Word::SummarySkipped]),
    row("step.summary.subTitle", "the summary", &[Word::SummaryText, Word::SummaryTextDone]),
    row("step.summary.title", "the summary", &[Word::SummaryTitle]),
    row("success.button", "after a success", &[Word::SuccessGoOn]),
    row("success.link", "after a success", &[Word::AddAnother]),
    row("success.subTitle", "after a success", &[Word::ConnectedText]),
    row("success.title", "after a success", &[Word::ConnectedTitle]),
    row("terms.linkText", "the link to your terms", &[Word::TermsLink]),
];

/// The button that leads on, by the beginning of the keys of the texts around it.
pub(super) const BUTTONS: [(&str, Word); 8] = [
    ("step.", Word::Next),
    ("serviceSelect.", Word::Next),
    ("manualAccountConnect.", Word::BeforeButton),
    ("sandbox.", Word::FormSubmit),
    ("success.", Word::SuccessGoOn),
    ("expiredSession.", Word::IdleButton),
    ("serviceUnavailable.", Word::TryAgain),
    // Whatever else has a button: `error.` and `duplicate.`.
    ("", Word::TryAgain),
];

/// The button that leads on from a key's text. A button's own words name no button.
fn button_beside(key: &LabelKey) -> Option<Word> {
    let button = BUTTONS.iter().find(|(family, _)| key.key.starts_with(family)).map(|(_, button)| *button);
    button.filter(|button| !key.words.contains(button))
}

/// As `npm/on-demand/label-words.js` has a key.
fn line(key: &LabelKey) -> String {
    let button = button_beside(key).map_or(0, |button| button as u32);
    let numbers: Vec<_> = [button]
        .into_iter()
        .chain(key.words.iter().map(|word| *word as u32))
        .map(|one| one.to_string())
        .collect();
    format!("  \"{}\": [{}],\n", key.key, numbers.join(", "))
}

/// As `docs/labels.md` has it.
fn described(key: &LabelKey) -> String {
    let words: Vec<_> = key.words.iter().map(|word| english::text(*word)).collect();
    format!("| `{}` | {} | {} |\n", key.key, key.place, words.join("<br>"))
}

/// What stands between two marks of a file is this, or becomes it.
fn holds(file: &str, from: &str, to: &str, due: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(from).unwrap();
    let (held, after) = rest.split_once(to).unwrap();
    if std::env::var_os("RAILZ_WRITE_LABELS").is_some() {
        std::fs::write(&path, [before, from, due, to, after].concat()).unwrap();
    } else {
        let again = "write it anew with RAILZ_WRITE_LABELS=1 cargo test -p railz-connect --lib label_keys";
        assert!(held == due, "{file} is not what src/text/label_keys.rs says; {again}");
    }
}

#[test]
fn the_list_of_the_browser_has_every_key_with_the_numbers_of_its_words() {
    let due: String = KEYS.iter().map(line).collect();
    holds("npm/on-demand/label-words.js", "const WORDS = {\n  __proto__: null,\n", "};", &due);
}

#[test]
fn the_browser_has_our_words_of_every_button_that_leads_on() {
    let buttons: BTreeMap<u32, Word> =
        KEYS.iter().filter_map(button_beside).map(|button| (button as u32, button)).collect();
    assert!(!buttons.contains_key(&0), "0 is no button");
    let line = |(number, button): (&u32, &Word)| format!("  {number}: \"{}\",\n", english::text(*button));
    let due: String = buttons.iter().map(line).collect();
    holds("npm/on-demand/label-words.js", "const BUTTONS = {\n", "};", &due);
}

#[test]
fn the_list_for_hosts_has_every_key_with_our_words_and_no_other() {
    let due: String = KEYS.iter().map(described).collect();
    holds("docs/labels.md", "| key | where it shows | our words |\n|---|---|---|\n", "\n\n", due.trim_end());
}

#[test]
fn no_key_and_no_word_is_listed_twice() {
    let mut keys: Vec<_> = KEYS.iter().map(|one| one.key).collect();
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), count);
    let words: Vec<_> = KEYS.iter().flat_map(|one| one.words).collect();
    let twice = words.iter().filter(|one| words.iter().filter(|other| other == one).count() > 1);
    let twice: Vec<_> = twice.map(|word| format!("{word:?}")).collect();
    assert_eq!(twice, ["Done", "Done"], "the end of the summary has two names in 2.23");
}
