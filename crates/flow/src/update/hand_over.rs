//! Handing the connection to the host's success page, and what follows if the page will not be left.

use railz_connect_contract::Connection;

use super::turn::Turn;
use crate::config::AfterSuccess;
use crate::state::HandingOver;
use crate::{
    Chosen, Effect, ErrorCode, ErrorText, Event, EventName, FormField, HandOverForm, HostError, HostEvent,
    Session, Ticket,
};

/// If the page is still there after this time, it will not be left by itself.
const STILL_HERE_AFTER_MS: u32 = 5_000;

pub(super) fn begin(
    turn: &mut Turn<'_>,
    session: &Session,
    chosen: &Chosen,
    connection: &Connection,
) -> HandingOver {
    let to = turn.config.after_success.clone();
    let fields = match &to {
        AfterSuccess::Stay => return HandingOver::NotAsked,
        AfterSuccess::Redirect { .. } => Vec::new(),
        AfterSuccess::Post { state, .. } | AfterSuccess::Get { state, .. } => {
            let mut fields = vec![
                FormField { name: "connectionId", value: connection.connection_id.as_str().to_owned() },
                FormField { name: "businessName", value: session.business_name.as_str().to_owned() },
                FormField { name: "businessUuid", value: session.business_uuid.as_str().to_owned() },
                FormField { name: "serviceName", value: chosen.name.as_str().to_owned() },
            ];
            fields.extend(state.as_ref().map(|state| FormField { name: "state", value: state.0.clone() }));
            fields
        }
    };
    submit(turn, HandOverForm { to, fields })
}

pub(super) fn submit(turn: &mut Turn<'_>, form: HandOverForm) -> HandingOver {
    let timer = turn.timer(STILL_HERE_AFTER_MS);
    turn.effect(Effect::HandOver(form.clone()));
    HandingOver::UnderWay { timer, form }
}

pub(super) fn still_here(
    turn: &mut Turn<'_>,
    session: &Session,
    connection: &Connection,
    timer: Ticket,
    form: HandOverForm,
    event: &Event,
) -> HandingOver {
    if matches!(event, Event::TimerFired(fired) if *fired != timer) {
        return HandingOver::UnderWay { timer, form };
    }
    turn.forget(timer);
    turn.tell(HostEvent::Error {
        event: EventName::Load,
        parties: session.parties(),
        connection_id: Some(connection.connection_id.clone()),
        service: Some(connection.name.clone()),
        error: HostError { code: ErrorCode::General, text: ErrorText::HandOverStuck, raw: None },
    });
    HandingOver::Stuck { form }
}
