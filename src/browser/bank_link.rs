//! What Plaid Link, the banks' script, has put over the page: opened by the module `bank-link`, taken away when it is dropped.

use std::cell::RefCell;
use std::fmt;

use js_sys::Function;
use railz_connect_contract::PublicToken;
use railz_connect_flow::event::BankLinkEvent;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::{console, js_value};

/// An opening of the script.
pub(crate) struct BankLink {
    callback: Closure<dyn FnMut(String, JsValue)>,
    close: RefCell<Option<Function>>,
}

impl BankLink {
    /// Prepares for what the script will say.
    pub(crate) fn new(mut on_event: impl FnMut(BankLinkEvent) + 'static) -> Self {
        let callback =
            Closure::new(move |kind: String, detail: JsValue| on_event(read_event(&kind, &detail)));
        Self { callback, close: RefCell::new(None) }
    }

    /// Opens the script; false where the module is not what it should be.
    pub(crate) fn open(&self, module: &JsValue, script_url: Option<&str>, token: &str) -> bool {
        let open = js_value::get(module, "open").dyn_into::<Function>();
        let opened = open.and_then(|open| {
            open.call3(&JsValue::UNDEFINED, &script_url.into(), &token.into(), self.callback.as_ref())
        });
        match opened.and_then(JsCast::dyn_into) {
            Ok(close) => {
                self.close.replace(Some(close));
                true
            }
            Err(thrown) => {
                console::error_value("bank-link", &thrown);
                false
            }
        }
    }
}

fn read_event(kind: &str, detail: &JsValue) -> BankLinkEvent {
    match (kind, detail.as_string()) {
        ("opened", _) => BankLinkEvent::Opened,
        ("linked", Some(token)) => BankLinkEvent::Linked(PublicToken::new(token)),
        ("left", _) => BankLinkEvent::Exited,
        ("failed", words) => BankLinkEvent::Failed(words),
        _ => BankLinkEvent::LoadFailed,
    }
}

impl Drop for BankLink {
    fn drop(&mut self) {
        if let Some(close) = self.close.take()
            && let Err(thrown) = close.call0(&JsValue::UNDEFINED)
        {
            console::error_value("bank-link", &thrown);
        }
    }
}

impl fmt::Debug for BankLink {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("BankLink")
    }
}
