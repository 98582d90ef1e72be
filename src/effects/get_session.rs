//! The host's `getSession`, asked for another token when the one of its back end ran out.

use std::rc::Rc;

use js_sys::Promise;
use railz_connect_contract::{AccessToken, BusinessName};
use railz_connect_flow::config::read_session_token;
use railz_connect_flow::{Event, Ticket};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::browser::js_value;
use crate::disposables::Pending;
use crate::runtime::Runtime;

/// Asks; the token comes back as an event, or that there is none, unless the ticket is cancelled before.
#[inline(never)]
pub(super) fn ask(runtime: &Rc<Runtime>, ticket: Ticket) {
    runtime.disposables.pending.insert(ticket, Pending::HostAnswer);
    let name = runtime.config.business_name.as_ref().map(BusinessName::as_str);
    let request = js_value::object(&[
        ("widgetId", runtime.config.widget_id.as_str().into()),
        ("businessName", name.map_or(JsValue::UNDEFINED, JsValue::from)),
    ]);
    let answer = runtime.callbacks.call_get_session(&request);
    let waiting = Rc::downgrade(runtime);
    spawn_local(async move {
        let token = match answer {
            Some(answer) => {
                JsFuture::from(Promise::resolve(&answer)).await.ok().and_then(|given| read(&given))
            }
            None => None,
        };
        if let Some(runtime) = waiting.upgrade()
            && runtime.disposables.pending.remove(ticket)
        {
            runtime.dispatch(Event::SessionToken { ticket, token });
        }
    });
}

/// A token as a text, or as `POST /v2/sessions` answers it.
fn read(given: &JsValue) -> Option<AccessToken> {
    let text = given.as_string().or_else(|| js_value::get(given, "sessionToken").as_string())?;
    read_session_token(&text)
}
