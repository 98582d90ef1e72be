//! What a person filled into a form, read when it is sent.

use railz_connect_flow::form::FormValues;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement};

/// The named fields of the form that the event is about, with their values.
pub(crate) fn read_form(event: &Event) -> FormValues {
    let form = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    let fields = form.and_then(|form| form.query_selector_all("input[name], select[name]").ok());
    let Some(fields) = fields else { return FormValues::default() };
    let read = |index| {
        let field = fields.item(index)?;
        if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            return Some((input.name(), input.value()));
        }
        field.dyn_ref::<HtmlSelectElement>().map(|list| (list.name(), list.value()))
    };
    FormValues((0..fields.length()).filter_map(read).collect())
}

/// What stands in the field that the event is about.
pub(crate) fn read_input(event: &Event) -> String {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    field.map(|field| field.value()).unwrap_or_default()
}
