//! The sandbox when something goes wrong on the way.

use railz_connect_contract::{ConnectionError, ServiceName};
use railz_connect_flow::event::{RequestError, Response};
use railz_connect_flow::host_event::{ErrorCode, ErrorText, EventName, HostError, HostEvent};
use railz_connect_flow::screen::Content;
use railz_connect_flow::state::Refusal;

use super::Story;
use super::sandbox::{asked_for_the_status, sandbox_address};
use crate::support::{TestWidget, fixtures};

pub const STORIES: &[Story] = &[
    a_use_case_can_end_as_a_duplicate,
    a_use_case_can_end_refused,
    a_failure_at_any_step_ends_the_attempt_and_is_told,
    an_answer_of_another_kind_at_any_step_ends_the_attempt,
    a_status_without_the_connection_ends_the_attempt,
];

#[test]
fn a_use_case_can_end_as_a_duplicate() {
    let mut widget = asked_for_the_status();
    widget.answer_connections(vec![fixtures::invalid(fixtures::SANDBOX, ConnectionError::DuplicateAccount)]);
    assert_eq!(widget.screen_name(), "duplicate");
    assert!(
        matches!(&widget.host_events()[..], [HostEvent::Error { event: EventName::Authorization, error, .. }]
        if error.code == ErrorCode::DuplicateAccount)
    );
}

#[test]
fn a_use_case_can_end_refused() {
    for (error, refusal) in [
        (ConnectionError::InsufficientPermission, Refusal::InsufficientPermission),
        (ConnectionError::UnauthorizedCredentials, Refusal::UnauthorizedCredentials),
    ] {
        let mut widget = asked_for_the_status();
        widget.answer_connections(vec![fixtures::invalid(fixtures::SANDBOX, error)]);
        let shown = widget.content();
        assert!(matches!(shown, Content::Refused { refusal: shown, .. } if shown == refusal), "{error:?}");
        assert_eq!(widget.host_events().len(), 1);
    }
}

fn at_each_step() -> [TestWidget; 3] {
    let mut at_the_address = TestWidget::in_the_picker(fixtures::plain());
    at_the_address.pick(fixtures::SANDBOX);
    let mut at_the_login = at_the_address.clone();
    at_the_login.answer_address(sandbox_address());
    [at_the_address, at_the_login, asked_for_the_status()]
}

#[test]
fn a_failure_at_any_step_ends_the_attempt_and_is_told() {
    let refused = |status| RequestError::Refused { status, message: "The tea is cold".to_owned() };
    let failures = [
        (RequestError::Unreachable, EventName::Load, ErrorCode::General),
        (RequestError::Unreadable, EventName::Load, ErrorCode::General),
        (refused(500), EventName::Load, ErrorCode::General),
        (refused(409), EventName::Load, ErrorCode::General),
        (refused(403), EventName::Authorization, ErrorCode::Authentication),
    ];
    for (error, event_name, code) in failures {
        let is_final = matches!(error, RequestError::Refused { status: 403 | 409, .. });
        // What may pass ends nothing once the sandbox was asked to connect (`unheard.rs`).
        let steps = if is_final { 3 } else { 1 };
        for (step, mut widget) in at_each_step().into_iter().enumerate().take(steps) {
            // Only the status can tell that the widget is not authorised (contract rule H7).
            let (event_name, code) =
                if step == 2 { (event_name, code) } else { (EventName::Load, ErrorCode::General) };
            let raw = matches!(error, RequestError::Refused { .. }).then(|| "The tea is cold".to_owned());
            widget.answer(Err(error.clone())).list_says_no();
            if step == 2 && code == ErrorCode::General {
                assert_eq!(
                    widget.name(),
                    "Ended",
                    "the words were not about the sandbox, but about the question"
                );
                continue;
            }
            let Content::Failed { message, .. } = widget.content() else { panic!("{:?}", widget.content()) };
            assert_eq!(message, raw);
            let told = HostEvent::Error {
                event: event_name,
                parties: fixtures::parties(),
                connection_id: (step > 0).then(fixtures::connection_id),
                service: Some(ServiceName::new(fixtures::SANDBOX)),
                error: HostError { code, text: ErrorText::OfCode, raw },
            };
            assert_eq!(widget.host_events(), [told]);
        }
    }
}

#[test]
fn an_answer_of_another_kind_at_any_step_ends_the_attempt() {
    let answers = [
        Response::Session(Box::new(fixtures::session())),
        Response::Address(sandbox_address()),
        Response::Update(None),
        Response::Update(Some(Box::new(fixtures::active(fixtures::SANDBOX)))),
        Response::Connections(vec![fixtures::active(fixtures::SANDBOX)]),
        Response::Empty,
        Response::Accounts(fixtures::accounts()),
    ];
    let right = [1, 5, 4];
    for (mut_from, right) in at_each_step().into_iter().zip(right) {
        for (index, answer) in answers.iter().enumerate().filter(|(index, _)| *index != right) {
            let mut widget = mut_from.clone();
            widget.answer(Ok(answer.clone())).list_says_no();
            assert_eq!(widget.name(), "Ended", "answer {index} at {}", mut_from.name());
            assert_eq!(widget.host_events().len(), 1);
        }
    }
}

#[test]
fn a_status_without_the_connection_ends_the_attempt() {
    let mut widget = asked_for_the_status();
    widget.answer_connections(vec![fixtures::of_another(fixtures::active(fixtures::SANDBOX))]);
    assert_eq!(widget.screen_name(), "failed", "an older connection is not taken for the new one");
}
