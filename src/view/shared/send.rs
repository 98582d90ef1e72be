//! How a screen tells the runtime what a person did.
//!
//! Every screen is handed one and gives it to its buttons and fields; `view/mod.rs` makes it from the runtime.

use leptos::prelude::UnsyncCallback;
use railz_connect_flow::event::UserEvent;

/// Sends what a person did to the runtime.
pub(crate) type Send = UnsyncCallback<UserEvent>;
