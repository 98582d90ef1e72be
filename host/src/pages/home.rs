//! The page with the widget.
//!
//! The options stand in a block of JSON that `/host-page.js` reads: data blocks are no scripts, so that a page may have
//! them under the strictest content policy.

use axum::{http::StatusCode, response::Response};
use maud::{Markup, PreEscaped, html};
use serde_json::Value;

use super::frame::page;
use crate::{
    page_request::{PageRequest, Traps, WidgetSource},
    site::Site,
};

/// The host page, as its address asks for it; `options` are the widget's.
pub fn home(request: &PageRequest, site: &Site, options: &Value) -> Response {
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
            (business(request))
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
    page(StatusCode::OK, "Connect your books", &scripts, &content)
}

/// The form that loads the page again for a business, keeping what else the address asked for.
fn business(request: &PageRequest) -> Markup {
    let name = request.get("businessName").unwrap_or_default();
    html! {
        form.business action="/" method="get" {
            @for (key, value) in request.sent.iter().filter(|(key, _)| key != "businessName") {
                input type="hidden" name=(key) value=(value);
            }
            label for="business" { "Business name" }
            div.row {
                input id="business" name="businessName" value=(name) autocomplete="organization"
                    aria-describedby="business-hint";
                button { "Load" }
            }
            p.hint id="business-hint" { "Known businesses see what they have connected." }
        }
    }
}

/// JSON that cannot end the element it stands in: `<` is written as an escape.
fn data_block(value: &Value) -> Markup {
    let json = value.to_string().replace('<', "\\u003c");
    html! { script type="application/json" id="connect-options" { (PreEscaped(json)) } }
}
