//! What a press was, beyond that it happened.

use wasm_bindgen::JsCast;
use web_sys::{Event, UiEvent};

/// Whether the browser counts this press as the second or a later one of a quick series in one place. The keyboard and
/// assistive technology count none.
pub(crate) fn is_second_press(event: &Event) -> bool {
    event.dyn_ref::<UiEvent>().is_some_and(|press| press.detail() > 1)
}
