//! The host's own words (`options.content`, contract rule L1). Which of its keys stands for which word is known to a module
//! that travels where a host has words (`npm/on-demand/labels.js`), written from `label_keys.rs`.
//!
//! Several widgets may stand on one page, each with words of its own. What a widget says, it says while it draws or runs
//! its effects; [`with_context`] names the widget for that time, so that asking for a word needs no more than the word.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object};
use railz_connect_flow::Screen;
use wasm_bindgen::{JsCast, JsValue};

use super::developers::LABELS_MISSING;
use super::placeholders::fill_in;
use super::words::Word;
use crate::browser::{console, js_value};

/// What a text of the host's may still hold where nothing is known to fill in.
const PLACEHOLDERS: [&str; 7] =
    ["{service}", "{customer}", "{business}", "{account}", "{date}", "{count}", "{email}"];

/// The host's words: a function of the module of labels (`npm/on-demand/label-words.js`), which has the text for the number of a
/// word, with our names for its fields.
#[derive(Debug, Default)]
pub(crate) struct Labels(Option<Function>);

impl Labels {
    /// Those that the loader has fetched. Where the host has some and they could not be had, its developers are told.
    pub(crate) fn from_environment(environment: &JsValue) -> Self {
        let labels = js_value::get(environment, "labels");
        if labels.is_string() {
            console::warn(LABELS_MISSING);
        }
        Self(js_value::get(&labels, "find").dyn_into().ok())
    }

    fn find(&self, word: Word) -> Option<String> {
        self.0.as_ref()?.call1(&JsValue::UNDEFINED, &(word as u32).into()).ok()?.as_string()
    }
}

/// Whose words are used while a screen is drawn or effects run, and the names that any of them may hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextContext {
    pub(crate) labels: Rc<Labels>,
    pub(crate) customer: String,
    pub(crate) business: String,
}

impl TextContext {
    /// The context of a screen.
    pub(crate) fn of(screen: &Screen, labels: &Rc<Labels>) -> Self {
        Self {
            labels: if screen.voice.labels { Rc::clone(labels) } else { Rc::default() },
            customer: screen.voice.customer_name.clone(),
            business: screen.voice.business_name.clone(),
        }
    }
}

thread_local! {
    static CURRENT: RefCell<TextContext> = RefCell::default();
}

/// Runs something with this widget's words. Within it another widget may set its own: a host mounts one in a callback.
pub(crate) fn with_context<T>(context: TextContext, run: impl FnOnce() -> T) -> T {
    let before = CURRENT.replace(context);
    let done = run();
    CURRENT.set(before);
    done
}

/// Tells a form of the package's by what it finds the host's words for its own, and the business that any of them may name.
pub(crate) fn describe_voice(about: &Object) {
    CURRENT.with_borrow(|context| {
        js_value::set(about, "find", &context.labels.0.clone().into());
        js_value::set_text(about, "business", &context.business);
    });
}

/// The host's text for a word, filled in; none where the host has none.
pub(super) fn host_text(word: Word, placeholders: &[(&str, &str)]) -> Option<String> {
    CURRENT.with_borrow(|context| {
        let text = context.labels.find(word)?;
        let names = [("{customer}", context.customer.as_str()), ("{business}", context.business.as_str())];
        let empty = PLACEHOLDERS.map(|name| (name, ""));
        Some(fill_in(text, placeholders.iter().copied().chain(names).chain(empty)))
    })
}
