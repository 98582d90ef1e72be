//! Calls to services that this server answers itself, each by name.

use axum::http::header;
use connect_server::domain::secret_key::Scope;

use super::proxy::{connected, error};
use super::{BackEnd, ask_with};
use crate::companies::sign_in;
use crate::support::LIVE;
use crate::support::secret_key::add_key;

#[tokio::test]
async fn what_cannot_be_called_is_refused_by_name() {
    let (api, proxy) = connected().await;
    let body = serde_json::json!({ "connectionId": proxy.split('/').nth(3) }).to_string();
    let (key, _) = add_key(&api.server, LIVE, &[Scope::Read, Scope::Write, Scope::Sessions]).await;
    let without = ask_with(&api.server, key.expose(), "GET", &format!("{proxy}/invoices"), "").await;
    assert_eq!((error(&without), without.refusal().0), ("secretKey", 403));
    let nobody = ask_with(&api.server, "rck_nobody", "GET", &format!("{proxy}/invoices"), "").await;
    assert_eq!((error(&nobody), nobody.refusal().0), ("secretKey", 401));
    let page = api.server.ask("GET", &format!("{proxy}/invoices"), Some(&api.key), "").await;
    assert_eq!((error(&page), page.refusal().0), ("secretKey", 403));
    let unknown = api.get("/v2/connections/CON-nobody/proxy/invoices").await;
    assert_eq!((error(&unknown), unknown.refusal().0), ("noConnection", 404));
    api.ask("PUT", "/v2/connections/disconnect", &body).await;
    let over = api.get(&format!("{proxy}/invoices")).await;
    assert_eq!((error(&over), over.refusal().0), ("notActive", 409));

    let api = BackEnd::new().await;
    let session = api.server.session_of(LIVE, "Harbour").await;
    let told = sign_in(&api.server, &session, "harbourBooks", "").await;
    let path = format!("/v2/connections/{}/proxy/invoices", told["connectionId"].as_str().unwrap());
    let answer = api.get(&path).await;
    assert_eq!(error(&answer), "noApiAddress");
    let (status, message) = answer.refusal();
    assert_eq!(status, 409);
    assert!(message.contains("give api_url"), "{message}");
}

#[tokio::test]
async fn a_service_that_cannot_be_reached_is_told_from_one_that_answers_badly() {
    let nowhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = nowhere.local_addr().unwrap().port();
    drop(nowhere);
    let extra = Box::leak(format!("api_url = \"http://127.0.0.1:{port}\"").into_boxed_str());
    let api = BackEnd::with_books(extra).await;
    let id = api.connect("Harbour", "7").await;
    let answer = api.get(&format!("/v2/connections/{id}/proxy/invoices")).await;
    assert_eq!((error(&answer), answer.header(header::RETRY_AFTER)), ("unreachable", "10"));
    assert_eq!(answer.refusal().0, 502);
}
