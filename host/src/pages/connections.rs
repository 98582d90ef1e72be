//! Everything that a customer has connected, and what webhooks told of it.

use axum::{http::StatusCode, response::Response};
use maud::{Markup, html};

use super::frame::{Menu, page};
use super::parts::{moment, status, unconfirmed};
use super::webhook_list::{script, webhook_list};
use crate::connections::Connection;
use crate::received_webhooks::ReceivedEvent;
use crate::services;

/// The list, newest first.
pub fn connections(business: &str, listed: &[Connection], told: &[ReceivedEvent]) -> Response {
    let content = html! {
        section.panel {
            h1 { "What " (business) " has connected" }
            @if listed.is_empty() {
                p id="none" { "Nothing yet." }
            } @else {
                ul.connections { @for connection in listed.iter().rev() { (item(connection)) } }
            }
            p { a.action id="back" href="/" { "Connect your books" } }
        }
        (webhook_list(told, None))
    };
    page((StatusCode::OK, "Your connections"), Menu::SignedIn, &script(), &content)
}

fn item(connection: &Connection) -> Markup {
    let id = connection.id.as_str();
    html! {
        li data-connection=(id) {
            a href={ "/connections/" (id) } {
                @match connection.account_name.as_deref() {
                    Some(name) => { (name) " at " (services::label(&connection.service_name)) }
                    None => { (services::label(&connection.service_name)) }
                }
            }
            (status(&connection.status))
            span.hint { "since " (moment(&connection.updated_at)) }
            @if connection.open_session { (unconfirmed()) }
        }
    }
}
