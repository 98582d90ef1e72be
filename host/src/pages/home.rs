//! The page with the widget.
//!
//! The options stand in a block of JSON that `/host-page.js` reads: data blocks are no scripts, so that a page may have
//! them under the strictest content policy.

use axum::{http::StatusCode, response::Response};
use maud::{Markup, PreEscaped, html};
use serde_json::{Map, Value};

use super::frame::{Menu, page};
use crate::{
    page_options::{PageOptions, Traps, WidgetSource},
    site::Site,
};

/// The host page, as its address asks for it; `options` are the widget's, `signed_in` is for whom its session was minted, if it was.
pub fn home(
    request: &PageOptions,
    site: &Site,
    signed_in: Option<&str>,
    options: &Map<String, Value>,
) -> Response {
    let scripts = html! {
        @if request.traps == Traps::Set { script src="/traps.js" {} }
        (data_block(options))
        script src="/host-page.js" {}
        @match request.source {
            WidgetSource::ScriptTag => {
                script src={ (site.connect) "/widget/railz-connect.js" } defer {}
                script src="/host.js" defer {}
            }
            WidgetSource::Module => { script type="module" src="/host-module.mjs" {} }
        }
    };
    let content = html! {
        section.intro {
            h1 { "Connect your books" }
            p { "We read your accounts to prepare an offer. It takes a minute, and you can take the access back at any time." }
            (business(request, signed_in))
        }
        section.widget aria-label="Connect" {
            p id="mount-error" role="alert" hidden {}
            div id="connect" {}
        }
        details.told open {
            summary { "What the widget told this page" }
            ol id="events" {}
        }
    };
    let menu = if signed_in.is_some() { Menu::SignedIn } else { Menu::None };
    page((StatusCode::OK, "Connect your books"), menu, &scripts, &content)
}

/// The form that loads the page again for a business, keeping what else the address asked for.
fn business(request: &PageOptions, signed_in: Option<&str>) -> Markup {
    let name = signed_in.or_else(|| request.get("businessName")).unwrap_or_default();
    let (label, button, hint) = match signed_in {
        Some(_) => {
            ("Signed in as", "Sign in", "This sample asks for no password: another name is another customer.")
        }
        None => ("Business name", "Load", "Known businesses see what they have connected."),
    };
    html! {
        form.business action="/" method="get" {
            @for (key, value) in request.sent.iter().filter(|(key, _)| key != "businessName") {
                input type="hidden" name=(key) value=(value);
            }
            label for="business" { (label) }
            div.row {
                input id="business" name="businessName" value=(name) autocomplete="organization"
                    aria-describedby="business-hint";
                button { (button) }
            }
            p.hint id="business-hint" { (hint) }
        }
    }
}

/// JSON that cannot end the element it stands in: `<` is written as an escape.
fn data_block(options: &Map<String, Value>) -> Markup {
    let json = Value::from(options.clone()).to_string().replace('<', "\\u003c");
    html! { script type="application/json" id="connect-options" { (PreEscaped(json)) } }
}
