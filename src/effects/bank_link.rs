//! The banks' script (Plaid Link), opened over the page by the module `npm/on-demand/bank-link.js`.

use std::rc::Rc;

use railz_connect_flow::event::BankLinkEvent;
use railz_connect_flow::{Event, Ticket};
use wasm_bindgen_futures::spawn_local;

use crate::browser::bank_link::BankLink;
use crate::runtime::Runtime;

/// Loads the banks' script and opens it; what happens in it comes back as events, unless it is closed before.
#[inline(never)]
pub(super) fn open(runtime: &Rc<Runtime>, ticket: Ticket, script_url: Option<String>, token: String) {
    let waiting = Rc::downgrade(runtime);
    let on_event = move |event: BankLinkEvent| {
        let Some(runtime) = waiting.upgrade() else { return };
        if event == BankLinkEvent::Opened || runtime.disposables.bank_links.remove(ticket) {
            runtime.dispatch(Event::BankLink { ticket, event });
        }
    };
    runtime.disposables.bank_links.insert(ticket, BankLink::new(on_event.clone()));
    let loading = runtime.modules.load("bank-link");
    let opening = Rc::downgrade(runtime);
    spawn_local(async move {
        let module = loading.await;
        let Some(runtime) = opening.upgrade() else { return };
        let opened = runtime.disposables.bank_links.with(ticket, |link| {
            module.is_some_and(|module| link.open(&module, script_url.as_deref(), &token))
        });
        if opened == Some(false) {
            on_event(BankLinkEvent::LoadFailed);
        }
    });
}
