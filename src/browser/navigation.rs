//! Leaving the page: by a form to the success page, or by a plain address.

use js_sys::{Function, Object, Reflect};
use leptos::prelude::{document, window};
use railz_connect_flow::config::AfterSuccess;
use railz_connect_flow::effect::HandOverForm;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlFormElement, HtmlInputElement};

use super::{console, url};

/// Submits the form from the host's own page: a page in a frame leaves the frame, as by [`navigate`], and not the page around it.
#[inline(never)]
pub(crate) fn submit_form(form: &HandOverForm) {
    let (method, url) = match &form.to {
        AfterSuccess::Post { url } => ("post", url),
        AfterSuccess::Get { url } => ("get", url),
        AfterSuccess::Redirect { url } => return navigate(url),
        AfterSuccess::Stay => return,
    };
    // A form sent by GET replaces the query of its address, so the query's own fields become fields of the form.
    let (action, given) = if method == "get" { url::split_query(url) } else { (url.clone(), Vec::new()) };
    let given = given.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let signed = form.connection_token.iter().map(|token| ("connectionToken", token.expose()));
    let fields =
        given.chain(form.fields.iter().map(|field| (field.name, field.value.as_str()))).chain(signed);
    if let Err(thrown) = send(method, &action, fields) {
        console::error_value("form", &thrown);
    }
}

/// Leaves the page.
#[inline(never)]
pub(crate) fn navigate(url: &str) {
    if let Err(thrown) = window().location().assign(url) {
        console::error_value("location", &thrown);
    }
}

fn send<'a>(
    method: &str,
    url: &str,
    fields: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<(), JsValue> {
    let document = document();
    let form: HtmlFormElement = document.create_element("form")?.unchecked_into();
    form.set_method(method);
    form.set_action(url);
    // Named, since a page may have a `<base target>`.
    form.set_target("_self");
    // Else the fields would travel in the page's own encoding.
    form.set_accept_charset("utf-8");
    form.set_hidden(true);
    for (name, value) in fields {
        let input: HtmlInputElement = document.create_element("input")?.unchecked_into();
        input.set_type("hidden");
        input.set_name(name);
        input.set_value(value);
        form.append_child(&input)?;
    }
    if let Some(body) = document.body() {
        body.append_child(&form)?;
    }
    // A field named "submit" would stand before the form's own method of that name.
    let prototype = Object::get_prototype_of(&form);
    let sent = Reflect::get(&prototype, &"submit".into())
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|submit| submit.call0(&form));
    form.remove();
    sent.map(|_| ())
}
