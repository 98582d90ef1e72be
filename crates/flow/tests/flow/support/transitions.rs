//! The record of the transitions that the stories of one thread take.

use std::cell::RefCell;
use std::collections::BTreeSet;

use railz_connect_flow::Event;
use railz_connect_flow::event::{BankLinkEvent, CredentialCheck, Network, RequestError, Response, UserEvent};
use railz_connect_flow::guide::GuideAnswer;

/// One transition: from a place, by an event, to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Transition {
    pub from: &'static str,
    pub event: &'static str,
    pub to: &'static str,
}

thread_local! {
    static RECORD: RefCell<BTreeSet<Transition>> = const { RefCell::new(BTreeSet::new()) };
}

pub fn write(transition: Transition) {
    RECORD.with_borrow_mut(|record| record.insert(transition));
}

/// What was written on this thread so far.
pub fn take() -> BTreeSet<Transition> {
    RECORD.take()
}

impl Transition {
    pub fn of(from: &'static str, event: &Event, to: &'static str) -> Self {
        Self { from, event: name(event), to }
    }
}

impl std::fmt::Display for Transition {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} --{}--> {}", self.from, self.event, self.to)
    }
}

/// The event's name, as fine as the machine tells events apart.
pub fn name(event: &Event) -> &'static str {
    match event {
        Event::User(user) => match user {
            UserEvent::Next => "Next",
            UserEvent::GoTo(_) => "GoTo",
            UserEvent::Finish => "Finish",
            UserEvent::AddAnother => "AddAnother",
            UserEvent::Search(_) => "Search",
            UserEvent::Pick(_) => "Pick",
            UserEvent::OpenSandboxForm => "OpenSandboxForm",
            UserEvent::Renew(_) => "Renew",
            UserEvent::OpenWindow => "OpenWindow",
            UserEvent::FollowLink => "FollowLink",
            UserEvent::Back => "Back",
            UserEvent::ChooseAccount(_) => "ChooseAccount",
            UserEvent::TryAgain => "TryAgain",
            UserEvent::ConnectOther => "ConnectOther",
            UserEvent::Submit(_) => "Submit",
            UserEvent::Continue => "Continue",
            UserEvent::CopyPassword => "CopyPassword",
            UserEvent::RevealPassword => "RevealPassword",
            UserEvent::SaveFile => "SaveFile",
            UserEvent::LoadGuide => "LoadGuide",
            UserEvent::Close => "Close",
        },
        Event::Response { result: Ok(answer), .. } => match answer {
            Response::Session(_) => "Session",
            Response::Address(_) => "Address",
            Response::Update(None) => "Update(nothing)",
            Response::Update(Some(_)) => "Update",
            Response::Connections(_) => "Connections",
            Response::Accounts(_) => "Accounts",
            Response::Credentials(CredentialCheck::Accepted { entities, .. }) if entities.is_empty() => {
                "Credentials(accepted)"
            }
            Response::Credentials(CredentialCheck::Accepted { .. }) => "Credentials(accepted, entities)",
            Response::Credentials(CredentialCheck::Rejected(_)) => "Credentials(rejected)",
            Response::LinkToken(_) => "LinkToken",
            Response::Bank(_) => "Bank",
            Response::ConnectionToken(Some(_)) => "ConnectionToken",
            Response::ConnectionToken(None) => "ConnectionToken(none)",
            Response::Empty => "Empty",
        },
        Event::Response { result: Err(error), .. } => match error {
            RequestError::Unreachable => "Unreachable",
            RequestError::Unreadable => "Unreadable",
            RequestError::Refused { .. } => "Refused",
        },
        Event::RetryAfter { .. } => "RetryAfter",
        Event::SessionToken { token: Some(_), .. } => "SessionToken",
        Event::SessionToken { token: None, .. } => "SessionToken(none)",
        Event::TimerFired(_) => "TimerFired",
        Event::WindowOpened(_) => "WindowOpened",
        Event::WindowBlocked(_) => "WindowBlocked",
        Event::WindowClosed(_) => "WindowClosed",
        Event::StartPageAsked(_) => "StartPageAsked",
        Event::Guide { answer, .. } => match answer {
            GuideAnswer::Loaded => "Guide",
            GuideAnswer::Missing => "Guide(missing)",
        },
        Event::FormLoaded => "FormLoaded",
        Event::BankLink { event, .. } => match event {
            BankLinkEvent::Opened => "BankLink(opened)",
            BankLinkEvent::LoadFailed => "BankLink(load failed)",
            BankLinkEvent::Linked(_) => "BankLink(linked)",
            BankLinkEvent::Exited => "BankLink(exited)",
            BankLinkEvent::Failed(_) => "BankLink(failed)",
        },
        Event::Copied(_) => "Copied",
        Event::IdleTooLong => "IdleTooLong",
        Event::HandOverRefused => "HandOverRefused",
        Event::PageRestored => "PageRestored",
        Event::PageSeen => "PageSeen",
        Event::NetworkChanged(Network::Online) => "NetworkChanged(online)",
        Event::NetworkChanged(Network::Offline) => "NetworkChanged(offline)",
    }
}
