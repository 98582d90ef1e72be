//! What a person chose in a form, read when it is sent.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlSelectElement};

/// The value of the list with this id in the form that the event is about; none if nothing is chosen.
pub(crate) fn chosen(event: &Event, id: &str) -> Option<String> {
    let form = event.current_target()?.dyn_into::<Element>().ok()?;
    let list = form.query_selector(&format!("#{id}")).ok().flatten()?.dyn_into::<HtmlSelectElement>().ok()?;
    Some(list.value()).filter(|value| !value.is_empty())
}
