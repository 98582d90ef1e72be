//! Handing the connection to the host's success page, and what follows if the page will not be left.

use railz_connect_contract::{Connection, ConnectionId, ServiceName};

use super::turn::Turn;
use crate::config::AfterSuccess;
use crate::effect::{Effect, FormField, HandOverForm};
use crate::host_event::{ErrorCode, ErrorText, EventName, HostError, HostEvent};
use crate::service::SelectedService;
use crate::session::Session;
use crate::state::HandingOver;
use crate::ticket::Ticket;

/// If the page is still there after this time, it will not be left by itself.
const STILL_HERE_AFTER_MS: u32 = 5_000;

pub(in crate::update) fn begin(
    turn: &mut Turn<'_>,
    session: &Session,
    service: &SelectedService,
    connection: &Connection,
) -> HandingOver {
    hand_over(turn, session, &[(&connection.connection_id, &service.name)])
}

/// Hands over all that this visit has made, each connection as a pair of fields in the order in which they were made. Where
/// nothing was made, the connection that was there before.
pub(in crate::update) fn begin_at_the_end(
    turn: &mut Turn<'_>,
    session: &Session,
    before: &Connection,
) -> HandingOver {
    let completed = &session.journey.completed;
    let mut all: Vec<_> =
        completed.iter().map(|one| (&one.connection.connection_id, &one.service.name)).collect();
    if all.is_empty() {
        all.push((&before.connection_id, &before.name));
    }
    hand_over(turn, session, &all)
}

fn hand_over(turn: &mut Turn<'_>, session: &Session, made: &[(&ConnectionId, &ServiceName)]) -> HandingOver {
    let to = session.after_success.clone();
    let (fields, token) = match &to {
        AfterSuccess::Stay => return HandingOver::NotNeeded,
        AfterSuccess::Redirect { .. } => (Vec::new(), None),
        AfterSuccess::Post { .. } | AfterSuccess::Get { .. } => {
            let field = |name, value: &str| FormField { name, value: value.to_owned() };
            let mut fields: Vec<_> = made.iter().map(|(id, _)| field("connectionId", id.as_str())).collect();
            fields.push(field("businessName", session.business_name.as_str()));
            fields.push(field("businessUuid", session.business_uuid.as_str()));
            fields.extend(made.iter().map(|(_, service)| field("serviceName", service.as_str())));
            fields.extend(session.state.as_ref().map(|state| field("state", &state.0)));
            (fields, turn.bearer_token())
        }
    };
    submit(turn, HandOverForm { to, fields, token })
}

pub(in crate::update) fn submit(turn: &mut Turn<'_>, form: HandOverForm) -> HandingOver {
    let timer = turn.start_timer(STILL_HERE_AFTER_MS);
    turn.effect(Effect::HandOver(form.clone()));
    HandingOver::UnderWay { timer, form }
}

/// The page is still there: the host hears of it, a button goes on by hand.
pub(in crate::update) fn get_stuck(
    turn: &mut Turn<'_>,
    session: &Session,
    connection: &Connection,
    timer: Ticket,
    form: &HandOverForm,
) -> HandingOver {
    turn.cancel(timer);
    turn.notify_host(HostEvent::Error {
        event: EventName::Load,
        parties: session.parties(),
        connection_id: Some(connection.connection_id.clone()),
        service: Some(connection.name.clone()),
        error: HostError { code: ErrorCode::General, text: ErrorText::HandOverStuck, raw: None },
    });
    HandingOver::Stuck { form: form.clone() }
}
