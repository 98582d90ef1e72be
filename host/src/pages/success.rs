//! The success page: it receives the connection from the widget, by POST or in its query, and shows what came.
//!
//! A real site would now ask its own server to look the connection up, and only believe it then: what a browser sends
//! is a claim.

use axum::{http::StatusCode, response::Response};
use maud::{Markup, html};
use url::form_urlencoded;

use super::frame::page;

/// What was handed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handover {
    method: &'static str,
    connection_id: String,
    business_name: String,
    business_uuid: String,
    service_name: String,
    state: String,
}

impl Handover {
    /// Reads a form or a query; what is missing is empty.
    pub fn read(method: &'static str, encoded: &[u8]) -> Self {
        let mut read = Self { method, ..Self::default() };
        for (name, value) in form_urlencoded::parse(encoded).into_owned() {
            match name.as_str() {
                "connectionId" => read.connection_id = value,
                "businessName" => read.business_name = value,
                "businessUuid" => read.business_uuid = value,
                "serviceName" => read.service_name = value,
                "state" => read.state = value,
                _ => {}
            }
        }
        read
    }
}

/// The success page, or one that says that nothing arrived.
pub fn success(handover: &Handover) -> Response {
    if handover.connection_id.is_empty() {
        let content = html! {
            section.panel {
                h1 { "Nothing has arrived" }
                p { "This page expects a connection from the widget, and was opened without one." }
                p { a.action id="back" href="/" { "Connect your books" } }
            }
        };
        return page(StatusCode::OK, "Nothing has arrived", &html! {}, &content);
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    let again = format!("/?{}", query.append_pair("businessName", &handover.business_name).finish());
    let content = html! {
        section.panel {
            span.tick aria-hidden="true" {}
            h1 { "Connected" }
            p { "Thank you. Your books are connected, and we are preparing your offer." }
            dl {
                (row("Business", "business-name", &handover.business_name))
                (row("Service", "service-name", &handover.service_name))
                (row("Connection", "connection-id", &handover.connection_id))
                (row("Business id", "business-uuid", &handover.business_uuid))
                (row("State", "state", &handover.state))
                (row("Arrived by", "method", handover.method))
            }
            p { a.action id="back" href=(again) { "Back to your connections" } }
        }
    };
    page(StatusCode::OK, "Connected", &html! {}, &content)
}

fn row(name: &str, id: &str, value: &str) -> Markup {
    html! { div { dt { (name) } dd id=(id) { (value) } } }
}
