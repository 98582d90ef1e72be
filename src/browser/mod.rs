//! One Web API a file, named after it. What is opened here is closed when it is dropped. Nothing outside this folder calls
//! `web_sys` for more than a type's name.

pub(crate) mod back_forward_cache;
pub(crate) mod bank_link;
pub(crate) mod click_count;
pub(crate) mod clipboard;
pub(crate) mod console;
pub(crate) mod content_security_policy;
pub(crate) mod css;
pub(crate) mod date;
pub(crate) mod download;
pub(crate) mod early_session;
pub(crate) mod event_listener;
pub(crate) mod focus;
pub(crate) mod form_data;
pub(crate) mod idle;
pub(crate) mod js_value;
pub(crate) mod json;
pub(crate) mod keyboard;
pub(crate) mod loading_page;
pub(crate) mod module_loader;
pub(crate) mod navigation;
pub(crate) mod network;
pub(crate) mod random;
pub(crate) mod request;
pub(crate) mod shadow_root;
pub(crate) mod start_page;
pub(crate) mod stylesheet;
pub(crate) mod timer;
pub(crate) mod url;
pub(crate) mod window;
