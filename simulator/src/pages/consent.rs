//! The consent page: who asks for what, the two honest answers, and the ways in which it can go wrong.

use axum::{http::StatusCode, response::Response};
use maud::{Markup, html};

use super::frame::page;
use crate::{
    services::{Service, company::COMPANIES},
    store::requests::{OpenerPolicy, Pending},
};

/// The page that puts a request before the person.
pub fn consent(service: &Service, id: &str, pending: &Pending) -> Response {
    let request = &pending.request;
    let content = html! {
        h1 { "Let “" (request.client_id) "” use your books?" }
        form method="post" action={ "/" (service.id) "/decision" } {
            input type="hidden" name="request" value=(id);
            section.card {
                div.person {
                    span.avatar aria-hidden="true" { "RS" }
                    div { p.who { "Robin Sample" } p.quiet { "Signed in to " (service.name) " for practice" } }
                }
                label for="company" { "Company" }
                select id="company" name="company" {
                    @for company in COMPANIES { option value=(company) { (company) } }
                }
                h2 { "It asks for" }
                ul.scopes { @for scope in request.scope.split(' ') { li { code { (scope) } } } }
                div.answers {
                    button.main id="approve" name="choice" value="approve" { "Approve" }
                    button.plain id="deny" name="choice" value="deny" { "Deny" }
                }
                p.quiet { "Either way you go back to " b { (destination(pending)) } "." }
            }
            (trouble(service, id, pending.opener))
        }
    };
    page(StatusCode::OK, Some(service), "Give access", &content)
}

/// The host that the answer goes to, with its port.
fn destination(pending: &Pending) -> String {
    let to = &pending.request.target.uri;
    let host = to.host_str().unwrap_or_default();
    to.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn trouble(service: &Service, id: &str, opener: OpenerPolicy) -> Markup {
    let (switched, next, hint) = match opener {
        OpenerPolicy::None => {
            ("off", "same-origin", "Press to cut this window off from the one that opened it.")
        }
        OpenerPolicy::SameOrigin
        | OpenerPolicy::SameOriginAllowPopups
        | OpenerPolicy::NoopenerAllowPopups => {
            ("on", "off", "This window is cut off from the one that opened it. Press to stop that.")
        }
    };
    html! {
        section.card.trouble aria-labelledby="trouble" {
            h2 id="trouble" { "Practise trouble" }
            ul {
                (draw_choice("server-error", "Fail", "Goes back with an error instead of an answer."))
                (draw_choice("exchange-error", "Fail later", "Looks approved, but the exchange is refused."))
                (draw_choice("brief", "Approve for a moment", "Gives an access that ends after four seconds, with nothing to renew it."))
                (draw_choice("late", "Answer late", "Approves after five seconds."))
                (draw_choice("never", "Never answer", "Stays here and tells nobody."))
                li {
                    a.switch id="coop" href={ "/" (service.id) "/consent?request=" (id) "&coop=" (next) }
                        aria-describedby="coop-hint" { "Opener policy: " (switched) }
                    span id="coop-hint" { (hint) }
                }
            }
        }
    }
}

fn draw_choice(choice: &str, name: &str, hint: &str) -> Markup {
    let hint_id = format!("{choice}-hint");
    html! {
        li {
            button.plain id=(choice) name="choice" value=(choice) aria-describedby=(hint_id) { (name) }
            span id=(hint_id) { (hint) }
        }
    }
}
