//! The samples, a line each: `plain(content)` for a screen's usual case, `variant("word", content)` for others,
//! `in_sandbox` and `with_progress` for what stands around them.

use railz_connect_contract::{ConnectionState, ServiceKind, UseCase};
use railz_connect_flow::Screen;
use railz_connect_flow::question::{AnswerError, Question};
use railz_connect_flow::screen::{
    Company, Content, Done, Finish, FormChoice, Forward, Picker, QuestionField, SearchField, ServiceLabel,
    SummaryKind, ThemeScope, TroubleKind, Voice, WindowWords,
};
use railz_connect_flow::state::{ConnectorNotice, Refusal, UnavailableCause};

use crate::credential_samples;
use crate::fixtures::{
    BUSINESS, CUSTOMER, all_services, commerce_services, company, connection, named, progress, quickbooks,
    service, tile, tile_of, troubled,
};
use crate::sample::Sample;

pub(crate) fn all() -> Vec<Sample> {
    vec![
        plain(Content::Loading),
        plain(Content::Unavailable(UnavailableCause::NotAuthorised)),
        variant("business-not-found", Content::Unavailable(UnavailableCause::BusinessNotFound)),
        variant("no-services", Content::Unavailable(UnavailableCause::NoServices)),
        plain(Content::LoadFailed),
        plain(attention()),
        with_progress("", overview()),
        plain(Content::Picker(Box::new(picker()))),
        variant("connected", connected_picker()),
        variant("none-found", found_none()),
        with_progress("commerce", commerce_picker()),
        in_sandbox("sandbox", sandbox_picker()),
        with_progress("", summary(Some(Finish::Done))),
        with_progress("go-on", summary(Some(Finish::GoOn))),
        plain(Content::Idle),
        plain(before(CUSTOMER, false, None)),
        variant("nobody", before("", false, None)),
        variant("renewing", before(CUSTOMER, true, None)),
        variant("shop", asking("shopify", Question::Shop, "", None)),
        variant("shop-wrong", asking("shopify", Question::Shop, "my shop!", Some(AnswerError::Malformed))),
        variant(
            "environment",
            asking("dynamics365Finance", Question::EnvironmentUrl, "", Some(refused_address())),
        ),
        in_sandbox("", sandbox_form(false)),
        in_sandbox("incomplete", sandbox_form(true)),
        in_sandbox("", Content::Working(service("railzSandbox"))),
        plain(Content::Opening(quickbooks())),
        plain(Content::Waiting { service: quickbooks(), window: WindowWords::Open }),
        offline("offline", Content::Waiting { service: quickbooks(), window: WindowWords::Open }),
        variant("closed", Content::Waiting { service: quickbooks(), window: WindowWords::Closed }),
        variant("unwatched", Content::Waiting { service: quickbooks(), window: WindowWords::Unwatched }),
        plain(accounts()),
        plain(Content::Credentials(Box::new(credential_samples::netsuite()))),
        variant("incomplete", Content::Credentials(Box::new(credential_samples::incomplete()))),
        variant("refused", Content::Credentials(Box::new(credential_samples::refused()))),
        variant("checking", Content::Credentials(Box::new(credential_samples::checking()))),
        plain(credential_samples::web_services()),
        plain(credential_samples::connector(false, None, false)),
        variant("revealed", credential_samples::connector(true, Some(ConnectorNotice::NotCopied), true)),
        plain(Content::BankLink(service("plaid"))),
        plain(Content::NotLoaded(service("plaid"))),
        plain(Content::Blocked { service: quickbooks(), url: "#sign-in".to_owned() }),
        plain(Content::Expired { service: quickbooks(), still_listening: true }),
        variant("over", Content::Expired { service: quickbooks(), still_listening: false }),
        plain(refused(Refusal::AccessDenied)),
        variant("different-account", refused(Refusal::DifferentAccount)),
        variant("permission", refused(Refusal::InsufficientPermission)),
        variant("credentials", refused(Refusal::UnauthorizedCredentials)),
        variant("client", refused(Refusal::UnauthorizedClientIdKey)),
        plain(Content::Failed { service: quickbooks(), message: None, unheard: false }),
        variant("unheard", Content::Failed { service: quickbooks(), message: None, unheard: true }),
        with_email("message", failed_with_a_message()),
        plain(Content::Duplicate(quickbooks())),
        plain(connected(quickbooks(), Done::Stay, false)),
        variant("another", connected(service("shopify"), Done::Stay, true)),
        variant("company-unknown", in_doubt(Company::Unknown)),
        variant("company-replaced", in_doubt(Company::Replaced)),
        plain(connected(quickbooks(), Done::HandingOver, false)),
        plain(connected(quickbooks(), Done::Stuck, false)),
    ]
}

/// A screen as a host usually shows it: with a close button.
fn plain(content: Content) -> Sample {
    variant("", content)
}

fn variant(variant: &'static str, content: Content) -> Sample {
    let voice =
        Voice { customer_name: CUSTOMER.to_owned(), business_name: BUSINESS.to_owned(), labels: true };
    let screen = Screen {
        sandbox: false,
        closable: true,
        voice,
        theme_scope: ThemeScope::Full,
        logo: None,
        terms: None,
        help: None,
        email: None,
        header: true,
        back: true,
        offline: false,
        progress: vec![],
        content,
    };
    Sample { variant, screen }
}

fn with_email(name: &'static str, content: Content) -> Sample {
    let mut sample = variant(name, content);
    sample.screen.email = Some("help@acme.example".to_owned());
    sample
}

fn offline(name: &'static str, content: Content) -> Sample {
    let mut sample = variant(name, content);
    sample.screen.offline = true;
    sample
}

fn in_sandbox(name: &'static str, content: Content) -> Sample {
    let mut sample = variant(name, content);
    sample.screen.sandbox = true;
    sample
}

fn with_progress(name: &'static str, content: Content) -> Sample {
    let mut sample = variant(name, content);
    sample.screen.progress = progress();
    sample
}

fn attention() -> Content {
    let connections = vec![
        troubled(TroubleKind::Expired, quickbooks()),
        troubled(TroubleKind::CutOff, service("shopify")),
        troubled(TroubleKind::LapsesSoon, named("harbourBooks", "Harbour Books for Independent Bakeries")),
    ];
    Content::Attention { customer_name: CUSTOMER.to_owned(), connections }
}

fn overview() -> Content {
    let kinds = vec![ServiceKind::Accounting, ServiceKind::Banking, ServiceKind::Commerce];
    Content::Overview { customer_name: CUSTOMER.to_owned(), kinds }
}

fn picker() -> Picker {
    let tiles: Vec<_> = all_services().into_iter().map(tile).collect();
    Picker {
        customer_name: CUSTOMER.to_owned(),
        kind: ServiceKind::Accounting,
        connections: vec![],
        search: Some(SearchField { query: String::new(), found: tiles.len() }),
        tiles,
        sandbox_form: false,
        full: false,
        forward: None,
        back: false,
    }
}

fn connected_picker() -> Content {
    let tiles = vec![
        tile_of(ConnectionState::Active, quickbooks()),
        tile_of(ConnectionState::Disconnected, service("xero")),
        tile(service("freshbooks")),
    ];
    let connections = vec![
        connection(ConnectionState::Active, quickbooks()),
        troubled(TroubleKind::Expired, service("xero")),
        connection(ConnectionState::Pending, named("harbourBooks", "Harbour Books for Independent Bakeries")),
    ];
    Content::Picker(Box::new(Picker {
        connections,
        tiles,
        full: true,
        forward: Some(Forward::Next),
        ..picker()
    }))
}

fn found_none() -> Content {
    let search = Some(SearchField { query: "ledgerly".to_owned(), found: 0 });
    Content::Picker(Box::new(Picker { search, tiles: vec![], ..picker() }))
}

fn commerce_picker() -> Content {
    let tiles = commerce_services().into_iter().map(tile).collect();
    Content::Picker(Box::new(Picker {
        kind: ServiceKind::Commerce,
        tiles,
        search: None,
        forward: Some(Forward::Skip),
        back: true,
        ..picker()
    }))
}

fn sandbox_picker() -> Content {
    let tiles = vec![tile(service("railzSandbox")), tile(quickbooks())];
    Content::Picker(Box::new(Picker { tiles, search: None, sandbox_form: true, ..picker() }))
}

fn summary(finish: Option<Finish>) -> Content {
    let of = |kind, connected, already_linked| SummaryKind { kind, connected, already_linked };
    let kinds = vec![
        of(ServiceKind::Accounting, vec![connection(ConnectionState::Active, quickbooks())], false),
        of(ServiceKind::Banking, vec![], false),
        of(ServiceKind::Commerce, vec![connection(ConnectionState::Active, service("shopify"))], true),
    ];
    Content::Summary { kinds, finish, back: true }
}

fn before(customer: &str, renewing: bool, question: Option<QuestionField>) -> Content {
    let kind = ServiceKind::Accounting;
    Content::Before { service: quickbooks(), kind, customer_name: customer.to_owned(), renewing, question }
}

fn asking(id: &str, question: Question, answer: &str, problem: Option<AnswerError>) -> Content {
    let question = Some(QuestionField { question, answer: answer.to_owned(), problem });
    let kind = if id == "shopify" { ServiceKind::Commerce } else { ServiceKind::Accounting };
    let customer_name = CUSTOMER.to_owned();
    Content::Before { service: service(id), kind, customer_name, renewing: false, question }
}

fn refused_address() -> AnswerError {
    AnswerError::Refused("That environment was not found. Copy its address from the browser.".to_owned())
}

fn connected(service: ServiceLabel, done: Done, another: bool) -> Content {
    let account_name = another.then(|| "Juniper Bakery".to_owned());
    Content::Connected { service, account_name, company: Company::Known, done, another }
}

fn in_doubt(company: Company) -> Content {
    let service = service("quickbooksDesktop");
    Content::Connected { service, account_name: None, company, done: Done::Stay, another: false }
}

fn sandbox_form(incomplete: bool) -> Content {
    let providers = [quickbooks(), service("xero")];
    Content::SandboxForm {
        use_cases: UseCase::ALL
            .into_iter()
            .map(|value| FormChoice { value, chosen: value == UseCase::ALL[0] })
            .collect(),
        providers: providers.into_iter().map(|one| FormChoice { value: tile(one), chosen: false }).collect(),
        incomplete,
    }
}

fn accounts() -> Content {
    Content::Accounts {
        service: service("sageBusinessCloud"),
        accounts: vec![
            company("1", "Harbour Bakery Ltd"),
            company("2", "Harbour Bakery and Confectionery Holdings (Northern Ireland) Limited"),
            company("3", "Tide & Sons"),
        ],
    }
}

fn refused(refusal: Refusal) -> Content {
    Content::Refused { service: quickbooks(), refusal }
}

fn failed_with_a_message() -> Content {
    let message = "The company file is locked by another user. Ask them to close it, then try again.";
    Content::Failed { service: quickbooks(), message: Some(message.to_owned()), unheard: false }
}
