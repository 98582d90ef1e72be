//! Handing over: the success page receives the connection, and what follows when the page will not be left.

use railz_connect_contract::ConnectionError;
use railz_connect_flow::{
    AfterSuccess, Content, Done, Effect, ErrorCode, ErrorText, Event, EventName, HostEvent, HostOptions,
    UserEvent,
};

use super::Story;
use crate::support::acts::{told_authorized, told_of_attempt};
use crate::support::{Traveller, world};

pub const STORIES: &[Story] = &[
    the_success_page_receives_the_connection_by_post,
    the_fields_go_into_the_query_where_the_host_wants_get,
    a_plain_redirect_carries_no_fields,
    without_a_state_none_is_sent,
    with_nowhere_to_go_the_success_screen_stays,
    the_host_hears_of_the_success_before_the_page_is_left,
    a_duplicate_is_shown_and_never_handed_over,
    the_sandbox_is_handed_over_under_its_own_name,
    a_page_that_is_still_there_after_five_seconds_is_told_and_offers_to_continue,
    a_page_that_forbids_the_form_is_told_at_once,
    continuing_by_hand_submits_the_same_form_again,
    only_the_timer_of_this_hand_over_counts,
    while_the_page_is_left_nothing_else_is_offered,
    coming_back_from_the_success_page_shows_what_is_connected_now,
];

fn stuck() -> HostEvent {
    told_of_attempt(EventName::Load, ErrorCode::General, ErrorText::HandOverStuck, None)
}

fn fields(owner: &Traveller) -> Vec<(&'static str, &str)> {
    let form = owner.handed_over().expect("nothing was handed over");
    form.fields.iter().map(|field| (field.name, field.value.as_str())).collect()
}

fn done(owner: &Traveller) -> Done {
    match owner.content() {
        Content::Connected { done, .. } => done,
        other => panic!("not connected: {other:?}"),
    }
}

#[test]
fn the_success_page_receives_the_connection_by_post() {
    let owner = Traveller::connected(world::posting());
    assert!(
        matches!(&owner.handed_over().unwrap().to, AfterSuccess::Post { url, .. } if url == world::SUCCESS)
    );
    assert_eq!(
        fields(&owner),
        [
            ("connectionId", world::CONNECTION),
            ("businessName", "Harbour Bakery"),
            ("businessUuid", "BIZ-1"),
            ("serviceName", world::QUICKBOOKS),
            ("state", "opaque 1"),
        ]
    );
    assert_eq!(done(&owner), Done::HandingOver);
}

#[test]
fn the_fields_go_into_the_query_where_the_host_wants_get() {
    let options = HostOptions {
        success_url: world::address_option(world::SUCCESS),
        success_method: world::text("get"),
        state: world::text("opaque 2"),
        ..world::options()
    };
    let owner = Traveller::connected(world::config(&options));
    assert!(
        matches!(&owner.handed_over().unwrap().to, AfterSuccess::Get { url, .. } if url == world::SUCCESS)
    );
    assert_eq!(fields(&owner).first(), Some(&("connectionId", world::CONNECTION)));
    assert_eq!(fields(&owner).last(), Some(&("state", "opaque 2")));
}

#[test]
fn a_plain_redirect_carries_no_fields() {
    let options = HostOptions { redirect_url: world::address_option(world::SUCCESS), ..world::options() };
    let owner = Traveller::connected(world::config(&options));
    let form = owner.handed_over().unwrap();
    assert_eq!(form.to, AfterSuccess::Redirect { url: world::SUCCESS.to_owned() });
    assert_eq!(form.fields, []);
}

#[test]
fn without_a_state_none_is_sent() {
    let options = HostOptions { success_url: world::address_option(world::SUCCESS), ..world::options() };
    let owner = Traveller::connected(world::config(&options));
    assert!(fields(&owner).iter().all(|(name, _)| *name != "state"));
    assert_eq!(fields(&owner).len(), 4);
}

#[test]
fn with_nowhere_to_go_the_success_screen_stays() {
    let mut owner = Traveller::connected(world::plain());
    assert_eq!(done(&owner), Done::Stay);
    assert!(owner.handed_over().is_none() && owner.timers.is_empty());
    owner.meet(Event::HandOverRefused);
    assert!(owner.effects.is_empty(), "somebody else's refused form is not ours");
    assert_eq!(done(&owner), Done::Stay);
}

#[test]
fn the_host_hears_of_the_success_before_the_page_is_left() {
    let mut owner = Traveller::signing_in(world::posting());
    owner.news(world::active(world::QUICKBOOKS));
    assert_eq!(owner.told(), [told_authorized(world::QUICKBOOKS)]);
    let told = owner.effects.iter().position(|effect| matches!(effect, Effect::Tell(_)));
    let left = owner.effects.iter().position(|effect| matches!(effect, Effect::HandOver(_)));
    assert!(told.is_some() && told < left, "{:?}", owner.effects);
}

#[test]
fn a_duplicate_is_shown_and_never_handed_over() {
    let mut owner = Traveller::signing_in(world::posting());
    owner.news(world::invalid(world::QUICKBOOKS, ConnectionError::DuplicateAccount));
    assert_eq!(owner.screen_name(), "duplicate");
    assert!(owner.handed_over().is_none() && owner.timers.is_empty());
    let mut cancelled = Traveller::signing_in(world::posting());
    cancelled.press(UserEvent::Back);
    cancelled.news(world::invalid(world::QUICKBOOKS, ConnectionError::DuplicateAccount));
    assert!(cancelled.handed_over().is_none());
}

#[test]
fn the_sandbox_is_handed_over_under_its_own_name() {
    let mut owner = Traveller::in_the_picker(world::posting());
    owner.pick(world::SANDBOX).answer_address(world::address());
    owner
        .answer(Ok(railz_connect_flow::Answer::Taken))
        .answer_connections(vec![world::active(world::SANDBOX)]);
    assert_eq!(fields(&owner)[3], ("serviceName", world::SANDBOX));
}

#[test]
fn a_page_that_is_still_there_after_five_seconds_is_told_and_offers_to_continue() {
    let mut owner = Traveller::connected(world::posting());
    owner.page_is_still_there();
    assert_eq!(owner.told(), [stuck()]);
    assert_eq!(done(&owner), Done::Stuck);
    assert!(owner.effects.contains(&Effect::FocusHeading));
}

#[test]
fn a_page_that_forbids_the_form_is_told_at_once() {
    let mut owner = Traveller::connected(world::posting());
    owner.meet(Event::HandOverRefused);
    assert_eq!(owner.told(), [stuck()]);
    assert_eq!(done(&owner), Done::Stuck);
    assert!(owner.timers.is_empty(), "the five seconds are not waited for");
    owner.meet(Event::HandOverRefused);
    assert_eq!(owner.told(), [], "and it is told once");
}

#[test]
fn continuing_by_hand_submits_the_same_form_again() {
    let mut owner = Traveller::connected(world::posting());
    let first = owner.handed_over().cloned();
    owner.page_is_still_there().press(UserEvent::Continue);
    assert_eq!(owner.handed_over().cloned(), first);
    assert_eq!(done(&owner), Done::HandingOver);
    owner.meet(Event::HandOverRefused);
    assert_eq!(done(&owner), Done::Stuck, "there is always a way to press again");
}

#[test]
fn only_the_timer_of_this_hand_over_counts() {
    let mut owner = Traveller::connected(world::posting());
    let first = *owner.timers.keys().next().unwrap();
    owner.meet(Event::HandOverRefused).press(UserEvent::Continue).told.clear();
    owner.meet(Event::TimerFired(first));
    assert_eq!(done(&owner), Done::HandingOver);
    assert!(owner.effects.is_empty());
    owner.page_is_still_there();
    assert_eq!(done(&owner), Done::Stuck);
}

#[test]
fn while_the_page_is_left_nothing_else_is_offered() {
    let options = HostOptions { success_url: world::address_option(world::SUCCESS), ..world::options() };
    let mut owner = Traveller::connected(world::config(&world::closing(options)));
    assert!(!owner.screen().closable);
    for user in [UserEvent::Close, UserEvent::Continue, UserEvent::Back, UserEvent::TryAgain] {
        owner.press(user);
        assert_eq!(owner.place(), "Connected(handing over)");
        assert!(owner.effects.is_empty());
    }
    owner.page_is_still_there();
    assert!(owner.screen().closable, "a page that stays can be closed again");
}

/// The page came back from the browser's memory with its timer still running: five seconds later the host was told of a
/// failure that was none, and "continue" would have posted the connection again.
#[test]
fn coming_back_from_the_success_page_shows_what_is_connected_now() {
    let mut owner = Traveller::connected(world::posting());
    let told = owner.told.len();
    owner.meet(Event::PageRestored);
    assert_eq!(owner.place(), "Loading");
    assert!(owner.timers.is_empty(), "nothing waits for the page to be left any more");
    assert_eq!(owner.told.len(), told, "the host hears of nothing");
}
