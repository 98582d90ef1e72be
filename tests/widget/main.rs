//! The widget in a real page of a real browser, with a server that the tests play themselves.
//!
//! One program, so that it links once. `support/` mounts widgets, answers their requests and stands in for what a browser
//! would show or do; each file beside it is about one thing that a host, a person or a page can notice.
#![cfg(target_arch = "wasm32")]

#[cfg(test)]
mod bank;
#[cfg(test)]
mod connector;
#[cfg(test)]
mod credentials;
#[cfg(test)]
mod dialog;
#[cfg(test)]
mod ended;
#[cfg(test)]
mod events;
#[cfg(test)]
mod focus;
#[cfg(test)]
#[cfg(feature = "gallery")]
mod gallery;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod guide;
#[cfg(test)]
mod handing_over;
#[cfg(test)]
mod host;
#[cfg(test)]
mod host_errors;
#[cfg(test)]
mod labels;
#[cfg(test)]
mod leaving;
#[cfg(test)]
mod markup;
#[cfg(test)]
mod options;
#[cfg(test)]
mod options_refused;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod sandbox;
#[cfg(test)]
mod signing_in;
#[cfg(test)]
mod starting;
#[cfg(test)]
mod support;
#[cfg(test)]
mod theme;
#[cfg(test)]
mod web_services;
#[cfg(test)]
mod window;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
