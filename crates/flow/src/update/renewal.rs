//! A token that ran out is renewed under the person's hands: whatever request the server refused for it (status 401) waits,
//! the host or the server is asked for a session that goes on from this one, and the request is sent once more. The stages
//! hear nothing of it unless it fails; they stand where they stood.
//!
//! A second refusal of the same request is final, so there is no loop.

use railz_connect_contract::AccessToken;

use super::shared::session_call;
use super::shared::turn::Turn;
use crate::effect::Effect;
use crate::event::{Event, RequestError, Response};
use crate::session::SessionResponse;
use crate::state::{Lifecycle, Renewal, TokenUse};
use crate::ticket::Ticket;

/// For how long the host may take to give a token, in milliseconds: as long as the server may for an ordinary answer.
const HOST_MAY_TAKE_MS: u32 = 29_000;

/// What the stages are to hear of an event: mostly the event itself, and of a server's words no token.
pub(super) fn receive(turn: &mut Turn<'_>, lifecycle: &mut Lifecycle, mut event: Event) -> Vec<Event> {
    if matches!(lifecycle, Lifecycle::Closed) {
        return Vec::new();
    }
    if let Event::Response { result: Err(RequestError::Refused { message, .. }), .. } = &mut event {
        turn.bearer.scrub(message);
    }
    match (turn.bearer.renewal, event) {
        (Renewal::OpeningSession(request), Event::Response { ticket, result }) if ticket == request => {
            end(turn, lifecycle, request, result)
        }
        (Renewal::AskingHost { ticket: asked, timer }, Event::SessionToken { ticket, token })
            if ticket == asked =>
        {
            turn.cancel(timer);
            go_on_with(turn, lifecycle, token)
        }
        (Renewal::AskingHost { ticket, timer }, Event::TimerFired(fired)) if fired == timer => {
            turn.cancel(ticket);
            go_on_with(turn, lifecycle, None)
        }
        (_, Event::SessionToken { .. }) => Vec::new(),
        (_, Event::Response { ticket, result: Err(error) }) if error.is_token_refused() => {
            refuse(turn, lifecycle, ticket, error)
        }
        (_, event) => {
            if let Event::Response { ticket, .. } = &event {
                turn.bearer.forget(*ticket);
            }
            vec![event]
        }
    }
}

/// A request was refused for its token.
fn refuse(turn: &mut Turn<'_>, lifecycle: &Lifecycle, ticket: Ticket, error: RequestError) -> Vec<Event> {
    let may_renew = !turn.config.is_minted() || turn.config.renews_session;
    let token = turn.bearer.token.clone();
    match (turn.bearer.token_use(ticket), token) {
        (Some(token_use @ TokenUse::Earlier), Some(token)) => {
            *token_use = TokenUse::Last;
            turn.effect(Effect::RepeatRequest { ticket, token });
        }
        (Some(token_use @ TokenUse::Current), _) if may_renew => {
            *token_use = TokenUse::Refused(error);
            if turn.bearer.renewal == Renewal::NotNeeded {
                begin(turn, lifecycle);
            }
        }
        (known, _) => {
            // The shell has kept it until now.
            if known.is_some() {
                turn.cancel(ticket);
            }
            return vec![Event::Response { ticket, result: Err(error) }];
        }
    }
    Vec::new()
}

fn begin(turn: &mut Turn<'_>, lifecycle: &Lifecycle) {
    turn.bearer.renewal = if turn.config.is_minted() {
        let ticket = turn.ticket();
        turn.effect(Effect::GetSession(ticket));
        Renewal::AskingHost { ticket, timer: turn.start_timer(HOST_MAY_TAKE_MS) }
    } else {
        open(turn, lifecycle, None)
    };
}

/// The session call, which continues what the session before began, also where the host's back end did not say so.
fn open(turn: &mut Turn<'_>, lifecycle: &Lifecycle, token: Option<AccessToken>) -> Renewal {
    let previous = if token.is_some() { turn.bearer.token.clone() } else { turn.bearer.previous() };
    let request = session_call::request(turn.config, lifecycle.session(), previous);
    Renewal::OpeningSession(turn.send_with(token, TokenUse::Last, request))
}

/// The host gave a token, or none.
fn go_on_with(turn: &mut Turn<'_>, lifecycle: &Lifecycle, token: Option<AccessToken>) -> Vec<Event> {
    if token.is_none() {
        return fail(turn, &RequestError::Refused { status: 401, message: String::new() });
    }
    turn.bearer.renewal = open(turn, lifecycle, token);
    Vec::new()
}

fn end(
    turn: &mut Turn<'_>,
    lifecycle: &mut Lifecycle,
    request: Ticket,
    result: Result<Response, RequestError>,
) -> Vec<Event> {
    match result {
        Ok(Response::Session(response)) => repeat_refused(turn, lifecycle, response),
        result => {
            turn.cancel(request);
            fail(turn, RequestError::of(&result))
        }
    }
}

/// Who waited for the session itself has it; everything else is sent once more. The list stays as it is, but what is handed
/// over at the end is what the server signs: what it says now.
fn repeat_refused(
    turn: &mut Turn<'_>,
    lifecycle: &mut Lifecycle,
    response: Box<SessionResponse>,
) -> Vec<Event> {
    let token = response.access_token.clone();
    if let Lifecycle::Open { session, .. } = lifecycle {
        session.renew_settings(turn.config, &response);
    }
    turn.bearer.forget_renewal();
    turn.bearer.renew(token.clone(), response.session_kind);
    let mut answered = None;
    for (ticket, _) in turn.bearer.take_refused() {
        if matches!(lifecycle, Lifecycle::Loading { request, .. } if *request == ticket) {
            turn.cancel(ticket);
            answered = Some(ticket);
        } else {
            turn.bearer.note_sent(ticket, TokenUse::Last);
            turn.effect(Effect::RepeatRequest { ticket, token: token.clone() });
        }
    }
    let session = |ticket| Event::Response { ticket, result: Ok(Response::Session(response)) };
    answered.map(session).into_iter().collect()
}

/// Whoever waited hears why: of the refusal, where there is no way on, or that nobody could be asked just now.
fn fail(turn: &mut Turn<'_>, error: &RequestError) -> Vec<Event> {
    turn.bearer.forget_renewal();
    let refused = turn.bearer.take_refused();
    let hear = |(ticket, refusal)| {
        let may_pass = error.may_pass();
        // What is sent once more is kept.
        if !may_pass || turn.bearer.unanswered(ticket).is_none() {
            turn.cancel(ticket);
        }
        let error = if may_pass { RequestError::Unreachable } else { refusal };
        Event::Response { ticket, result: Err(error) }
    };
    refused.into_iter().map(hear).collect()
}
