//! What webhooks told, newest first. `webhook_list.js` asks for more while the page is open, and writes the same words.

use maud::{Markup, html};

use super::parts::moment;
use crate::received_webhooks::ReceivedEvent;
use crate::services;

/// The script that keeps the list fresh.
pub(super) fn script() -> Markup {
    html! { script src="/webhook_list.js" defer {} }
}

/// The list, of one connection or of all.
pub(super) fn webhook_list(told: &[ReceivedEvent], connection: Option<&str>) -> Markup {
    html! {
        section.panel.told-by-webhook {
            h2 { "What Connect told our server" }
            p.hint { "Webhooks, signed and verified. New ones appear by themselves." }
            ol id="told" data-connection=[connection] {
                @for event in told {
                    li data-event=(event.event) {
                        (moment(&event.occurred_at)) " "
                        @if let Some(service) = &event.service_name { strong { (services::label(service)) } " " }
                        span { (sentence(event)) }
                    }
                }
            }
        }
    }
}

/// An event in words; one that this site does not know, by its name.
fn sentence(event: &ReceivedEvent) -> String {
    match (event.event.as_str(), event.old_status.as_deref(), event.new_status.as_deref()) {
        ("login", ..) => "a sign-in was opened".to_owned(),
        ("auth", ..) => "access was granted".to_owned(),
        ("connectionStatus", Some(old), Some(new)) => format!("{old} became {new}"),
        ("connectionRemoved", ..) => "the connection was deleted".to_owned(),
        ("businessRemoved", ..) => "the business was deleted".to_owned(),
        (other, ..) => other.to_owned(),
    }
}
