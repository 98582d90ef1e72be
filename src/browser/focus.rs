//! Moving the focus to a new screen's heading, so that a screen reader begins there.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::shadow_root::ShadowHost;
use super::timer::Timer;

/// Moves it a task later: a dialog is shown after its first drawing, and what is not shown takes no focus. A focus that somebody has in
/// another part of the page by then is left there.
pub(crate) fn heading_soon(root: ShadowHost) -> Timer {
    soon(root, "h2")
}

/// Moves it to the first field that is not right.
pub(crate) fn problem_soon(root: ShadowHost) -> Timer {
    soon(root, "[aria-invalid=true]")
}

fn soon(root: ShadowHost, selector: &'static str) -> Timer {
    Timer::new(0, move || {
        let elsewhere = document()
            .active_element()
            .is_some_and(|active| active.tag_name() != "BODY" && !root.is_within(&active));
        if elsewhere {
            return;
        }
        if let Some(found) = root.query(selector).and_then(|found| found.dyn_into::<HtmlElement>().ok())
            && let Err(thrown) = found.focus()
        {
            super::console::error_value("focus", &thrown);
        }
    })
}
