//! Which click of a quick series a click is.

use wasm_bindgen::JsCast;
use web_sys::{Event, UiEvent};

/// Whether the browser counts this press as the second or a later one of a quick series in one place. The keyboard and
/// assistive technology count none.
pub(crate) fn is_second_click(event: &Event) -> bool {
    event.dyn_ref::<UiEvent>().is_some_and(|click| click.detail() > 1)
}
