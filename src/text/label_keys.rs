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
    row("accountSelection.buttonBack", "the way back from the choice of a company", &[Word::BackToList]),
    row("accountSelection.sageIntacct.subTitle", "the choice of an entity", &[Word::EntityText]),
    row("accountSelection.sageIntacct.title", "the choice of an entity", &[Word::EntityTitle]),
    row("accountSelection.subTitle", "after the sign-in, the choice of a company", &[Word::AccountsText]),
    row("accountSelection.title", "after the sign-in, the choice of a company", &[Word::AccountsTitle]),
    row("attention.buttonAll", "connections that need a person, before anything else", &[Word::AttentionAll]),
    row(
        "attention.subTitle",
        "connections that need a person, before anything else",
        &[Word::AttentionText, Word::AttentionTextNobody],
    ),
    row("attention.title", "connections that need a person, before anything else", &[Word::AttentionTitle]),
    row("bankLink.subTitle", "while the banks' panel is open", &[Word::BankText]),
    row("bankLink.title", "while the banks' panel is open", &[Word::BankTitle]),
    row("beforeSignIn.administrator", "before the window opens", &[Word::BeforeAdministrator]),
    row("beforeSignIn.button", "before the window opens", &[Word::BeforeButton]),
    row("beforeSignIn.reconnectTitle", "before the window opens, to reconnect", &[Word::BeforeTitleRenew]),
    row("beforeSignIn.revoke", "before the window opens", &[Word::BeforeRevoke]),
    row(
        "beforeSignIn.share.accounting",
        "before the window opens, what is shared",
        &[Word::BeforeShare, Word::BeforeShareNobody],
    ),
    row(
        "beforeSignIn.share.banking",
        "before the window opens, what is shared",
        &[Word::BeforeShareBanking, Word::BeforeShareBankingNobody],
    ),
    row(
        "beforeSignIn.share.commerce",
        "before the window opens, what is shared",
        &[Word::BeforeShareSales, Word::BeforeShareSalesNobody],
    ),
    row("beforeSignIn.title", "before the window opens", &[Word::BeforeTitle]),
    row("beforeSignIn.window", "before the window opens", &[Word::BeforeWindow]),
    row("blocked.button", "the browser blocked the window", &[Word::BlockedLink]),
    row("blocked.subTitle", "the browser blocked the window", &[Word::BlockedText]),
    row("blocked.title", "the browser blocked the window", &[Word::BlockedTitle]),
    row(
        "connection.company",
        "what is connected, where the company's name is known",
        &[Word::CompanyAtService],
    ),
    row("connection.disconnectedSince", "a connection that was cut off", &[Word::CutOffSince]),
    row("connection.expired", "a connection that ended", &[Word::StateExpired]),
    row("connection.expiredSince", "a connection that ended", &[Word::ExpiredSince]),
    row("connection.expiresOn", "a connection that will end", &[Word::LapsesOn]),
    row("connection.expiresSoon", "a connection that will end", &[Word::LapsesSoon]),
    row("connection.needsAttention", "a connection that does not work", &[Word::StateInvalid]),
    row("connection.pending", "a connection that is not finished", &[Word::StatePending]),
    row(
        "connection.reconnectService",
        "the button of a connection, for screen readers",
        &[Word::ReconnectService],
    ),
    row(
        "duplicate.here",
        "the business has the account connected already itself",
        &[Word::ConnectedHereText],
    ),
    row("duplicate.subTitle", "the account is connected already", &[Word::DuplicateText]),
    row("duplicate.title", "the account is connected already", &[Word::DuplicateTitle]),
    row("error.accessDenied.subTitle", "access was not granted", &[Word::AccessDeniedText]),
    row("error.accessDenied.title", "access was not granted", &[Word::AccessDeniedTitle]),
    row("error.button", "every \"try again\"", &[Word::TryAgain]),
    row("error.buttonBack", "the way back from what went wrong", &[Word::ChooseOther]),
    row(
        "error.differentAccount.button",
        "the sign-in was to another company than before",
        &[Word::SignInAgain],
    ),
    row(
        "error.differentAccount.buttonConnect",
        "the sign-in was to another company than before",
        &[Word::ConnectOther],
    ),
    row(
        "error.differentAccount.subTitle",
        "the sign-in was to another company than before",
        &[Word::DifferentAccountText],
    ),
    row(
        "error.differentAccount.title",
        "the sign-in was to another company than before",
        &[Word::DifferentAccountTitle],
    ),
    row(
        "error.insufficientPermission.subTitle",
        "the account may not share the data",
        &[Word::InsufficientPermissionText],
    ),
    row("error.loadFailed.subTitle", "the services could not be loaded", &[Word::LoadFailedText]),
    row("error.loadFailed.title", "the services could not be loaded", &[Word::LoadFailedTitle]),
    row("error.notLoaded.subTitle", "a part of the widget could not be loaded", &[Word::NotLoadedText]),
    row("error.notLoaded.title", "a part of the widget could not be loaded", &[Word::NotLoadedTitle]),
    row("error.refusedTitle", "the service refused the connection", &[Word::RefusedTitle]),
    row("error.reVerify", "a connection that needs a person", &[Word::Reconnect]),
    row("error.servicesEmpty", "nothing to connect", &[Word::NoServicesText]),
    row("error.subTitle", "something failed", &[Word::FailedText]),
    row("error.title", "something failed", &[Word::FailedTitle]),
    row(
        "error.unauthorizedClientIdKey.subTitle",
        "the service does not accept the application",
        &[Word::UnauthorizedClientText],
    ),
    row(
        "error.unauthorizedSubTitle",
        "the service did not accept the sign-in",
        &[Word::UnauthorizedCredentialsText],
    ),
    row("error.unheard.subTitle", "nobody could say whether it was connected", &[Word::FailedUnheardText]),
    row("expiredSession.button", "half an hour without activity", &[Word::IdleButton]),
    row("expiredSession.subTitle", "half an hour without activity", &[Word::IdleText]),
    row("expiredSession.title", "half an hour without activity", &[Word::IdleTitle]),
    row("general.offline", "any screen while there is no network", &[Word::Offline]),
    row("header.back", "every way back", &[Word::Back]),
    row("header.close", "the close button, for screen readers", &[Word::Close]),
    row("helpLink.linkText", "the link to your help", &[Word::HelpLink]),
    row(
        "interactiveLoadingPage.button",
        "while a person signs in elsewhere, and when that takes long",
        &[Word::OpenAgain],
    ),
    row(
        "interactiveLoadingPage.buttonBack",
        "the way back while a person signs in elsewhere",
        &[Word::Cancel],
    ),
    row("interactiveLoadingPage.connectingTitle", "while the connection is made", &[Word::WorkingTitle]),
    row("interactiveLoadingPage.hint", "while a person signs in elsewhere", &[Word::WaitingHint]),
    row("interactiveLoadingPage.openingTitle", "while the window opens", &[Word::OpeningTitle]),
    row(
        "interactiveLoadingPage.otherTab",
        "while a person signs in elsewhere, after the link",
        &[Word::WaitingUnwatched],
    ),
    row("interactiveLoadingPage.subTitle", "while a person signs in elsewhere", &[Word::WaitingText]),
    row("interactiveLoadingPage.title", "while a person signs in elsewhere", &[Word::WaitingTitle]),
    row("interactiveLoadingPage.windowClosed", "the window was closed", &[Word::WaitingClosed]),
    row("interactiveLoadingPage.windowTitle", "the window's title until it leaves", &[Word::WindowTitle]),
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
    row("manualAccountConnect.shopify.validName", "the question for the shop", &[Word::AnswerShopProblem]),
    row("progressBar.done", "a step of the progress bar, for screen readers", &[Word::StepDone]),
    row("progressBar.label", "the progress bar, for screen readers", &[Word::Progress]),
    row("progressBar.skipped", "a step of the progress bar, for screen readers", &[Word::StepSkipped]),
    row("RC_LOADING_WINDOW_TEXT", "in the window until it leaves", &[Word::WindowMessage]),
    row("sandbox.badge", "over every screen of a sandbox", &[Word::Sandbox]),
    row("sandbox.hint", "the sandbox in the list", &[Word::SandboxTileHint]),
    row("sandbox.login.button", "the sandbox form", &[Word::FormSubmit]),
    row("sandbox.login.error", "the sandbox form", &[Word::FormError]),
    row("sandbox.login.placeholder.provider", "the sandbox form", &[Word::FormProvider]),
    row("sandbox.login.placeholder.usecase", "the sandbox form", &[Word::FormUseCase]),
    row("sandbox.login.subTitle", "the sandbox form", &[Word::FormText]),
    row("sandbox.login.title", "the sandbox form", &[Word::FormTitle]),
    row("sandbox.login.unchosen", "the sandbox form", &[Word::FormUnchosen]),
    row(
        "sandbox.login.usecase.badCredentials",
        "a use case of the sandbox form",
        &[Word::UseCaseBadCredentials],
    ),
    row("sandbox.login.usecase.duplicate", "a use case of the sandbox form", &[Word::UseCaseDuplicate]),
    row("sandbox.login.usecase.failed", "a use case of the sandbox form", &[Word::UseCaseFailed]),
    row("sandbox.login.usecase.noData", "a use case of the sandbox form", &[Word::UseCaseNoData]),
    row("sandbox.login.usecase.successful", "a use case of the sandbox form", &[Word::UseCaseSuccessful]),
    row("sandbox.outcomes", "the way to the sandbox form", &[Word::SandboxOutcomes]),
    row("serviceSelect.buttonDoneRedirect", "the end of the summary", &[Word::Done]),
    row("serviceSelect.buttonFinish", "the end of the summary", &[Word::Done]),
    row("serviceSelect.buttonNext", "the way on", &[Word::Next]),
    row("serviceSelect.buttonSkip", "the way past a kind", &[Word::Skip]),
    row("serviceSelect.connected", "a connection that works", &[Word::Connected]),
    row("serviceSelect.connectionsTitle", "over the connections", &[Word::Connections]),
    row(
        "serviceSelect.disconnected",
        "a connection that was cut off",
        &[Word::StateDisconnected, Word::CutOff],
    ),
    row("serviceSelect.loadingTitle", "while the services are loaded", &[Word::LoadingTitle]),
    row("serviceSelect.searchFound", "the search, for screen readers", &[Word::SearchFound]),
    row("serviceSelect.searchFoundOne", "the search, for screen readers", &[Word::SearchFoundOne]),
    row("serviceSelect.searchLabel", "the search field", &[Word::Search]),
    row("serviceSelect.searchNoResult", "a search that found nothing", &[Word::NoneFound]),
    row("serviceSelect.servicesTitle", "over the services, below the connections", &[Word::Services]),
    row(
        "serviceUnavailable.contact",
        "the link to an email address, where something did not work",
        &[Word::WriteTo],
    ),
    row("serviceUnavailable.subTitle.businessNotFound", "nothing can be connected", &[Word::NotFoundText]),
    row("serviceUnavailable.subTitle.default", "nothing can be connected", &[Word::NotAuthorisedText]),
    row("serviceUnavailable.title", "nothing can be connected", &[Word::UnavailableTitle]),
    row("step.accounting.full", "accounting, when one service is connected", &[Word::FullAccounting]),
    row("step.accounting.name", "accounting, in the progress bar and in lists", &[Word::KindAccounting]),
    row("step.accounting.subTitle", "accounting", &[Word::PickerText, Word::PickerTextNobody]),
    row("step.accounting.title", "accounting", &[Word::PickerTitle]),
    row("step.banking.name", "banking, in the progress bar and in lists", &[Word::KindBanking]),
    row("step.banking.subTitle", "banking", &[Word::PickerBankingText, Word::PickerBankingTextNobody]),
    row("step.banking.title", "banking", &[Word::PickerBankingTitle]),
    row("step.commerce.full", "commerce, when all services are connected", &[Word::FullCommerce]),
    row("step.commerce.name", "commerce, in the progress bar and in lists", &[Word::KindCommerce]),
    row("step.commerce.subTitle", "commerce", &[Word::PickerCommerceText, Word::PickerCommerceTextNobody]),
    row("step.commerce.title", "commerce", &[Word::PickerCommerceTitle]),
    row("step.overview.button", "the overview", &[Word::OverviewStart]),
    row("step.overview.name", "the overview, in the progress bar and in lists", &[Word::Overview]),
    row("step.overview.serviceKindTitles.accounting", "the overview", &[Word::KindAccountingText]),
    row("step.overview.serviceKindTitles.banking", "the overview", &[Word::KindBankingText]),
    row("step.overview.serviceKindTitles.commerce", "the overview", &[Word::KindCommerceText]),
    row("step.overview.subTitle", "the overview", &[Word::OverviewText, Word::OverviewTextNobody]),
    row("step.overview.title", "the overview", &[Word::OverviewTitle]),
    row("step.summary.button", "the summary, where your page goes on", &[Word::GoOn]),
    row("step.summary.duplicateAccount", "the summary", &[Word::SummaryLinked]),
    row("step.summary.name", "the summary, in the progress bar and in lists", &[Word::Summary]),
    row("step.summary.skippedKind", "the summary", &[Word::SummarySkipped]),
    row("step.summary.subTitle", "the summary", &[Word::SummaryText, Word::SummaryTextDone]),
    row("step.summary.title", "the summary", &[Word::SummaryTitle]),
    row("success.button", "after a success", &[Word::SuccessGoOn]),
    row("success.companyReplaced", "after a success, where no company is told", &[Word::CompanyReplacedText]),
    row("success.companyUnknown", "after a success, where no company is told", &[Word::CompanyUnknownText]),
    row("success.handingOver", "on the way to your page", &[Word::HandingOverText]),
    row("success.link", "after a success", &[Word::AddAnother]),
    row("success.notHandedOver", "your page was not reached", &[Word::StuckText]),
    row("success.subTitle", "after a success", &[Word::ConnectedText]),
    row("success.title", "after a success", &[Word::ConnectedTitle]),
    row("terms.linkText", "the link to your terms", &[Word::TermsLink]),
    row("timeout.subTitle.over", "the sign-in was not finished in time", &[Word::ExpiredOverText]),
    row("timeout.subTitle.waiting", "the sign-in takes long and may still succeed", &[Word::ExpiredLateText]),
    row("timeout.title", "the sign-in takes long", &[Word::ExpiredTitle]),
];

/// The button that leads on, by the beginning of the keys of the texts around it: the first that fits. Elsewhere there is none,
/// or one for each of several.
const BUTTONS: [(&str, Word); 18] = [
    ("attention.", Word::Reconnect),
    ("beforeSignIn.", Word::BeforeButton),
    ("blocked.", Word::BlockedLink),
    ("duplicate.", Word::TryAgain),
    ("error.differentAccount.", Word::SignInAgain),
    ("error.", Word::TryAgain),
    ("expiredSession.", Word::IdleButton),
    ("interactiveLoadingPage.", Word::OpenAgain),
    ("manualAccountConnect.", Word::BeforeButton),
    ("sandbox.login.", Word::FormSubmit),
    ("serviceSelect.", Word::Next),
    ("serviceUnavailable.", Word::TryAgain),
    ("step.overview.", Word::OverviewStart),
    ("step.summary.", Word::Done),
    ("step.", Word::Next),
    ("success.", Word::SuccessGoOn),
    ("timeout.subTitle.waiting", Word::OpenAgain),
    ("timeout.", Word::TryAgain),
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
fn every_word_that_people_see_has_a_key() {
    let source = include_str!("words.rs");
    let (_, from_first) = source.split_once("enum Word {\n").unwrap();
    let (names, _) = from_first.split_once('}').unwrap();
    let names: Vec<_> = names.lines().map(|line| line.trim().trim_end_matches(',')).collect();
    assert_eq!(names.len(), Word::WriteTo as usize + 1, "one name a line, and this is the last");
    let with_key: Vec<_> = KEYS.iter().flat_map(|one| one.words).map(|word| format!("{word:?}")).collect();
    let without: Vec<_> = names.iter().filter(|name| !with_key.iter().any(|one| one == *name)).collect();
    assert!(without.is_empty(), "no host can say these in other words: {without:?}");
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
