//! One Web API a file. What is opened here is closed when it is dropped. Nothing outside this folder calls `web_sys`
//! for more than a type's name.

pub(crate) mod address;
pub(crate) mod bank_link;
pub(crate) mod chance;
pub(crate) mod clipboard;
pub(crate) mod console;
pub(crate) mod css;
pub(crate) mod date;
pub(crate) mod download;
pub(crate) mod focus;
pub(crate) mod form;
pub(crate) mod form_fields;
pub(crate) mod idle;
pub(crate) mod json;
pub(crate) mod listener;
pub(crate) mod loading_page;
pub(crate) mod page;
pub(crate) mod part;
pub(crate) mod pointer;
pub(crate) mod policy;
pub(crate) mod request;
pub(crate) mod shadow;
pub(crate) mod stylesheet;
pub(crate) mod timer;
pub(crate) mod window;
