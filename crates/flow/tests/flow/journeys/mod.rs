//! The journeys: whole stories, one family a file. Each family lists its stories, so that the coverage test can run
//! them again; a story that is missing from its list is found by `every_story_is_in_the_list_of_its_family`.

mod account;
mod attention;
mod bank;
mod bank_refused;
mod closing;
mod closing_unheard;
mod connector;
mod credentials;
mod credentials_refused;
mod earlier_unheard;
mod endings;
mod guide;
mod hand_over;
mod hand_over_asks;
mod hand_over_from_the_list;
mod hand_over_signed;
mod hand_over_stuck;
mod hand_over_unheard;
mod hand_over_unknown;
mod host_events;
mod idle;
mod late;
mod loading;
mod lost_answers;
mod network;
mod out_of_place;
mod question;
mod reauthorisation;
mod sandbox;
mod sandbox_refused;
mod sign_in;
mod steps;
mod stillness;
mod unheard;
mod web_services;
mod window;

use railz_connect_flow::event::{CredentialCheck, Response};

use crate::support::fixtures;

/// A story, to be run again.
pub type Story = fn();

/// All stories, by family, with the text of the family's file.
pub const FAMILIES: &[(&str, &[Story], &str)] = &[
    ("account", account::STORIES, include_str!("account.rs")),
    ("attention", attention::STORIES, include_str!("attention.rs")),
    ("bank", bank::STORIES, include_str!("bank.rs")),
    ("bank_refused", bank_refused::STORIES, include_str!("bank_refused.rs")),
    ("closing", closing::STORIES, include_str!("closing.rs")),
    ("closing_unheard", closing_unheard::STORIES, include_str!("closing_unheard.rs")),
    ("connector", connector::STORIES, include_str!("connector.rs")),
    ("credentials", credentials::STORIES, include_str!("credentials.rs")),
    ("credentials_refused", credentials_refused::STORIES, include_str!("credentials_refused.rs")),
    ("earlier_unheard", earlier_unheard::STORIES, include_str!("earlier_unheard.rs")),
    ("endings", endings::STORIES, include_str!("endings.rs")),
    ("guide", guide::STORIES, include_str!("guide.rs")),
    ("hand_over", hand_over::STORIES, include_str!("hand_over.rs")),
    ("hand_over_asks", hand_over_asks::STORIES, include_str!("hand_over_asks.rs")),
    ("hand_over_from_the_list", hand_over_from_the_list::STORIES, include_str!("hand_over_from_the_list.rs")),
    ("hand_over_signed", hand_over_signed::STORIES, include_str!("hand_over_signed.rs")),
    ("hand_over_stuck", hand_over_stuck::STORIES, include_str!("hand_over_stuck.rs")),
    ("hand_over_unheard", hand_over_unheard::STORIES, include_str!("hand_over_unheard.rs")),
    ("hand_over_unknown", hand_over_unknown::STORIES, include_str!("hand_over_unknown.rs")),
    ("host_events", host_events::STORIES, include_str!("host_events.rs")),
    ("late", late::STORIES, include_str!("late.rs")),
    ("idle", idle::STORIES, include_str!("idle.rs")),
    ("loading", loading::STORIES, include_str!("loading.rs")),
    ("lost_answers", lost_answers::STORIES, include_str!("lost_answers.rs")),
    ("network", network::STORIES, include_str!("network.rs")),
    ("out_of_place", out_of_place::STORIES, include_str!("out_of_place.rs")),
    ("question", question::STORIES, include_str!("question.rs")),
    ("reauthorisation", reauthorisation::STORIES, include_str!("reauthorisation.rs")),
    ("sandbox", sandbox::STORIES, include_str!("sandbox.rs")),
    ("sandbox_refused", sandbox_refused::STORIES, include_str!("sandbox_refused.rs")),
    ("sign_in", sign_in::STORIES, include_str!("sign_in.rs")),
    ("stillness", stillness::STORIES, include_str!("stillness.rs")),
    ("unheard", unheard::STORIES, include_str!("unheard.rs")),
    ("web_services", web_services::STORIES, include_str!("web_services.rs")),
    ("steps", steps::STORIES, include_str!("steps.rs")),
    ("window", window::STORIES, include_str!("window.rs")),
];

/// One answer of each kind, by name.
fn answers_of_each_kind() -> Vec<(&'static str, Response)> {
    vec![
        ("Session", Response::Session(Box::new(fixtures::session()))),
        ("Address", Response::Address(fixtures::address())),
        ("Update(nothing)", Response::Update(None)),
        ("Update", Response::Update(Some(Box::new(fixtures::active(fixtures::NETSUITE))))),
        ("Accounts", Response::Accounts(fixtures::accounts())),
        ("Connections", Response::Connections(vec![fixtures::active(fixtures::DESKTOP)])),
        ("Credentials", Response::Credentials(CredentialCheck::Rejected(None))),
        ("LinkToken", Response::LinkToken(fixtures::link_token())),
        ("Bank", Response::Bank(fixtures::bank())),
        ("Empty", Response::Empty),
    ]
}

#[test]
fn every_story_is_in_the_list_of_its_family() {
    for (family, stories, text) in FAMILIES {
        let written = text.lines().filter(|line| line.trim() == "#[test]").count();
        assert_eq!(stories.len(), written, "stories in the list of the family {family}");
    }
}
