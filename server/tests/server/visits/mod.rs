//! Visits: what continues one, what does not, and how long the sessions of pages live.

mod addresses;
mod idempotency;
mod lives;
mod migration;
mod minted;
mod policy;

use axum::body::Body;
use axum::http::{HeaderValue, Request, header};
use connect_server::domain::widget::{self, Mode, SessionPolicy, Widget};
use railz_connect_contract::{ConnectionError, SessionResponse, UseCase};
use serde_json::{Value, json};

use crate::support::{Answer, HOST, LIVE, SANDBOX, TestServer, request};

type Session = SessionResponse<Value>;

/// Another page of the tests' widgets.
const OTHER_PAGE: &str = "http://b.localhost:4711";

/// A request as another page makes it, or as no page does.
fn from_page(origin: Option<&'static str>, mut asked: Request<Body>) -> Request<Body> {
    match origin {
        Some(origin) => asked.headers_mut().insert(header::ORIGIN, HeaderValue::from_static(origin)),
        None => asked.headers_mut().remove(header::ORIGIN),
    };
    asked
}

/// Plays a use case in the sandbox, in a session.
async fn play(server: &TestServer, session: &Session, code: UseCase) {
    let attempt = server.begin(session, "railzSandbox").await;
    let body = json!({"code": code}).to_string();
    let answer = server.ask("POST", &attempt.url, Some(session.access_token.expose()), &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

/// Whether the status tells that the sandbox sign-in of its visit was refused.
async fn shows_the_refusal(server: &TestServer, session: &Session) -> bool {
    let status = server.status(session).await;
    status.iter().any(|shown| shown.error == Some(ConnectionError::UnauthorizedCredentials))
}

/// Opens a session of a page, with our additions in the body.
async fn open(server: &TestServer, widget: &str, query: &str, body: &Value) -> Answer {
    server.ask("POST", &format!("/widget/session/{widget}{query}"), None, &body.to_string()).await
}

/// Registers a further widget, for pages of [`HOST`].
async fn add_widget(server: &TestServer, id: &str, sessions: SessionPolicy, addresses: &[&str]) {
    let widget = Widget {
        id: widget::parse_id(id, Mode::Sandbox).unwrap(),
        name: "Other Lending".to_owned(),
        email: String::new(),
        mode: Mode::Sandbox,
        origins: vec![HOST.parse().unwrap()],
        sessions,
        success_addresses: addresses.iter().map(|address| address.parse().unwrap()).collect(),
        created_at: server.app.now(),
    };
    server.app.store.add_widget(&widget).await.unwrap();
}

/// A session whose refused sandbox sign-in a later session of the same visit would show.
async fn refused_one(server: &TestServer) -> Session {
    let session = server.session_of(SANDBOX, "Harbour").await;
    play(server, &session, UseCase::InvalidCredentials).await;
    assert!(shows_the_refusal(server, &session).await);
    session
}

#[tokio::test]
async fn a_person_whose_session_ran_out_continues_the_visit() {
    // A later session used to know nothing of how the sign-ins of before had ended.
    let server = TestServer::new().await;
    let older = refused_one(&server).await;
    server.clock.pass(3600);
    assert_eq!(server.get("/widget/status", older.access_token.expose()).await.refusal().0, 401);
    let newer = server.continue_session(SANDBOX, &older).await;
    assert_ne!(older.access_token, newer.access_token);
    assert_eq!(older.business_uuid, newer.business_uuid);
    assert!(shows_the_refusal(&server, &newer).await);
    server.clock.pass(25 * 3600 - 1);
    let third = server.continue_session(SANDBOX, &newer).await;
    assert_eq!(older.business_uuid, third.business_uuid);
}

#[tokio::test]
async fn a_page_that_names_no_business_continues_that_of_its_visit() {
    let server = TestServer::new().await;
    let older = server.session(SANDBOX, "").await;
    server.clock.pass(3600);
    let body = json!({"previousSessionToken": older.access_token});
    let newer: Session = open(&server, SANDBOX, "", &body).await.json();
    assert_eq!((newer.business_uuid, newer.business_name), (older.business_uuid, older.business_name));
}

#[tokio::test]
async fn a_foreign_or_stolen_token_continues_nothing_and_nothing_is_said_about_it() {
    let server = TestServer::new().await;
    add_widget(&server, "SB_PROD_other", SessionPolicy::Open, &[]).await;
    let older = refused_one(&server).await;
    let query = "?businessName=Harbour&include=connections,integrations";
    let body = json!({"previousSessionToken": older.access_token}).to_string();
    let path = format!("/widget/session/{SANDBOX}{query}");
    let asked = |path: &str, body: &str| request("POST", path, None, body);

    let another_page = server.send(from_page(Some(OTHER_PAGE), asked(&path, &body))).await;
    let another_widget = server.send(asked(&path.replace(SANDBOX, "SB_PROD_other"), &body)).await;
    let another_business = server.send(asked(&path.replace("Harbour", "Quay"), &body)).await;
    let made_up = server.send(asked(&path, r#"{"previousSessionToken":"made-up"}"#)).await;
    let pages = [Some(OTHER_PAGE), Some(HOST), Some(HOST), Some(HOST)];
    for (answer, page) in [another_page, another_widget, another_business, made_up].iter().zip(pages) {
        assert_eq!(answer.status, 200, "{}", answer.text());
        let session: Session = answer.json();
        let token = Some(session.access_token.expose());
        let status = server.send(from_page(page, request("GET", "/widget/status", token, ""))).await;
        assert_eq!(status.json::<Value>(), json!([]), "{}", answer.text());
    }
    assert!(shows_the_refusal(&server, &older).await, "and nothing was taken from whose it is");

    // One that ended by being unmounted, and one that ran out more than a day ago.
    server.end_session(&older).await;
    assert!(!shows_the_refusal(&server, &server.continue_session(SANDBOX, &older).await).await);
    let older = refused_one(&server).await;
    server.clock.pass(25 * 3600);
    assert!(!shows_the_refusal(&server, &server.continue_session(SANDBOX, &older).await).await);
}

#[tokio::test]
async fn a_visit_never_changes_its_business_its_widget_or_its_kind_of_session() {
    let server = TestServer::new().await;
    let older = server.session_of(LIVE, "Harbour").await;
    let body = json!({"previousSessionToken": older.access_token});
    let quay: Session = open(&server, LIVE, "?businessName=Quay", &body).await.json();
    let sandbox: Session = open(&server, SANDBOX, "?businessName=Harbour", &body).await.json();
    let visit = async |session: &Session| {
        let token = connect_server::token::TokenHash::of(session.access_token.expose());
        server.app.store.session(token, server.app.now()).await.unwrap().unwrap().1
    };
    let (first, quay, sandbox) = (visit(&older).await, visit(&quay).await, visit(&sandbox).await);
    assert_ne!(first.id, quay.id);
    assert_ne!(first.id, sandbox.id);
    assert_eq!((first.business.as_str(), first.widget.as_str()), (older.business_uuid.as_str(), LIVE));
    assert_ne!(first.business, quay.business);
    let continued = visit(&server.continue_session(LIVE, &older).await).await;
    assert_eq!(
        (first.id, first.business, first.session_kind),
        (continued.id, continued.business, continued.session_kind)
    );
}

#[tokio::test]
async fn a_visit_keeps_the_metadata_that_was_given_last() {
    let server = TestServer::new().await;
    let body = json!({"metadata": [{"name": "plan"}]});
    let first: Session = open(&server, LIVE, "?businessName=Harbour", &body).await.json();
    let body = json!({"metadata": [{"name": "other"}], "previousSessionToken": first.access_token});
    let second: Session = open(&server, LIVE, "?businessName=Harbour", &body).await.json();
    assert_eq!(second.metadata, Some(json!([{"name": "other"}])));
    let token = connect_server::token::TokenHash::of(first.access_token.expose());
    let (_, visit) = server.app.store.session(token, server.app.now()).await.unwrap().unwrap();
    assert_eq!(visit.settings.metadata, Some(json!([{"name": "other"}])));
}
