//! A service's instructions: fetched when a screen has some (`npm/on-demand/guide-….js`), and read as plain data.

use std::rc::Rc;
use std::sync::Arc;

use railz_connect_contract::ServiceName;
use railz_connect_flow::guide::{GuideStep, Picture, Shape};
use railz_connect_flow::{Event, Ticket};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::browser::js_value;
use crate::browser::timer::Timer;
use crate::disposables::Pending;
use crate::runtime::Runtime;

/// After which instructions count as some that cannot be had.
const TIMEOUT_MS: u32 = 20_000;

/// Fetches a service's instructions; they come back as an event, unless the ticket is cancelled before.
pub(super) fn load(runtime: &Rc<Runtime>, ticket: Ticket, service: &ServiceName) {
    let waiting = Rc::downgrade(runtime);
    let on_loaded = move |steps: Option<Arc<Vec<GuideStep>>>| {
        if let Some(runtime) = waiting.upgrade()
            && runtime.disposables.pending.remove(ticket)
        {
            runtime.dispatch(Event::Guide { ticket, steps });
        }
    };
    let on_timeout = on_loaded.clone();
    runtime
        .disposables
        .pending
        .insert(ticket, Pending::Timer(Timer::new(TIMEOUT_MS, move || on_timeout(None))));
    let loading = runtime.modules.clone().load(format!("guide-{service}"));
    spawn_local(async move { on_loaded(loading.await.and_then(|module| read(&module))) });
}

fn read(module: &JsValue) -> Option<Arc<Vec<GuideStep>>> {
    let steps: Vec<_> = each(module, "steps", step);
    (!steps.is_empty()).then(|| Arc::new(steps))
}

fn step(step: &JsValue) -> GuideStep {
    let picture = js_value::get(step, "picture");
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
    words(&js_value::get(of, name))
}

fn each<T>(of: &JsValue, name: &str, read: impl Fn(&JsValue) -> T) -> Vec<T> {
    js_value::items(&js_value::get(of, name)).map(|one| read(&one)).collect()
}
