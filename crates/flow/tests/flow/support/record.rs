//! The record of the transitions that the stories of one thread take.

use std::cell::RefCell;
use std::collections::BTreeSet;

use railz_connect_flow::{Answer, BankNews, Checked, Event, RequestError, UserEvent};

/// One transition: from a place, by an event, to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    pub from: &'static str,
    pub event: &'static str,
    pub to: &'static str,
}

thread_local! {
    static RECORD: RefCell<BTreeSet<Passage>> = const { RefCell::new(BTreeSet::new()) };
}

pub fn write(passage: Passage) {
    RECORD.with_borrow_mut(|record| record.insert(passage));
}

/// What was written on this thread so far.
pub fn take() -> BTreeSet<Passage> {
    RECORD.take()
}

impl Passage {
    pub fn of(from: &'static str, event: &Event, to: &'static str) -> Self {
        Self { from, event: name(event), to }
    }
}

impl std::fmt::Display for Passage {
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
            UserEvent::Renew(_) => "Renew",
            UserEvent::OpenWindow => "OpenWindow",
            UserEvent::FollowLink => "FollowLink",
            UserEvent::Back => "Back",
            UserEvent::ChooseAccount(_) => "ChooseAccount",
            UserEvent::TryAgain => "TryAgain",
            UserEvent::Submit(_) => "Submit",
            UserEvent::Continue => "Continue",
            UserEvent::CopyPassword => "CopyPassword",
            UserEvent::RevealPassword => "RevealPassword",
            UserEvent::SaveFile => "SaveFile",
            UserEvent::LoadGuide => "LoadGuide",
            UserEvent::Close => "Close",
        },
        Event::Answered { result: Ok(answer), .. } => match answer {
            Answer::Session(_) => "Session",
            Answer::Address(_) => "Address",
            Answer::News(None) => "News(nothing)",
            Answer::News(Some(_)) => "News",
            Answer::Connections(_) => "Connections",
            Answer::Accounts(_) => "Accounts",
            Answer::Checked(Checked::Right { entities, .. }) if entities.is_empty() => "Checked(right)",
            Answer::Checked(Checked::Right { .. }) => "Checked(right, entities)",
            Answer::Checked(Checked::Wrong(_)) => "Checked(wrong)",
            Answer::LinkToken(_) => "LinkToken",
            Answer::Bank(_) => "Bank",
            Answer::Taken => "Taken",
        },
        Event::Answered { result: Err(error), .. } => match error {
            RequestError::Unreachable => "Unreachable",
            RequestError::Unreadable => "Unreadable",
            RequestError::Refused { .. } => "Refused",
        },
        Event::TimerFired(_) => "TimerFired",
        Event::WindowOpened(_) => "WindowOpened",
        Event::WindowBlocked(_) => "WindowBlocked",
        Event::WindowClosed(_) => "WindowClosed",
        Event::Guide { steps: Some(_), .. } => "Guide",
        Event::Guide { steps: None, .. } => "Guide(missing)",
        Event::BankLink { news, .. } => match news {
            BankNews::Opened => "BankLink(opened)",
            BankNews::NotLoaded => "BankLink(not loaded)",
            BankNews::Linked(_) => "BankLink(linked)",
            BankNews::Left => "BankLink(left)",
            BankNews::Failed(_) => "BankLink(failed)",
        },
        Event::Copied(_) => "Copied",
        Event::IdleTooLong => "IdleTooLong",
        Event::HandOverRefused => "HandOverRefused",
        Event::PageRestored => "PageRestored",
    }
}
