//! Handing over: the form goes to the success page with a connectionToken, which is asked for at this moment.
//!
//! Nobody waits long for it: where none comes, the page goes on with what a browser can say by itself. It also goes on where
//! the widget was unmounted meanwhile, as everything does that leaves the page.

use std::cell::Cell;
use std::rc::Rc;

use railz_connect_flow::effect::{FormField, HandOverForm};
use wasm_bindgen_futures::spawn_local;

use crate::api;
use crate::browser::navigation;
use crate::browser::timer::Timer;
use crate::runtime::Runtime;

/// The longest that the success page waits for the token, in milliseconds.
const TOKEN_WAIT_MS: u32 = 3_000;

/// Submits the form, at once where no token goes along.
pub(crate) fn submit(runtime: &Rc<Runtime>, form: HandOverForm) {
    let Some(token) = form.token.clone() else { return navigation::submit_form(&form) };
    let answer = api::ask_for_connection_token(runtime, &token);
    let due = Rc::new(Cell::new(Some(form)));
    // Beside the request's own limit: the page may have a `fetch` that nobody can abort.
    let waiting = due.clone();
    let timer = Timer::new(TOKEN_WAIT_MS, move || submit_once(&waiting, None));
    spawn_local(async move {
        let token = answer.await;
        drop(timer);
        submit_once(&due, token);
    });
}

fn submit_once(due: &Cell<Option<HandOverForm>>, token: Option<String>) {
    if let Some(mut form) = due.take() {
        form.fields.extend(token.map(|value| FormField { name: "connectionToken", value }));
        navigation::submit_form(&form);
    }
}
