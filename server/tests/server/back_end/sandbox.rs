//! What a back end gets of a connection to the sandbox: a small set of data, plainly marked, that is only read.

use axum::http::StatusCode;
use connect_server::domain::secret_key::Scope;
use serde_json::{Value, json};

use super::BackEnd;
use crate::support::secret_key::add_key;
use crate::support::{Answer, SANDBOX, TestServer};

/// A sandbox connection that was made with one press, or with this case; as another service where one is named.
async fn connected(service: Option<&str>, case: &str) -> (BackEnd, String) {
    let server = TestServer::new().await;
    let (key, _) = add_key(&server, SANDBOX, &Scope::ALL).await;
    let api = BackEnd { server, key: key.expose().to_owned() };
    let session = api.server.session_of(SANDBOX, "Harbour").await;
    let token = session.access_token.expose();
    let attempt = match service {
        None => api.server.begin(&session, "railzSandbox").await,
        Some(service) => {
            api.server.get(&format!("/services/url?serviceName={service}&redirectUrl="), token).await.json()
        }
    };
    api.server.ask("POST", &attempt.url, Some(token), &json!({ "code": case }).to_string()).await;
    (api, format!("/v2/connections/{}", attempt.connection_id.unwrap()))
}

fn error(answer: &Answer) -> &str {
    answer.header("railz-proxy-error")
}

#[tokio::test]
async fn the_sandbox_tells_its_company_and_says_what_it_is() {
    for service in [None, Some("quickbooks")] {
        let (api, connection) = connected(service, "user_good").await;
        let company: Value = api.get(&format!("{connection}/company")).await.json();
        assert_eq!(company["name"], "Juniper Bakery (sandbox)");
        assert_eq!((&company["currency"], &company["sandbox"]), (&json!("EUR"), &json!(true)), "{service:?}");
        assert_eq!(company["serviceAccountRef"]["id"], "sandbox-1");
        let info = api.list("/v2/businesses/info").await.1;
        assert_eq!((&info[0]["baseCurrency"], &info[0]["sandbox"]), (&json!("EUR"), &json!(true)));
    }
}

#[tokio::test]
async fn the_sandbox_is_read_through_the_proxy_by_pages() {
    let (api, connection) = connected(None, "user_good").await;
    let (api, connection) = (&api, &connection);
    let get = |path: &'static str| async move { api.get(&format!("{connection}/proxy/{path}")).await };
    let company: Value = get("company").await.json();
    assert_eq!((&company["name"], &company["sandbox"]), (&json!("Juniper Bakery (sandbox)"), &json!(true)));
    let invoices = get("invoices?limit=5&page=2").await;
    assert_eq!(invoices.header("railz-sandbox"), "true");
    let invoices: Value = invoices.json();
    assert_eq!((&invoices["page"], &invoices["count"]), (&json!(2), &json!(24)));
    assert_eq!(invoices["data"][0]["number"], "INV-0006");
    // More than there may be counts as the most, and a page below the first as the first.
    let clamped: Value = get("invoices?limit=1000&page=0").await.json();
    assert_eq!((&clamped["page"], &clamped["data"].as_array().unwrap().len()), (&json!(1), &24));
    for resource in ["accounts", "customers"] {
        let page: Value = get(resource).await.json();
        assert!(page["data"].as_array().unwrap().len() >= 8, "{resource}: {page}");
    }
    let head = api.ask("HEAD", &format!("{connection}/proxy/invoices"), "").await;
    assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
}

#[tokio::test]
async fn the_case_without_data_has_a_company_and_nothing_in_its_books() {
    let (api, connection) = connected(Some("quickbooks"), "data_empty").await;
    for resource in ["accounts", "customers", "invoices"] {
        let page: Value = api.get(&format!("{connection}/proxy/{resource}")).await.json();
        assert_eq!((&page["count"], &page["data"]), (&json!(0), &json!([])), "{resource}");
    }
    let company: Value = api.get(&format!("{connection}/proxy/company")).await.json();
    assert_eq!(company["currency"], "EUR");
}

#[tokio::test]
async fn the_sandbox_is_only_read_and_has_no_token() {
    let (api, connection) = connected(None, "user_good").await;
    let written = api.ask("POST", &format!("{connection}/proxy/invoices"), "{}").await;
    assert_eq!(error(&written), "method");
    let (status, message) = written.refusal();
    assert_eq!((status, message.contains("only read")), (405, true), "{message}");
    let unknown = api.get(&format!("{connection}/proxy/payroll")).await;
    assert_eq!((error(&unknown), unknown.refusal().0), ("noSandboxData", 404));
    let path = api.get(&format!("{connection}/proxy/../proxy/company")).await;
    assert_eq!((error(&path), path.refusal().0), ("path", 400), "as at a service");
    let (status, message) = api.get(&format!("{connection}/access-token")).await.refusal();
    assert_eq!(status, 409);
    assert!(message.starts_with("The sandbox is not connected by OAuth"), "{message}");
    let body = json!({ "connectionId": connection.rsplit('/').next() }).to_string();
    api.ask("PUT", "/v2/connections/disconnect", &body).await;
    assert_eq!(error(&api.get(&format!("{connection}/proxy/invoices")).await), "notActive");
}
