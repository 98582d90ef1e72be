//! The host's own words (`options.content`, contract rule L1): which of its keys stands for which word.
//!
//! Several widgets may stand on one page, each with words of its own. What a widget says, it says while it draws or runs
//! its effects; [`with_context`] names the widget for that time, so that asking for a word needs no more than the word.

use std::cell::RefCell;
use std::rc::Rc;

use railz_connect_flow::Screen;
use railz_connect_flow::substring::contains;

use super::fill;
use super::placeholders::fill_in;
use super::words::Word;

/// The host's keys, each with the words of ours that it stands for. The list for hosts is `docs/labels.md`.
const KEYS: &[(&str, &[Word])] = &[
    ("accountSelection.subTitle", &[Word::AccountsText]),
    ("accountSelection.title", &[Word::AccountsTitle]),
    ("duplicate.subTitle", &[Word::DuplicateText]),
    ("duplicate.title", &[Word::DuplicateTitle]),
    ("error.button", &[Word::TryAgain]),
    ("error.reVerify", &[Word::Reconnect]),
    ("error.servicesEmpty", &[Word::NoServicesText]),
    ("error.subTitle", &[Word::FailedText]),
    ("error.title", &[Word::FailedTitle]),
    ("error.unauthorizedSubTitle", &[Word::UnauthorizedCredentialsText]),
    ("expiredSession.button", &[Word::IdleButton]),
    ("expiredSession.subTitle", &[Word::IdleText]),
    ("expiredSession.title", &[Word::IdleTitle]),
    ("header.back", &[Word::Back]),
    ("header.close", &[Word::Close]),
    ("helpLink.linkText", &[Word::HelpLink]),
    ("interactiveLoadingPage.subTitle", &[Word::WaitingText]),
    ("interactiveLoadingPage.title", &[Word::WaitingTitle]),
    ("manualAccountConnect.dynamics365Finance.subTitle", &[Word::AnswerUrlHint]),
    ("manualAccountConnect.dynamics365Finance.title", &[Word::AnswerUrl]),
    ("manualAccountConnect.dynamics365Finance.validUrl", &[Word::AnswerUrlProblem]),
    ("manualAccountConnect.shopify.subTitle", &[Word::AnswerShopHint]),
    ("manualAccountConnect.shopify.title", &[Word::AnswerShop]),
    ("sandbox.login.title", &[Word::FormTitle]),
    ("serviceSelect.buttonDoneRedirect", &[Word::Done]),
    ("serviceSelect.buttonFinish", &[Word::Done]),
    ("serviceSelect.buttonNext", &[Word::Next]),
    ("serviceSelect.buttonSkip", &[Word::Skip]),
    ("serviceSelect.connected", &[Word::Connected]),
    ("serviceSelect.disconnected", &[Word::StateDisconnected, Word::CutOff]),
    ("serviceSelect.loadingTitle", &[Word::LoadingTitle]),
    ("serviceSelect.searchLabel", &[Word::Search]),
    ("serviceSelect.searchNoResult", &[Word::NoneFound]),
    ("serviceUnavailable.subTitle.businessNotFound", &[Word::NotFoundText]),
    ("serviceUnavailable.subTitle.default", &[Word::NotAuthorisedText]),
    ("serviceUnavailable.title", &[Word::UnavailableTitle]),
    ("step.accounting.name", &[Word::KindAccounting]),
    ("step.accounting.subTitle", &[Word::PickerText, Word::PickerTextNobody]),
    ("step.accounting.title", &[Word::PickerTitle]),
    ("step.banking.name", &[Word::KindBanking]),
    ("step.banking.subTitle", &[Word::PickerBankingText, Word::PickerBankingTextNobody]),
    ("step.banking.title", &[Word::PickerBankingTitle]),
    ("step.commerce.name", &[Word::KindCommerce]),
    ("step.commerce.subTitle", &[Word::PickerCommerceText, Word::PickerCommerceTextNobody]),
    ("step.commerce.title", &[Word::PickerCommerceTitle]),
    ("step.overview.name", &[Word::Overview]),
    ("step.overview.serviceKindTitles.accounting", &[Word::KindAccountingText]),
    ("step.overview.serviceKindTitles.banking", &[Word::KindBankingText]),
    ("step.overview.serviceKindTitles.commerce", &[Word::KindCommerceText]),
    ("step.overview.subTitle", &[Word::OverviewText, Word::OverviewTextNobody]),
    ("step.overview.title", &[Word::OverviewTitle]),
    ("step.summary.duplicateAccount", &[Word::SummaryLinked]),
    ("step.summary.name", &[Word::Summary]),
    ("step.summary.skippedKind", &[Word::SummarySkipped]),
    ("step.summary.subTitle", &[Word::SummaryText, Word::SummaryTextDone]),
    ("step.summary.title", &[Word::SummaryTitle]),
    ("success.button", &[Word::SuccessGoOn]),
    ("success.link", &[Word::AddAnother]),
    ("success.subTitle", &[Word::ConnectedText]),
    ("success.title", &[Word::ConnectedTitle]),
    ("terms.linkText", &[Word::TermsLink]),
];

/// What stands in a text for the words of the button that leads on from it.
const BUTTON: &str = "{button}";

/// The button that leads on, by the beginning of the keys of the texts around it.
const BUTTONS: [(&str, Word); 8] = [
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

/// The host's fields, and what they are called in a text of ours.
const FIELDS: [(&str, &str); 6] = [
    ("{{button}}", BUTTON),
    ("{{serviceName}}", "{service}"),
    ("{{customerName}}", "{customer}"),
    ("{{companyName}}", "{customer}"),
    ("{{businessName}}", "{business}"),
    ("{{accountName}}", "{account}"),
];

/// What a text of the host's may still hold where nothing is known to fill in.
const PLACEHOLDERS: [&str; 4] = ["{service}", "{customer}", "{business}", "{account}"];

/// Whether a key stands for a word of ours. Two more are read elsewhere: a name, and where the terms are.
pub(crate) fn is_label(key: &str) -> bool {
    KEYS.iter().any(|(known, _)| *known == key)
        || matches!(key, "companyName" | "terms.link" | "helpLink.linkLocation")
}

/// The host's words, with our names for its fields.
#[derive(Debug, Default)]
pub(crate) struct Labels(Vec<(Word, String)>);

impl Labels {
    pub(crate) fn new(given: &[(String, String)]) -> Self {
        let mut texts = Vec::new();
        for (key, text) in given {
            let words = KEYS.iter().find(|(known, _)| known == key).map_or(&[][..], |(_, words)| words);
            texts.extend(words.iter().map(|word| (*word, fill_in(text.clone(), FIELDS))));
        }
        Self(texts)
    }

    fn text(&self, word: Word) -> Option<&str> {
        self.0.iter().find(|(one, _)| *one == word).map(|(_, text)| text.as_str())
    }
}

/// Whose words are used while a screen is drawn or effects run, and the names that any of them may hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextContext {
    pub(crate) labels: Rc<Labels>,
    pub(crate) customer: String,
    pub(crate) business: String,
}

impl TextContext {
    /// The context of a screen.
    pub(crate) fn of(screen: &Screen, labels: &Rc<Labels>) -> Self {
        Self {
            labels: if screen.voice.labels { Rc::clone(labels) } else { Rc::default() },
            customer: screen.voice.customer_name.clone(),
            business: screen.voice.business_name.clone(),
        }
    }
}

thread_local! {
    static CURRENT: RefCell<TextContext> = RefCell::default();
}

/// Runs something with this widget's words. Within it another widget may set its own: a host mounts one in a callback.
pub(crate) fn with_context<T>(context: TextContext, run: impl FnOnce() -> T) -> T {
    let before = CURRENT.replace(context);
    let done = run();
    CURRENT.set(before);
    done
}

/// The host's text for a word, filled in; none where the host has none.
pub(super) fn host_text(word: Word, placeholders: &[(&str, &str)]) -> Option<String> {
    CURRENT.with_borrow(|context| {
        let mut text = context.labels.text(word)?.to_owned();
        if contains(&text, BUTTON) {
            text = fill_in(text, [(BUTTON, button_beside(word, placeholders).as_str())]);
        }
        let names = [("{customer}", context.customer.as_str()), ("{business}", context.business.as_str())];
        let empty = PLACEHOLDERS.map(|name| (name, ""));
        Some(fill_in(text, placeholders.iter().copied().chain(names).chain(empty)))
    })
}

/// The words of the button that leads on from a text. A button's own words name no button.
fn button_beside(word: Word, placeholders: &[(&str, &str)]) -> String {
    let key = KEYS.iter().find(|(_, words)| words.contains(&word)).map_or("", |(key, _)| key);
    let button = BUTTONS.iter().find(|(family, _)| key.starts_with(family)).map(|(_, button)| *button);
    button.filter(|button| *button != word).map_or_else(String::new, |button| fill(button, placeholders))
}

#[cfg(test)]
mod tests {
    use super::super::english;
    use super::{KEYS, is_label};

    const LIST: &str = include_str!("../../docs/labels.md");

    #[test]
    fn the_list_for_hosts_has_every_key_with_our_words_and_no_other() {
        let rows: Vec<_> = LIST.lines().filter_map(|line| line.strip_prefix("| `")).collect();
        for (key, words) in KEYS {
            let row = rows.iter().find(|row| row.starts_with(&format!("{key}`")));
            let row = row.unwrap_or_else(|| panic!("docs/labels.md does not list {key}"));
            for word in *words {
                assert!(row.contains(english::text(*word)), "docs/labels.md has other words for {key}");
            }
        }
        for row in rows {
            let key = row.split('`').next().unwrap_or_default();
            assert!(is_label(key), "docs/labels.md lists {key}, which is no key");
        }
    }

    #[test]
    fn no_key_and_no_word_is_listed_twice() {
        let mut keys: Vec<_> = KEYS.iter().map(|(key, _)| key).collect();
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count);
        let words: Vec<_> = KEYS.iter().flat_map(|(_, words)| *words).collect();
        let twice = words.iter().filter(|one| words.iter().filter(|other| other == one).count() > 1);
        let twice: Vec<_> = twice.map(|word| format!("{word:?}")).collect();
        assert_eq!(twice, ["Done", "Done"], "the end of the summary has two names in 2.23");
    }
}
