//! The words in English.

use super::Word;

#[expect(clippy::match_same_arms, reason = "each word has a text of its own, also where two agree today")]
#[expect(clippy::too_many_lines, reason = "the table of all words, to be read and translated in one piece")]
pub(super) fn text(word: Word) -> &'static str {
    match word {
        Word::AccessDeniedText => {
            "You chose not to share access at {service}. Nothing was connected, and nothing has changed."
        }
        Word::AccessDeniedTitle => "Access was not granted",
        Word::AccountsText => "Your sign-in at {service} reaches these companies. Choose the one to connect.",
        Word::AccountsTitle => "Which company?",
        Word::AddAnother => "Connect another",
        Word::AnswerShop => "Name of your shop",
        Word::AnswerShopHint => "As in its address, such as juniper-bakery.myshopify.com",
        Word::AnswerShopProblem => {
            "Give the name as in the shop’s address: letters, digits and hyphens, such as juniper-bakery."
        }
        Word::AnswerUrl => "Address of your environment",
        Word::AnswerUrlHint => "Such as https://acme.operations.dynamics.com",
        Word::AnswerUrlProblem => {
            "Copy the address from the browser where you use {service}. It ends in .dynamics.com."
        }
        Word::AttentionAll => "Show all services",
        Word::AttentionText => {
            "These connections no longer reach {customer}, or soon will not. Reconnect them with one sign-in each."
        }
        Word::AttentionTextNobody => {
            "These connections no longer work, or soon will not. Reconnect them with one sign-in each."
        }
        Word::AttentionTitle => "Reconnect your accounts",
        Word::Back => "Back",
        Word::BackToList => "Back to the list",
        Word::BeforeAdministrator => "Sign in there as an owner or administrator of the account.",
        Word::BeforeButton => "Continue to {service}",
        Word::BeforeRevoke => "You can take the access back at {service} at any time.",
        Word::BeforeShare => "You will be asked to share your accounting data with {customer}.",
        Word::BeforeShareBanking => "You will be asked to share your bank data with {customer}.",
        Word::BeforeShareBankingNobody => "You will be asked to share your bank data.",
        Word::BeforeShareNobody => "You will be asked to share your accounting data.",
        Word::BeforeShareSales => "You will be asked to share your sales data with {customer}.",
        Word::BeforeShareSalesNobody => "You will be asked to share your sales data.",
        Word::BeforeTitle => "Connect {service}",
        Word::BeforeTitleRenew => "Reconnect {service}",
        Word::BeforeWindow => "A new window opens at {service}. Your password stays there.",
        Word::BlockedLink => "Open {service}",
        Word::BlockedText => {
            "The browser kept the window from opening. Open it with this link; this page goes on by itself."
        }
        Word::BlockedTitle => "Your browser blocked the window",
        Word::Cancel => "Cancel",
        Word::ChooseOther => "Choose another service",
        Word::Close => "Close",
        Word::CompanyAtService => "{account} at {service}",
        Word::CompanyReplacedText => {
            "{service} did not say which company this is. It took the place of the earlier sign-in. Check that it is the right one."
        }
        Word::CompanyUnknownText => {
            "{service} did not say which company this is. Check that it is the right one."
        }
        Word::Connected => "Connected",
        Word::ConnectedText => "Everything is set up. If it ever needs a new sign-in, this page will say so.",
        Word::ConnectedTitle => "{service} is connected",
        Word::ConnectOther => "Connect this company too",
        Word::ConnectedHereText => {
            "This {service} account is connected here already. Go back to your connections to see it, or to sign in to it again."
        }
        Word::Connections => "Your connections",
        Word::CutOff => "Disconnected",
        Word::CutOffSince => "Disconnected since {date}",
        Word::DifferentAccountText => {
            "You signed in to another company than before, so nothing has changed. Do you want to sign in to the same company at {service}?"
        }
        Word::DifferentAccountTitle => "That is a different company",
        Word::Done => "Done",
        Word::DuplicateText => {
            "This {service} account is already connected under another business. Choose another account, or ask for help."
        }
        Word::DuplicateTitle => "Already connected",
        Word::ExpiredLateText => {
            "We have not heard from {service} yet. If you finish signing in, this page still goes on by itself."
        }
        Word::ExpiredOverText => "The sign-in at {service} was not finished in time. Nothing was connected.",
        Word::ExpiredSince => "Expired since {date}",
        Word::ExpiredTitle => "This is taking longer than usual",
        Word::FailedText => "{service} could not be connected. Nothing has changed; you can try again.",
        Word::FailedTitle => "That did not work",
        Word::FailedUnheardText => "We could not find out whether {service} was connected. Try again to see.",
        Word::FormError => "Choose a use case and a service.",
        Word::FormProvider => "Service",
        Word::FormSubmit => "Connect",
        Word::FormText => "Choose how the connection should turn out, and for which service.",
        Word::FormTitle => "Try the sandbox",
        Word::FormUnchosen => "Choose…",
        Word::FormUseCase => "Use case",
        Word::FullAccounting => "One accounting service can be connected at a time.",
        Word::FullCommerce => "All your sales channels are connected.",
        Word::GoOn => "Continue",
        Word::HandingOverText => "One moment, you are being taken on.",
        Word::HelpLink => "Help",
        Word::IdleButton => "Go on",
        Word::IdleText => {
            "For your safety the page stopped after half an hour without activity. Nothing was lost."
        }
        Word::IdleTitle => "Are you still there?",
        Word::InsufficientPermissionText => {
            "Your account at {service} may not share this data. Ask an owner or administrator to sign in."
        }
        Word::KindAccounting => "Accounting",
        Word::KindAccountingText => "The service you keep your books in",
        Word::KindBanking => "Banking",
        Word::KindBankingText => "The bank accounts of your business",
        Word::KindCommerce => "Sales",
        Word::KindCommerceText => "Your shop or point of sale",
        Word::LapsesOn => "Expires on {date}",
        Word::LapsesSoon => "Expires soon",
        Word::LoadFailedText => "We could not reach the server. Check your connection and try again.",
        Word::LoadFailedTitle => "The services could not be loaded",
        Word::LoadingTitle => "Loading your services",
        Word::Next => "Next",
        Word::NoServicesText => "There is no service to connect here yet.",
        Word::NoneFound => "No service is called that. Check the spelling, or search for a part of the name.",
        Word::NotAuthorisedText => {
            "This page is not set up to connect accounts. Please tell the people who run it."
        }
        Word::NotFoundText => "This business is not known here. Please tell the people who run this page.",
        Word::OpenAgain => "Open it again",
        Word::OpeningTitle => "Opening {service}",
        Word::Overview => "Overview",
        Word::Offline => "You are offline. This goes on when you are back.",
        Word::OverviewStart => "Get started",
        Word::OverviewText => {
            "Share your business data with {customer} in a few steps. Your passwords stay with each service."
        }
        Word::OverviewTextNobody => {
            "Share your business data in a few steps. Your passwords stay with each service."
        }
        Word::OverviewTitle => "Connect your business",
        Word::PickerBankingText => {
            "Connect the bank accounts of your business, to share them with {customer}."
        }
        Word::PickerBankingTextNobody => "Connect the bank accounts of your business.",
        Word::PickerBankingTitle => "Connect your bank",
        Word::PickerCommerceText => "Choose the services you sell with, to share them with {customer}.",
        Word::PickerCommerceTextNobody => "Choose the services you sell with.",
        Word::PickerCommerceTitle => "Connect your sales",
        Word::PickerText => "Choose the service you keep your books in, to share them with {customer}.",
        Word::PickerTextNobody => "Choose the service you keep your books in.",
        Word::PickerTitle => "Connect your accounting",
        Word::Progress => "Progress",
        Word::Reconnect => "Reconnect",
        Word::ReconnectService => "Reconnect {service}",
        Word::RefusedTitle => "{service} refused the connection",
        Word::Sandbox => "Sandbox",
        Word::SandboxOutcomes => "Try other outcomes of the sandbox",
        Word::SandboxTileHint => "Test data, no sign-in",
        Word::Search => "Search services",
        Word::SearchFound => "{count} services found",
        Word::SearchFoundOne => "1 service found",
        Word::Services => "Services",
        Word::SignInAgain => "Sign in again",
        Word::Skip => "Skip for now",
        Word::StateDisconnected => "Disconnected",
        Word::StateExpired => "Expired",
        Word::StateInvalid => "Needs attention",
        Word::StatePending => "Not finished",
        Word::StepDone => "done",
        Word::StepSkipped => "skipped",
        Word::StuckText => "The connection is made. Press the button to go on.",
        Word::SuccessGoOn => "Continue",
        Word::Summary => "Summary",
        Word::SummaryLinked => "Already connected under another business",
        Word::SummarySkipped => "Not connected",
        Word::SummaryText => "This is what is connected. You can go back and change it.",
        Word::SummaryTextDone => "This is what is connected.",
        Word::SummaryTitle => "All set",
        Word::TermsLink => "Terms",
        Word::TryAgain => "Try again",
        Word::UnauthorizedClientText => {
            "{service} does not accept this application at the moment. Please tell the people who run this page."
        }
        Word::UnauthorizedCredentialsText => "{service} did not accept the sign-in. Check it and try again.",
        Word::UnavailableTitle => "Connecting is not available",
        Word::UseCaseBadCredentials => "Wrong credentials",
        Word::UseCaseDuplicate => "Duplicate connection",
        Word::UseCaseFailed => "Failed connection",
        Word::UseCaseNoData => "Connection without data",
        Word::UseCaseSuccessful => "Successful connection",
        Word::WaitingClosed => "Window closed? Open it again, or cancel.",
        Word::WaitingHint => "Can’t see the window?",
        Word::WaitingText => {
            "Finish signing in to {service} in the window that opened. This page goes on by itself."
        }
        Word::WaitingTitle => "Waiting for {service}",
        Word::WaitingUnwatched => {
            "Finish signing in to {service} in the other tab. This page goes on by itself."
        }
        Word::BankText => "Choose your bank and sign in to it in the panel that opened over this page.",
        Word::BankTitle => "Your bank",
        Word::EntityText => "This company at {service} has several entities. Choose the one to connect.",
        Word::EntityTitle => "Which entity?",
        Word::NotLoadedText => {
            "A part that comes from elsewhere could not be loaded; the network or an ad blocker may have kept it away. Nothing has changed."
        }
        Word::NotLoadedTitle => "{service} could not be opened",
        Word::WindowMessage => "Taking you to {service}…",
        Word::WindowTitle => "Opening {service}",
        Word::WriteTo => "Write to {email}",
        Word::WorkingTitle => "Connecting {service}",
    }
}
