//! Closing: at once, or, where something may have been connected that nobody has heard of, after the server was asked once
//! more (invariant 8). Who presses a second time goes at once.

use railz_connect_contract::ConnectionId;

use super::awaiting_sign_in;
use super::next_of_open;
use super::shared::last_question::Progress;
use super::shared::turn::Turn;
use super::shared::{guide, last_question, unheard};
use crate::effect::{Effect, Request};
use crate::event::{Event, UserEvent};
use crate::host_event::{HostEvent, Parties};
use crate::service::SelectedService;
use crate::session::Session;
use crate::state::{
    AccountStep, BankStep, Choosing, ChoosingAccount, Closing, ClosingStep, ConnectingSandbox, EntryStep,
    FinalPoll, LastQuestion, Lifecycle, LinkingBank, Load, SandboxStep, Stage,
};
use crate::ticket::Ticket;

/// How long a person who closes the widget waits at most, in milliseconds.
const LIMIT_MS: u32 = 10_000;

/// A person closes the widget, where the host lets them. It goes at once where nothing is unheard, or where it is asking already;
/// else what is on its way is waited for, and the server asked, for `LIMIT_MS` at the most.
pub(super) fn begin(turn: &mut Turn<'_>, lifecycle: &mut Lifecycle) {
    if lifecycle.is_leaving() || !turn.config.closable() {
        return;
    }
    let mut pending = None;
    if let Lifecycle::Open { session, stage } = lifecycle {
        pending = leave(turn, session, stage);
    }
    let unheard = lifecycle.session().is_some_and(|session| !session.journey.unheard.is_empty());
    if let Lifecycle::Closing(closing) = lifecycle {
        last_question::give_up(turn, &closing.session);
        return end(turn, lifecycle);
    }
    if !unheard {
        return end(turn, lifecycle);
    }
    let limit = turn.start_timer(LIMIT_MS);
    let session = match std::mem::replace(lifecycle, Lifecycle::Closed) {
        Lifecycle::Open { session, .. }
        | Lifecycle::LoadFailed { load: Load::Again(session) }
        | Lifecycle::Unavailable { load: Load::Again(session), .. } => session,
        Lifecycle::Loading { request, load: Load::Again(session) } => {
            turn.cancel(request);
            session
        }
        _ => return end(turn, lifecycle),
    };
    let step = match pending {
        Some(request) => ClosingStep::Finishing(request),
        None => ask(turn),
    };
    *lifecycle = Lifecycle::Closing(Closing { session, step, limit });
}

fn ask(turn: &mut Turn<'_>) -> ClosingStep {
    ClosingStep::Asking(LastQuestion::Status(turn.send(Request::Status)))
}

/// Leaves the stage. What may connect something is unheard from here on, and waited for where its request is on its way.
fn leave(turn: &mut Turn<'_>, session: &mut Session, stage: &mut Stage) -> Option<Ticket> {
    if let Some((request, service, id)) = connecting(stage) {
        unheard::leave(session, service, id);
        if let Stage::Entering(entering) = stage {
            guide::cancel(turn, entering.guide);
        }
        return Some(request);
    }
    match stage {
        Stage::Choosing(Choosing { final_poll }) => {
            turn.count_search(session);
            if let Some(FinalPoll { request, service, connection_id }) = final_poll {
                turn.cancel(*request);
                unheard::leave(session, service, Some(connection_id));
            }
        }
        Stage::AwaitingSignIn(sign_in) => {
            awaiting_sign_in::abandon(turn, sign_in);
            unheard::leave(session, &sign_in.service, Some(&sign_in.connection_id));
        }
        Stage::ChoosingAccount(ChoosingAccount { step: AccountStep::Listing(request), .. }) => {
            turn.cancel(*request);
        }
        // Nothing of the stage may come any more.
        _ => drop(next_of_open(turn, session, stage, &Event::User(UserEvent::Back))),
    }
    None
}

/// What is on its way and may connect something.
fn connecting(stage: &Stage) -> Option<(Ticket, &SelectedService, Option<&ConnectionId>)> {
    match stage {
        Stage::ChoosingAccount(ChoosingAccount {
            service,
            connection_id,
            step: AccountStep::Sending(request) | AccountStep::Confirming(request),
        }) => Some((*request, service, Some(connection_id))),
        Stage::ConnectingSandbox(ConnectingSandbox {
            service,
            step:
                SandboxStep::Login { request, connection_id } | SandboxStep::Status { request, connection_id },
            ..
        }) => Some((*request, service, connection_id.as_ref())),
        Stage::Entering(entering) => match &entering.step {
            EntryStep::Checking(request) | EntryStep::Confirming { request, .. } => {
                Some((*request, &entering.service, entering.connection_id.as_ref()))
            }
            _ => None,
        },
        Stage::LinkingBank(LinkingBank {
            service,
            step: BankStep::Sending(request) | BankStep::Confirming { request, .. },
        }) => Some((*request, service, None)),
        _ => None,
    }
}

/// What a closing widget hears. True where it goes.
pub(super) fn update(turn: &mut Turn<'_>, closing: &mut Closing, event: &Event) -> bool {
    match (closing.step, event) {
        (ClosingStep::Finishing(request), Event::Response { ticket, .. }) if *ticket == request => {
            closing.step = ask(turn);
            false
        }
        (ClosingStep::Asking(question), Event::Response { ticket, result })
            if *ticket == question.request() =>
        {
            match last_question::receive(turn, &mut closing.session, question, result) {
                Progress::Asking(question) => {
                    closing.step = ClosingStep::Asking(question);
                    false
                }
                Progress::Over => true,
            }
        }
        (_, Event::TimerFired(ticket)) if *ticket == closing.limit => {
            last_question::give_up(turn, &closing.session);
            true
        }
        _ => false,
    }
}

/// The host hears of the exit, and the widget goes.
pub(super) fn end(turn: &mut Turn<'_>, lifecycle: &mut Lifecycle) {
    let parties = lifecycle.session().map_or_else(Parties::default, Session::parties);
    turn.notify_host(HostEvent::Exit(parties));
    turn.effect(Effect::Unmount);
    if let Some(url) = turn.config.close_redirect_url.clone() {
        turn.effect(Effect::Navigate(url));
    }
    *lifecycle = Lifecycle::Closed;
}
