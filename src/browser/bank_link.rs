//! What the banks' script has put over the page: opened by the part `bank-link`, taken away when it is dropped.

use std::cell::RefCell;
use std::fmt;

use js_sys::Function;
use railz_connect_contract::PublicToken;
use railz_connect_flow::BankNews;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::{console, json};

/// An opening of the script.
pub(crate) struct BankLink {
    said: Closure<dyn FnMut(String, JsValue)>,
    close: RefCell<Option<Function>>,
}

impl BankLink {
    /// Prepares for what the script will say.
    pub(crate) fn new(mut heard: impl FnMut(BankNews) + 'static) -> Self {
        let said = Closure::new(move |kind: String, detail: JsValue| heard(news(&kind, &detail)));
        Self { said, close: RefCell::new(None) }
    }

    /// Opens the script; false where the part is not what it should be.
    pub(crate) fn open(&self, part: &JsValue, script_url: Option<&str>, token: &str) -> bool {
        let open = json::get(part, "open").dyn_into::<Function>();
        let opened = open.and_then(|open| {
            open.call3(&JsValue::UNDEFINED, &script_url.into(), &token.into(), self.said.as_ref())
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

fn news(kind: &str, detail: &JsValue) -> BankNews {
    match (kind, detail.as_string()) {
        ("opened", _) => BankNews::Opened,
        ("linked", Some(token)) => BankNews::Linked(PublicToken::new(token)),
        ("left", _) => BankNews::Left,
        ("failed", words) => BankNews::Failed(words),
        _ => BankNews::NotLoaded,
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
