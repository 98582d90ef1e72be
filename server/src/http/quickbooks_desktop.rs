//! `POST /quickbooksDesktop/soap`: what QuickBooks Web Connector calls (SOAP 1.1).

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use railz_connect_contract::ConnectionId;

use super::audit::AuditNote;
use super::input::Body;
use crate::app::App;
use crate::services::quickbooks_desktop::{Reply, call};
use crate::services::xml::{self, Element, escape};

/// Answers one SOAP call of the Web Connector.
pub(super) async fn soap(State(app): State<Arc<App>>, audit: AuditNote, Body(body): Body) -> Response {
    let envelope = match xml::read(&body) {
        Ok(envelope) => envelope,
        Err(refused) => return fault("Client", &format!("this is no SOAP call: {refused}")),
    };
    let Some(method) = method(&envelope) else {
        return fault("Client", "this is no SOAP call: it has no body");
    };
    let result = match call(&app, method).await {
        Ok(Reply::Text(text)) => escape(&text),
        Ok(Reply::Texts(texts)) => strings(texts.each_ref().map(String::as_str)),
        Ok(Reply::NotLetIn) => {
            audit.connection(&ConnectionId::new(
                method.child("strUserName").map_or("", |user| user.text.as_str()),
            ));
            audit.refused("the Web Connector came with a wrong user name or password");
            strings(["", "nvu"])
        }
        Ok(Reply::Percent(percent)) => percent.to_string(),
        Ok(Reply::Unknown) => return fault("Client", "there is no such call"),
        Err(error) => {
            tracing::error!(%error, "a call of the Web Connector could not be answered");
            return fault("Server", super::error_response::OUR_FAULT);
        }
    };
    let name = &method.name;
    let inner = format!(
        "<{name}Response xmlns=\"http://developer.intuit.com/\"><{name}Result>{result}</{name}Result></{name}Response>"
    );
    answer(StatusCode::OK, &inner)
}

/// What the connector's people find behind the address in its file.
pub(super) async fn about() -> &'static str {
    "QuickBooks Web Connector calls this address. For help, go back to the page on which you began.\n"
}

fn strings(texts: [&str; 2]) -> String {
    texts.map(|text| format!("<string>{}</string>", escape(text))).concat()
}

fn method(envelope: &Element) -> Option<&Element> {
    envelope.child("Body").filter(|_| envelope.name == "Envelope")?.children.first()
}

fn fault(code: &str, text: &str) -> Response {
    let inner = format!(
        "<soap:Fault><faultcode>soap:{code}</faultcode><faultstring>{}</faultstring></soap:Fault>",
        escape(text)
    );
    answer(StatusCode::INTERNAL_SERVER_ERROR, &inner)
}

fn answer(status: StatusCode, inner: &str) -> Response {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope \
         xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>{inner}</soap:Body></soap:Envelope>"
    );
    (status, [(header::CONTENT_TYPE, "text/xml; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], body)
        .into_response()
}
