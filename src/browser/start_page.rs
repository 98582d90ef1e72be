//! The server's start page in a sign-in window. It asks whether this page opened it, and is told the proof; then it cuts its
//! `opener` itself and leaves. Nobody else is heard: the source must be that window, the origin the one it was sent to.

use std::fmt;

use leptos::prelude::window;
use railz_connect_contract::StartProof;
use wasm_bindgen::JsValue;
use web_sys::Window;

use super::event_listener::EventListener;
use super::{console, js_value, url};

/// What the start page asks.
const ASKS: &str = "railz-connect:start";

/// What it is answered.
const PROOF: &str = "railz-connect:proof";

/// Listens until it is dropped.
pub(crate) struct StartPage {
    window: Window,
    origin: String,
    _listener: EventListener,
}

impl StartPage {
    /// Calls `asked` each time the start page behind this address asks, from this window. None where it is no address.
    pub(crate) fn listen(opened: &Window, address: &str, asked: impl Fn() + 'static) -> Option<Self> {
        let origin = url::origin(address)?;
        let (asking, from) = (JsValue::from(opened), JsValue::from(&origin));
        let listener = EventListener::new(&window(), "message", move |event| {
            if js_value::get(&event, "source") == asking
                && js_value::get(&event, "origin") == from
                && js_value::get(&js_value::get(&event, "data"), "type") == ASKS
            {
                asked();
            }
        });
        Some(Self { window: opened.clone(), origin, _listener: listener })
    }

    /// Answers it. The browser delivers this to a page of that origin only, whatever has come into the window since.
    pub(crate) fn prove(&self, proof: &StartProof) {
        let message = js_value::object(&[("type", PROOF.into()), ("proof", proof.expose().into())]);
        if let Err(thrown) = self.window.post_message(&message, &self.origin) {
            console::error_value("window", &thrown);
        }
    }
}

impl fmt::Debug for StartPage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("StartPage")
    }
}
