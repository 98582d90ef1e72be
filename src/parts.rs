//! What is done with parts that travel when they are needed: instructions are read, the banks' script is opened.

use std::rc::Rc;
use std::sync::Arc;

use railz_connect_contract::ServiceName;
use railz_connect_flow::{BankNews, Event, GuideStep, Picture, Shape, Ticket};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::browser::bank_link::BankLink;
use crate::browser::json;
use crate::browser::timer::Timer;
use crate::resources::Pending;
use crate::runtime::Runtime;

/// After which a part counts as one that cannot be had.
const PATIENCE_MS: u32 = 20_000;

/// Fetches a service's instructions; they come back as an event, unless the ticket is forgotten before.
pub(crate) fn load_guide(runtime: &Rc<Runtime>, ticket: Ticket, service: &ServiceName) {
    let waiting = Rc::downgrade(runtime);
    let arrived = move |steps: Option<Arc<Vec<GuideStep>>>| {
        if let Some(runtime) = waiting.upgrade()
            && runtime.resources.done(ticket)
        {
            runtime.dispatch(Event::Guide { ticket, steps });
        }
    };
    let too_late = arrived.clone();
    runtime.resources.keep(ticket, Pending::Timer(Timer::new(PATIENCE_MS, move || too_late(None))));
    let loading = runtime.parts.clone().load(format!("guide-{service}"));
    spawn_local(async move { arrived(loading.await.and_then(|part| read(&part))) });
}

fn read(part: &JsValue) -> Option<Arc<Vec<GuideStep>>> {
    let steps: Vec<_> = each(part, "steps", step);
    (!steps.is_empty()).then(|| Arc::new(steps))
}

fn step(step: &JsValue) -> GuideStep {
    let picture = json::get(step, "picture");
    GuideStep {
        title: text(step, "title"),
        path: each(step, "path", words),
        paragraphs: each(step, "paragraphs", words),
        picture: picture.is_object().then(|| Picture {
            height: text(&picture, "height"),
            description: text(&picture, "description"),
            shapes: each(&picture, "shapes", shape),
        }),
    }
}

fn shape(shape: &JsValue) -> Shape {
    let (part, path) = (text(shape, "part"), text(shape, "path"));
    if path.is_empty() {
        Shape::Words { part, x: text(shape, "x"), y: text(shape, "y"), text: text(shape, "text") }
    } else {
        Shape::Line { part, path }
    }
}

fn words(value: &JsValue) -> String {
    value.as_string().unwrap_or_default()
}

fn text(of: &JsValue, name: &str) -> String {
    words(&json::get(of, name))
}

fn each<T>(of: &JsValue, name: &str, read: impl Fn(&JsValue) -> T) -> Vec<T> {
    json::items(&json::get(of, name)).map(|one| read(&one)).collect()
}

/// Loads the banks' script and opens it; its news come back as events, unless it is closed before.
pub(crate) fn open_bank_link(
    runtime: &Rc<Runtime>,
    ticket: Ticket,
    script_url: Option<String>,
    token: String,
) {
    let waiting = Rc::downgrade(runtime);
    let said = move |news: BankNews| {
        let Some(runtime) = waiting.upgrade() else { return };
        if news == BankNews::Opened || runtime.resources.close_link(ticket) {
            runtime.dispatch(Event::BankLink { ticket, news });
        }
    };
    runtime.resources.keep_link(ticket, BankLink::new(said.clone()));
    let loading = runtime.parts.clone().load("bank-link".to_owned());
    let opening = Rc::downgrade(runtime);
    spawn_local(async move {
        let part = loading.await;
        let Some(runtime) = opening.upgrade() else { return };
        let opened = runtime.resources.with_link(ticket, |link| {
            part.is_some_and(|part| link.open(&part, script_url.as_deref(), &token))
        });
        if opened == Some(false) {
            said(BankNews::NotLoaded);
        }
    });
}
