//! The success page: what was connected, by the word of the Connect server; or, of a site without a secret key, by the browser's.

use axum::{http::StatusCode, response::Response};
use maud::{Markup, html};
use serde_json::Value;
use url::form_urlencoded;

use super::data_table::invoices_section;
use super::frame::{Menu, page, panel};
use super::notices::nothing_arrived;
use super::parts::{company_and_service, company_rows, row};
use crate::accepted_hand_over::AcceptedHandOver;
use crate::company::{Company, Shown};
use crate::connections::Connection;
use crate::hand_over::ReceivedFields;
use crate::services;

/// What was connected, and a page of its data.
pub fn connected(
    handed_over: &AcceptedHandOver,
    connection: &Connection,
    company: &Shown<Company>,
    invoices: &Shown<Value>,
) -> Response {
    let id = connection.id.as_str();
    let content = html! {
        section.panel {
            span.tick aria-hidden="true" {}
            h1 id="connected" { (company_and_service(connection, company)) " is connected" }
            p { "Thank you. We are preparing your offer." }
            dl {
                (company_rows(company))
                (row("Business", "business-name", &handed_over.business_name))
                (row("Service", "service-name", &connection.service_name))
                (row("Connection", "connection-id", id))
                (row("Business id", "business-uuid", &handed_over.business_uuid))
                (row("Arrived by", "method", handed_over.method))
            }
            (others(handed_over))
            p.actions {
                a.action id="open" href={ "/connections/" (id) } { "Look at it" }
                a.action.plain id="back" href="/" { "Connect another" }
            }
        }
        (invoices_section(invoices))
    };
    page((StatusCode::OK, "Connected"), Menu::SignedIn, &html! {}, &content)
}

/// What else this visit connected, or found connected.
fn others(handed_over: &AcceptedHandOver) -> Markup {
    let others = handed_over.connections.get(1..).unwrap_or_default();
    html! {
        @if !others.is_empty() {
            p { "Also connected:" }
            ul id="others" {
                @for other in others {
                    li {
                        a href={ "/connections/" (other.connection_id.as_str()) } {
                            (services::label(&other.service_name))
                        }
                        @if !other.signed_in { " (before)" }
                    }
                }
            }
        }
    }
}

/// What a browser claims: a site without a secret key can ask nobody.
pub fn claimed(received: &ReceivedFields) -> Response {
    if received.connection_id.is_empty() {
        return nothing_arrived();
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    let again = format!("/?{}", query.append_pair("businessName", &received.business_name).finish());
    let content = html! {
        span.tick aria-hidden="true" {}
        h1 { "Connected" }
        p { "So says your browser. This site has no secret key to ask the Connect server with." }
        dl {
            (row("Business", "business-name", &received.business_name))
            (row("Service", "service-name", &received.service_name))
            (row("Connection", "connection-id", &received.connection_id))
            (row("Business id", "business-uuid", &received.business_uuid))
            (row("State", "state", &received.state))
            (row("Arrived by", "method", received.method))
        }
        p { a.action id="back" href=(again) { "Back to your connections" } }
    };
    panel((StatusCode::OK, "Connected"), Menu::None, &content)
}
