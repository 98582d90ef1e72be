//! All that can happen to a traveller next: every press, every answer to what is out, every timer, every window event.
//!
//! The walks and the exploration draw from this list, so the machine is seen with everything the world can bring.

use railz_connect_contract::{
    AddressResponse, BankResponse, CONNECTION_TIMEOUT, ConnectionError, ConnectionState, IntegrationUuid,
    ServiceKind, UseCase,
};
use railz_connect_flow::{
    Answer, BankNews, Checked, Event, JourneyStep, Request, RequestError, SessionResponse, Ticket, UserEvent,
};

use super::{Traveller, world};

/// Every event that the shell could bring next.
pub fn onward(traveller: &Traveller) -> Vec<Event> {
    let mut events = presses();
    for (ticket, request) in &traveller.requests {
        events.extend(answers(*ticket, request));
    }
    events.extend(traveller.timers.keys().copied().map(Event::TimerFired));
    for window in &traveller.windows {
        events.extend([
            Event::WindowOpened(*window),
            Event::WindowBlocked(*window),
            Event::WindowClosed(*window),
        ]);
    }
    events.extend(traveller.guides.iter().flat_map(|ticket| guides(*ticket)));
    events.extend(traveller.links.iter().flat_map(|ticket| links(*ticket)));
    events
}

fn guides(ticket: Ticket) -> [Event; 2] {
    [Some(world::guide()), None].map(|steps| Event::Guide { ticket, steps })
}

fn links(ticket: Ticket) -> [Event; 6] {
    [
        BankNews::Opened,
        BankNews::NotLoaded,
        BankNews::Linked(world::public_token()),
        BankNews::Left,
        BankNews::Failed(None),
        BankNews::Failed(Some("The bank is asleep".to_owned())),
    ]
    .map(|news| Event::BankLink { ticket, news })
}

/// Every event about a ticket that is no longer out. None of them may change anything.
pub fn stale(traveller: &Traveller) -> Vec<Event> {
    let mut events = Vec::new();
    for &ticket in traveller.issued.iter().rev().take(12) {
        if !traveller.requests.contains_key(&ticket) {
            events.extend(results().into_iter().map(|result| Event::Answered { ticket, result }));
        }
        if !traveller.timers.contains_key(&ticket) {
            events.push(Event::TimerFired(ticket));
        }
        if !traveller.windows.contains(&ticket) {
            events.extend([
                Event::WindowOpened(ticket),
                Event::WindowBlocked(ticket),
                Event::WindowClosed(ticket),
            ]);
        }
        if !traveller.guides.contains(&ticket) {
            events.extend(guides(ticket));
        }
        if !traveller.links.contains(&ticket) {
            events.extend(links(ticket));
        }
    }
    events
}

fn presses() -> Vec<Event> {
    let pick = |service| UserEvent::Pick(world::integration_of(service));
    let form = |use_case, provider| UserEvent::Submit(world::sandbox_form(use_case, provider));
    [
        pick(world::SANDBOX),
        pick(world::QUICKBOOKS),
        pick(world::SHOPIFY),
        pick("of no widget"),
        UserEvent::Pick(IntegrationUuid::new(world::MOCK)),
        UserEvent::Renew(world::connection_id()),
        UserEvent::Next,
        UserEvent::GoTo(JourneyStep::Overview),
        UserEvent::GoTo(JourneyStep::Kind(ServiceKind::Accounting)),
        UserEvent::GoTo(JourneyStep::Summary),
        UserEvent::Finish,
        UserEvent::AddAnother,
        UserEvent::Search("quick".to_owned()),
        UserEvent::Submit(world::answer_form("juniper-bakery")),
        UserEvent::OpenWindow,
        UserEvent::FollowLink,
        UserEvent::Back,
        UserEvent::TryAgain,
        form(None, Some(world::MOCK)),
        form(Some(UseCase::UserGood), Some("of no provider")),
        form(Some(UseCase::UserGood), Some(world::MOCK)),
        UserEvent::ChooseAccount(world::ACCOUNT.to_owned()),
        UserEvent::ChooseAccount("of no list".to_owned()),
        UserEvent::Continue,
        pick(world::NETSUITE),
        pick(world::INTACCT),
        pick(world::DESKTOP),
        pick(world::CENTRAL),
        pick(world::PLAID),
        UserEvent::Submit(world::credentials(&[])),
        UserEvent::Submit(world::right_credentials()),
        UserEvent::Submit(world::credentials(&[("customerBankAccountList", "no address")])),
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
    ])
    .collect()
}

/// What the server and the network can make of a request, right answers and wrong ones.
fn answers(ticket: Ticket, request: &Request) -> Vec<Event> {
    let mut results = match request {
        Request::Session { .. } => {
            sessions().into_iter().map(|one| Ok(Answer::Session(Box::new(one)))).collect()
        }
        Request::Address { .. } => addresses().into_iter().map(|one| Ok(Answer::Address(one))).collect(),
        Request::Updates { .. } => news(),
        Request::SandboxLogin { .. } | Request::ChooseAccount { .. } => vec![Ok(Answer::Taken)],
        Request::Accounts { .. } => vec![Ok(Answer::Accounts(Vec::new()))],
        Request::Status { .. } => statuses(),
        Request::Credentials { .. } => checks(),
        Request::LinkToken { .. } => vec![Ok(Answer::LinkToken(world::link_token()))],
        Request::BankLinked { .. } | Request::BankMended { .. } => {
            vec![Ok(Answer::Bank(world::bank())), Ok(Answer::Bank(BankResponse::default()))]
        }
    };
    results.extend(self::results());
    results.into_iter().map(|result| Event::Answered { ticket, result }).collect()
}

pub type Outcome = Result<Answer, RequestError>;

/// One answer of each kind, and the ways to fail.
pub fn results() -> Vec<Outcome> {
    let refused = |status, message: &str| Err(RequestError::Refused { status, message: message.to_owned() });
    vec![
        Ok(Answer::Session(Box::new(world::session()))),
        Ok(Answer::Address(world::address())),
        Ok(Answer::News(None)),
        Ok(Answer::News(Some(Box::new(world::active(world::QUICKBOOKS))))),
        Ok(Answer::Connections(Vec::new())),
        Ok(Answer::Accounts(world::accounts())),
        Ok(Answer::Taken),
        Ok(Answer::Checked(Checked::Wrong(None))),
        Ok(Answer::LinkToken(world::link_token())),
        Ok(Answer::Bank(world::bank())),
        Err(RequestError::Unreachable),
        Err(RequestError::Unreadable),
        refused(400, "There is no such shop"),
        refused(403, "Not yours"),
        refused(404, CONNECTION_TIMEOUT),
        refused(410, "Too late"),
        refused(502, "The books are closed today"),
    ]
}

fn checks() -> Vec<Outcome> {
    let right = |connection_id, entities| Checked::Right { connection_id, entities };
    [
        right(Some(world::connection_id()), Vec::new()),
        right(None, Vec::new()),
        right(Some(world::connection_id()), world::accounts()),
        right(None, world::accounts()),
        Checked::Wrong(None),
        Checked::Wrong(Some("The token is none".to_owned())),
    ]
    .into_iter()
    .map(|checked| Ok(Answer::Checked(checked)))
    .collect()
}

fn sessions() -> Vec<SessionResponse> {
    vec![
        world::special_session(),
        world::bank_session(),
        world::session_with_desktop(ConnectionState::Active),
        world::session_with_desktop(ConnectionState::Disconnected),
        world::session_with_lapsed_bank(ConnectionState::Expired),
        world::session_with_lapsed_bank(ConnectionState::Disconnected),
        world::session_with_the_form(),
        world::session_with(vec![world::connection(world::QUICKBOOKS, ConnectionState::Expired)]),
        world::session_without_services(),
        world::session_of_two_kinds(),
    ]
}

fn addresses() -> Vec<AddressResponse> {
    vec![
        AddressResponse { connection_id: None, ..world::address() },
        world::connector_address(),
        AddressResponse { attempt_id: None, expires_in_seconds: None, ..world::address() },
    ]
}

fn news() -> Vec<Outcome> {
    [
        world::active(world::QUICKBOOKS),
        world::of_another(world::active(world::QUICKBOOKS)),
        world::denied(world::QUICKBOOKS),
        world::invalid(world::QUICKBOOKS, ConnectionError::DuplicateAccount),
        world::invalid(world::QUICKBOOKS, ConnectionError::UnauthorizedCredentials),
        world::connection(world::QUICKBOOKS, ConnectionState::Pending),
        world::with_choices(world::connection(world::QUICKBOOKS, ConnectionState::Pending)),
        world::connection(world::QUICKBOOKS, ConnectionState::Disconnected),
    ]
    .into_iter()
    .map(|connection| Ok(Answer::News(Some(Box::new(connection)))))
    .collect()
}

fn statuses() -> Vec<Outcome> {
    [
        world::active(world::QUICKBOOKS),
        world::active(world::SANDBOX),
        world::active(world::NETSUITE),
        world::active(world::DESKTOP),
        world::invalid(world::DESKTOP, ConnectionError::DuplicateAccount),
        world::active(world::PLAID),
        world::of_another(world::active(world::SANDBOX)),
        world::invalid(world::SANDBOX, ConnectionError::DuplicateAccount),
        world::invalid(world::SANDBOX, ConnectionError::UnauthorizedClientIdKey),
    ]
    .into_iter()
    .map(|connection| Ok(Answer::Connections(vec![connection])))
    .collect()
}
