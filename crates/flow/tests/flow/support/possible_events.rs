//! All that can happen to a widget next: every press, every answer to what is out, every timer, every window event.
//!
//! The walks and the exploration draw from this list, so the machine is seen with everything that can happen to it.

use railz_connect_contract::{
    AccessToken, AddressResponse, BankResponse, CONNECTION_TIMEOUT, ConnectionError, ConnectionState,
    IntegrationUuid, ServiceKind, UseCase,
};
use railz_connect_flow::effect::Request;
use railz_connect_flow::event::{BankLinkEvent, CredentialCheck, Network, RequestError, Response, UserEvent};
use railz_connect_flow::guide::GuideAnswer;
use railz_connect_flow::journey::JourneyStep;
use railz_connect_flow::session::SessionResponse;
use railz_connect_flow::{Event, Ticket};

use super::{TestWidget, fixtures};

/// Every event that the shell could bring next.
pub fn next(widget: &TestWidget) -> Vec<Event> {
    let mut events = presses();
    for (ticket, request) in &widget.requests {
        events.extend(answers(*ticket, request));
    }
    events.extend(widget.timers.keys().copied().map(Event::TimerFired));
    events.extend(widget.asked.iter().flat_map(|ticket| host_answers(*ticket)));
    for window in &widget.windows {
        events.extend([
            Event::WindowOpened(*window),
            Event::WindowBlocked(*window),
            Event::WindowClosed(*window),
            Event::StartPageAsked(*window),
        ]);
    }
    events.extend(widget.guides.iter().flat_map(|ticket| guides(*ticket)));
    events.extend(widget.links.iter().flat_map(|ticket| links(*ticket)));
    events
}

/// The same, and that the server refuses the token of any request. The exploration leaves that out, since a session may run
/// out in each situation: `renewal/everywhere.rs` tries it from all of them instead.
pub fn next_and_token_refusals(widget: &TestWidget) -> Vec<Event> {
    let mut events = next(widget);
    let refused =
        |ticket: &Ticket| Event::Response { ticket: *ticket, result: Err(fixtures::token_refused()) };
    events.extend(widget.requests.keys().map(refused));
    events
}

fn host_answers(ticket: Ticket) -> [Event; 2] {
    [Some(AccessToken::new(fixtures::RENEWED)), None].map(|token| Event::SessionToken { ticket, token })
}

fn guides(ticket: Ticket) -> [Event; 2] {
    [GuideAnswer::Loaded, GuideAnswer::Missing].map(|answer| Event::Guide { ticket, answer })
}

fn links(ticket: Ticket) -> [Event; 6] {
    [
        BankLinkEvent::Opened,
        BankLinkEvent::LoadFailed,
        BankLinkEvent::Linked(fixtures::public_token()),
        BankLinkEvent::Exited,
        BankLinkEvent::Failed(None),
        BankLinkEvent::Failed(Some("The bank is asleep".to_owned())),
    ]
    .map(|event| Event::BankLink { ticket, event })
}

/// Every event about a ticket that is no longer out. None of them may change anything.
pub fn stale(widget: &TestWidget) -> Vec<Event> {
    let mut events = Vec::new();
    for &ticket in widget.issued.iter().rev().take(12) {
        if !widget.requests.contains_key(&ticket) && !widget.refused.contains_key(&ticket) {
            events.extend(results().into_iter().map(|result| Event::Response { ticket, result }));
        }
        if !widget.timers.contains_key(&ticket) {
            events.push(Event::TimerFired(ticket));
        }
        if !widget.windows.contains(&ticket) {
            events.extend([
                Event::WindowOpened(ticket),
                Event::WindowBlocked(ticket),
                Event::WindowClosed(ticket),
                Event::StartPageAsked(ticket),
            ]);
        }
        if !widget.asked.contains(&ticket) {
            events.extend(host_answers(ticket));
        }
        if !widget.guides.contains(&ticket) {
            events.extend(guides(ticket));
        }
        if !widget.links.contains(&ticket) {
            events.extend(links(ticket));
        }
    }
    events
}

fn presses() -> Vec<Event> {
    let pick = |service| UserEvent::Pick(fixtures::integration_of(service));
    let form = |use_case, provider| UserEvent::Submit(fixtures::sandbox_form(use_case, provider));
    [
        pick(fixtures::SANDBOX),
        pick(fixtures::QUICKBOOKS),
        pick(fixtures::SHOPIFY),
        pick("of no widget"),
        UserEvent::Pick(IntegrationUuid::new(fixtures::MOCK)),
        UserEvent::OpenSandboxForm,
        UserEvent::Renew(fixtures::connection_id()),
        UserEvent::Next,
        UserEvent::GoTo(JourneyStep::Overview),
        UserEvent::GoTo(JourneyStep::Kind(ServiceKind::Accounting)),
        UserEvent::GoTo(JourneyStep::Summary),
        UserEvent::Finish,
        UserEvent::AddAnother,
        UserEvent::Search("quick".to_owned()),
        UserEvent::Submit(fixtures::answer_form("juniper-bakery")),
        UserEvent::OpenWindow,
        UserEvent::FollowLink,
        UserEvent::Back,
        UserEvent::TryAgain,
        UserEvent::ConnectOther,
        form(None, Some(fixtures::MOCK)),
        form(Some(UseCase::UserGood), Some("of no provider")),
        form(Some(UseCase::UserGood), Some(fixtures::MOCK)),
        UserEvent::ChooseAccount(fixtures::ACCOUNT.to_owned()),
        UserEvent::ChooseAccount("of no list".to_owned()),
        UserEvent::Continue,
        pick(fixtures::NETSUITE),
        pick(fixtures::INTACCT),
        pick(fixtures::DESKTOP),
        pick(fixtures::CENTRAL),
        pick(fixtures::PLAID),
        UserEvent::Submit(fixtures::credentials(&[])),
        UserEvent::Submit(fixtures::right_credentials()),
        UserEvent::Submit(fixtures::credentials(&[("customerBankAccountList", "no address")])),
        UserEvent::CopyPassword,
        UserEvent::RevealPassword,
        UserEvent::SaveFile,
        UserEvent::LoadGuide,
        UserEvent::Close,
    ]
    .into_iter()
    .map(Event::User)
    .chain([
        Event::HandOverRefused,
        Event::Copied(true),
        Event::Copied(false),
        Event::IdleTooLong,
        Event::PageRestored,
        Event::PageSeen,
        Event::NetworkChanged(Network::Online),
    ])
    .collect()
}

/// What the server and the network can make of a request, right answers and wrong ones.
fn answers(ticket: Ticket, request: &Request) -> Vec<Event> {
    let mut results = match request {
        Request::Session { .. } => {
            sessions().into_iter().map(|one| Ok(Response::Session(Box::new(one)))).collect()
        }
        Request::Address { .. } => {
            let gone = format!("connectionId {:?} is no connection of this business", fixtures::CONNECTION);
            let gone = RequestError::Refused { status: 400, message: gone };
            addresses().into_iter().map(|one| Ok(Response::Address(one))).chain([Err(gone)]).collect()
        }
        Request::Updates { .. } => news(),
        Request::SandboxLogin { .. } | Request::ChooseAccount { .. } => vec![Ok(Response::Empty)],
        Request::Accounts { .. } => vec![Ok(Response::Accounts(Vec::new()))],
        Request::Status => statuses(),
        Request::Credentials { .. } => checks(),
        Request::LinkToken { .. } => vec![Ok(Response::LinkToken(fixtures::link_token()))],
        Request::ConnectionToken => [Some(fixtures::connection_token()), None]
            .map(|token| Ok(Response::ConnectionToken(token)))
            .into(),
        Request::SetAccessToken { .. } | Request::UpdateConnection { .. } => {
            vec![Ok(Response::Bank(fixtures::bank())), Ok(Response::Bank(BankResponse::default()))]
        }
    };
    results.extend(self::results());
    results.into_iter().map(|result| Event::Response { ticket, result }).collect()
}

pub type Outcome = Result<Response, RequestError>;

/// One answer of each kind, and each way to fail.
pub fn results() -> Vec<Outcome> {
    let refused = |status, message: &str| Err(RequestError::Refused { status, message: message.to_owned() });
    vec![
        Ok(Response::Session(Box::new(fixtures::session()))),
        Ok(Response::Address(fixtures::address())),
        Ok(Response::Update(None)),
        Ok(Response::Update(Some(Box::new(fixtures::active(fixtures::QUICKBOOKS))))),
        Ok(Response::Connections(Vec::new())),
        Ok(Response::Accounts(fixtures::accounts())),
        Ok(Response::Empty),
        Ok(Response::Credentials(CredentialCheck::Rejected(None))),
        Ok(Response::LinkToken(fixtures::link_token())),
        Ok(Response::Bank(fixtures::bank())),
        Err(RequestError::Unreachable),
        Err(RequestError::Unreadable),
        refused(400, "There is no such shop"),
        refused(403, "Not yours"),
        refused(404, CONNECTION_TIMEOUT),
        refused(409, "Over by now"),
        refused(410, "Too late"),
        refused(429, "Too much"),
        refused(502, "The books are closed today"),
    ]
}

fn checks() -> Vec<Outcome> {
    let right = |connection_id, entities| CredentialCheck::Accepted { connection_id, entities };
    [
        right(Some(fixtures::connection_id()), Vec::new()),
        right(None, Vec::new()),
        right(Some(fixtures::connection_id()), fixtures::accounts()),
        right(None, fixtures::accounts()),
        CredentialCheck::Rejected(None),
        CredentialCheck::Rejected(Some("The token is none".to_owned())),
    ]
    .into_iter()
    .map(|checked| Ok(Response::Credentials(checked)))
    .collect()
}

fn sessions() -> Vec<SessionResponse> {
    vec![
        fixtures::credentials_session(),
        fixtures::bank_session(),
        fixtures::session_with_desktop(ConnectionState::Active),
        fixtures::session_with_desktop(ConnectionState::Disconnected),
        fixtures::session_with_lapsed_bank(ConnectionState::Expired),
        fixtures::session_with_lapsed_bank(ConnectionState::Disconnected),
        fixtures::session_with_the_form(),
        fixtures::session_with_outcomes(),
        fixtures::session_with(vec![fixtures::connection(fixtures::QUICKBOOKS, ConnectionState::Expired)]),
        fixtures::session_without_services(),
        fixtures::session_of_two_kinds(),
    ]
}

fn addresses() -> Vec<AddressResponse> {
    vec![
        AddressResponse { connection_id: None, ..fixtures::address() },
        fixtures::connector_address(),
        AddressResponse { attempt_id: None, expires_in_seconds: None, ..fixtures::address() },
    ]
}

fn news() -> Vec<Outcome> {
    [
        fixtures::active(fixtures::QUICKBOOKS),
        fixtures::of_another(fixtures::active(fixtures::QUICKBOOKS)),
        fixtures::denied(fixtures::QUICKBOOKS),
        fixtures::different_company(fixtures::QUICKBOOKS),
        fixtures::invalid(fixtures::QUICKBOOKS, ConnectionError::DuplicateAccount),
        fixtures::invalid(fixtures::QUICKBOOKS, ConnectionError::UnauthorizedCredentials),
        fixtures::connection(fixtures::QUICKBOOKS, ConnectionState::Pending),
        fixtures::with_choices(fixtures::connection(fixtures::QUICKBOOKS, ConnectionState::Pending)),
        fixtures::connection(fixtures::QUICKBOOKS, ConnectionState::Disconnected),
    ]
    .into_iter()
    .map(|connection| Ok(Response::Update(Some(Box::new(connection)))))
    .collect()
}

fn statuses() -> Vec<Outcome> {
    [
        fixtures::active(fixtures::QUICKBOOKS),
        fixtures::active(fixtures::SANDBOX),
        fixtures::active(fixtures::NETSUITE),
        fixtures::active(fixtures::DESKTOP),
        fixtures::invalid(fixtures::DESKTOP, ConnectionError::DuplicateAccount),
        fixtures::active(fixtures::PLAID),
        fixtures::of_another(fixtures::active(fixtures::SANDBOX)),
        fixtures::invalid(fixtures::SANDBOX, ConnectionError::DuplicateAccount),
        fixtures::invalid(fixtures::SANDBOX, ConnectionError::UnauthorizedClientIdKey),
    ]
    .into_iter()
    .map(|connection| Ok(Response::Connections(vec![connection])))
    .collect()
}
