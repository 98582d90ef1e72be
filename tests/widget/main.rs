//! The widget in a real page of a real browser, with a server that the tests play themselves.
//!
//! One program, so that it links once. `support/` mounts widgets, answers their requests and stands in for what a browser
//! would show or do; each file beside it is about one thing that a host, a person or a page can notice.
#![cfg(target_arch = "wasm32")]

#[cfg(test)]
mod banks;
#[cfg(test)]
mod callbacks;
#[cfg(test)]
mod credentials;
#[cfg(test)]
mod dialog;
#[cfg(test)]
mod early_session;
#[cfg(test)]
mod focus;
#[cfg(test)]
mod forms;
#[cfg(test)]
#[cfg(feature = "gallery")]
mod gallery;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod guide;
#[cfg(test)]
mod labels;
#[cfg(test)]
mod loading;
#[cfg(test)]
mod markup;
#[cfg(test)]
mod network;
#[cfg(test)]
mod odd_answers;
#[cfg(test)]
mod on_error;
#[cfg(test)]
mod on_event;
#[cfg(test)]
mod options;
#[cfg(test)]
mod options_refused;
#[cfg(test)]
mod outcomes;
#[cfg(test)]
mod page_scripts;
#[cfg(test)]
mod page_styles;
#[cfg(test)]
mod quickbooks_desktop;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod sandbox;
#[cfg(test)]
mod search;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod sign_in_window;
#[cfg(test)]
mod success_page;
#[cfg(test)]
mod success_page_unheard;
#[cfg(test)]
mod support;
#[cfg(test)]
mod theme;
#[cfg(test)]
mod unmounting;
#[cfg(test)]
mod web_services;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
