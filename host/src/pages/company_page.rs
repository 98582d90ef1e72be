//! One connection: its company, a page of its data, its end, and what webhooks told of it.

use axum::{http::StatusCode, response::Response};
use maud::html;
use serde_json::Value;

use super::data_table::invoices_section;
use super::frame::{Menu, page};
use super::parts::{UNCONFIRMED, company_and_service, company_rows, moment, row, status};
use super::webhook_list::{script, webhook_list};
use crate::company::{Company, Shown};
use crate::connections::Connection;
use crate::received_webhooks::ReceivedEvent;

/// The page of a connection.
pub fn company_page(
    connection: &Connection,
    company: &Shown<Company>,
    invoices: &Shown<Value>,
    told: &[ReceivedEvent],
) -> Response {
    let id = connection.id.as_str();
    let title = company_and_service(connection, company);
    let content = html! {
        section.panel {
            h1 id="company" { (title) }
            p { (status(&connection.status)) " since " (moment(&connection.updated_at)) }
            dl {
                (company_rows(company))
                (row("Connection", "connection-id", id))
                @if connection.open_session { (row("Connected by", "open-session", UNCONFIRMED)) }
                @if connection.is_mock_data { (row("Data", "mock-data", "made up, for practice")) }
            }
            @match connection.status.as_str() {
                "active" | "expired" => {
                    form action={ "/connections/" (id) "/disconnect" } method="post" {
                        button.danger id="disconnect" { "Disconnect" }
                        p.hint { "We forget what we were given, and ask the service to take it back." }
                    }
                }
                _ => { p { a.action id="again" href="/" { "Connect it again" } } }
            }
        }
        (invoices_section(invoices))
        (webhook_list(told, Some(id)))
    };
    page((StatusCode::OK, &title), Menu::SignedIn, &script(), &content)
}
