//! Patience with a server that cannot be heard: a request that may be sent once more, and that brought no answer or one that
//! says nothing of what was asked (a proxy's page, 429, 500 and above), is sent again after a rest. The stages hear nothing of
//! it until there is an answer, or for those whose patience has an end, until that.
//!
//! Rests double, up to ten seconds; where the server says after how long to ask again, they are as long as it says.

use super::shared::turn::Turn;
use crate::effect::Effect;
use crate::event::{Event, Network};
use crate::state::{Patience, TokenUse, Unanswered};
use crate::ticket::Ticket;

const FIRST_REST_MS: u32 = 1_000;
const LONGEST_REST_MS: u32 = 10_000;

/// The longest that a server is left alone because it says so.
const LONGEST_RETRY_AFTER_MS: u32 = 60_000;

/// How often a request whose patience has an end is sent again: half a minute where it is refused at once, some minutes where
/// each try takes its time.
const MOST_FAILURES: u32 = 6;

/// What the stages are to hear of an event: mostly the event itself.
pub(super) fn receive(turn: &mut Turn<'_>, event: Event) -> Option<Event> {
    match &event {
        Event::RetryAfter { ticket, after_ms } => {
            if let Some(unanswered) = turn.bearer.unanswered(*ticket) {
                unanswered.retry_after_ms = (*after_ms).min(LONGEST_RETRY_AFTER_MS);
            }
            return None;
        }
        Event::Response { ticket, result } => {
            if let Some(Unanswered { patience, failures, .. }) = turn.bearer.unanswered(*ticket) {
                let (patience, failures) = (*patience, *failures);
                if result.as_ref().is_err_and(|error| patience.outlasts(error)) && rest(turn, *ticket) {
                    return None;
                }
                turn.was_lost_before = failures > 0;
                turn.bearer.unanswered = None;
            }
        }
        Event::TimerFired(timer) => {
            if let Some(unanswered) = turn.bearer.unanswered.as_mut().filter(|one| one.rest == Some(*timer)) {
                unanswered.rest = None;
                unanswered.retry_after_ms = 0;
                let request = unanswered.request;
                repeat(turn, request);
                return None;
            }
        }
        _ => {}
    }
    Some(event)
}

/// Rests before the next try. False where there was the last one; the shell has kept the request until now.
fn rest(turn: &mut Turn<'_>, request: Ticket) -> bool {
    let network = turn.bearer.network;
    let Some(unanswered) = turn.bearer.unanswered(request) else { return false };
    let is_offline = network == Network::Offline;
    if unanswered.patience == Patience::Limited && unanswered.failures >= MOST_FAILURES && !is_offline {
        turn.cancel(request);
        return false;
    }
    let doubled = FIRST_REST_MS << unanswered.failures.min(4);
    let rest_ms = doubled.min(LONGEST_REST_MS).max(unanswered.retry_after_ms);
    // Without a network no patience is used up.
    unanswered.failures = unanswered.failures.saturating_add(u32::from(!is_offline));
    let timer = turn.start_timer_about(rest_ms, rest_ms / 2);
    if let Some(unanswered) = turn.bearer.unanswered(request) {
        unanswered.rest = Some(timer);
    }
    true
}

/// Ends a rest before its time, but none that the server asked for. A try that comes early uses no patience up; that the request was
/// lost before is kept all the same.
pub(super) fn try_now(turn: &mut Turn<'_>) {
    let Some(unanswered) = turn.bearer.unanswered.as_mut().filter(|one| one.retry_after_ms == 0) else {
        return;
    };
    let request = unanswered.request;
    if let Some(rest) = unanswered.rest.take() {
        unanswered.failures = unanswered.failures.saturating_sub(1).max(1);
        turn.cancel(rest);
        repeat(turn, request);
    }
}

fn repeat(turn: &mut Turn<'_>, ticket: Ticket) {
    if let Some(token) = turn.bearer.token.clone() {
        turn.bearer.note_sent(ticket, TokenUse::Current);
        turn.effect(Effect::RepeatRequest { ticket, token });
    }
}
