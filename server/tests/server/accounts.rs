//! Account choices at the seven held services (contract rules C6 to C9, D5, S5), one thing a test.

use axum::http::StatusCode;
use connect_server::services::oauth::refresh::refresh_due;
use railz_connect_contract::{
    AddressResponse, Connection, ConnectionAccounts, ConnectionError, ConnectionState, SessionResponse,
};
use serde_json::{Value, json};

use crate::support::browser::{self, come_back};
use crate::support::held_services::held_services;
use crate::support::secret_key::minted_session;
use crate::support::{Answer, LIVE, ServerOptions, TestServer, poll_path};

pub type Session = SessionResponse<Value>;

pub async fn server(service: &'static str) -> (TestServer, [&'static str; 2]) {
    let (_, extra, lists, ids) = held_services().into_iter().find(|(id, ..)| *id == service).unwrap();
    let server = TestServer::with_options(ServerOptions {
        services: vec![(service, extra)],
        ..ServerOptions::default()
    })
    .await;
    for (path, list) in lists {
        server.provider.lists(path, list);
    }
    (server, ids)
}

pub async fn begin(server: &TestServer, session: &Session, service: &str) -> AddressResponse {
    let extra = match service {
        "dynamics365Finance" => "&dynamics365EnvironmentUrl=https%3A%2F%2Facme.operations.dynamics.com",
        _ => "",
    };
    let answer = server.ask_to_begin(session, service, extra).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

/// Signs in; the popup's page.
pub async fn sign_in(server: &TestServer, session: &Session, service: &str) -> (AddressResponse, Answer) {
    let attempt = begin(server, session, service).await;
    let popup = browser::open(server, &attempt).await;
    let code = server.provider.consent(&popup);
    let page = come_back(server, &popup, &format!("code={code}&state={}", popup.state())).await;
    (attempt, page)
}

pub async fn choose(
    server: &TestServer,
    session: &Session,
    of: &AddressResponse,
    service: &str,
    id: &str,
) -> Answer {
    let body = json!({"accountId": id, "connectionId": of.connection_id}).to_string();
    let path = format!("/{service}/account");
    server.ask("POST", &path, Some(session.access_token.expose()), &body).await
}

pub async fn accounts(server: &TestServer, session: &Session, service: &str) -> Answer {
    server.get(&format!("/{service}/account"), session.access_token.expose()).await
}

#[tokio::test]
async fn each_held_service_goes_from_sign_in_over_pending_and_201_to_active() {
    for (service, ..) in held_services() {
        let (server, ids) = server(service).await;
        let session = server.session_of(LIVE, "Harbour").await;
        let attempt = begin(&server, &session, service).await;
        let popup = browser::open(&server, &attempt).await;
        assert!(
            server.status(&session).await.is_empty(),
            "{service}: nothing is listed while the popup is away"
        );
        assert_eq!(accounts(&server, &session, service).await.refusal().0, 409, "{service}");
        let code = server.provider.consent(&popup);
        let page = come_back(&server, &popup, &format!("code={code}&state={}", popup.state())).await;
        assert!(page.text().contains("You are signed in"), "{service}: {}", page.text());

        let pending: Connection = server.poll(&session, &attempt, 5000).await.json();
        assert_eq!(pending.state, ConnectionState::Pending, "{service}");
        assert_eq!(pending.error, None);
        let labels = match &pending.accounts {
            Some(ConnectionAccounts::Choices(choices)) => choices.0.clone(),
            other => panic!("{service}: {other:?}"),
        };
        let due = [(ids[0], "Juniper Bakery"), (ids[1], "Finch Joinery")];
        assert_eq!(
            labels,
            due.map(|(id, label)| (id.to_owned(), label.to_owned())),
            "{service}: in its order"
        );
        assert_eq!(server.status(&session).await, std::slice::from_ref(&pending), "{service}");
        let later = minted_session(&server, LIVE, "Harbour").await;
        assert_eq!(later.connections, Some(vec![pending]), "{service}");

        let listed: Value = accounts(&server, &session, service).await.json();
        let due = if service == "freshbooks" {
            json!({ids[0]: "Juniper Bakery", ids[1]: "Finch Joinery"})
        } else {
            json!({"items": [
                {"id": ids[0], "label": "Juniper Bakery"}, {"id": ids[1], "label": "Finch Joinery"},
            ]})
        };
        assert_eq!(listed["accounts"], due, "{service}");
        assert_eq!(listed["connectionId"], json!(attempt.connection_id), "{service}");

        let chosen = choose(&server, &session, &attempt, service, ids[1]).await;
        assert_eq!(chosen.status, StatusCode::CREATED, "{service}: {}", chosen.text());
        let status = server.status(&session).await;
        assert_eq!(status[0].state, ConnectionState::Active, "{service}");
        assert_eq!(status[0].service_account_ref.as_ref().unwrap().id.as_deref(), Some(ids[1]), "{service}");
        assert_eq!(status[0].account_name.as_deref(), Some("Finch Joinery"));
        assert_eq!(status[0].accounts, None, "{service}");
        let last: Connection = server.poll(&session, &attempt, 0).await.json();
        assert_eq!(last, status[0], "{service}: a poll with no patience is final after the 201");
        let path = format!("/widget/connection/updates/{}?timeoutInMs=0", last.connection_id);
        let old: Connection = server.get(&path, session.access_token.expose()).await.json();
        assert_eq!(old, last, "{service}: for a client of 2.23 too");
    }
}

#[tokio::test]
async fn an_account_that_was_not_listed_is_refused_by_name_and_changes_nothing() {
    let (server, _) = server("freshbooks").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let (attempt, _) = sign_in(&server, &session, "freshbooks").await;
    let (status, message) = choose(&server, &session, &attempt, "freshbooks", "9999").await.refusal();
    assert_eq!(status, 400);
    assert!(message.contains("accountId") && message.contains("1001, 1002"), "{message}");
    assert_eq!(server.status(&session).await[0].state, ConnectionState::Pending);
    let answer = server.ask("POST", "/freshbooks/account", Some(session.access_token.expose()), "{}").await;
    assert!(answer.refusal().1.contains("accountId"), "{}", answer.text());
}

#[tokio::test]
async fn only_the_owner_sees_the_list_and_chooses() {
    // Any session that named the business used to choose for it.
    let (server, _) = server("freshbooks").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let (attempt, _) = sign_in(&server, &session, "freshbooks").await;
    let stranger = server.session_of(LIVE, "Stranger").await;
    assert_eq!(accounts(&server, &stranger, "freshbooks").await.refusal().0, 409);
    assert_eq!(choose(&server, &stranger, &attempt, "freshbooks", "1001").await.refusal().0, 404);
    assert_eq!(server.ask("GET", "/freshbooks/account", None, "").await.refusal().0, 401);
    assert_eq!(server.ask("POST", "/freshbooks/account", Some("forged"), "{}").await.refusal().0, 401);
    assert_eq!(server.status(&session).await[0].state, ConnectionState::Pending);
    let another_visit = server.session_of(LIVE, "Harbour").await;
    assert_eq!(choose(&server, &another_visit, &attempt, "freshbooks", "1001").await.refusal().0, 409);
    let minted = minted_session(&server, LIVE, "Harbour").await;
    let chosen = choose(&server, &minted, &attempt, "freshbooks", "1001").await;
    assert_eq!(chosen.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_choice_whose_answer_was_lost_may_be_made_again_but_not_otherwise() {
    let (server, _) = server("freshbooks").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let (attempt, _) = sign_in(&server, &session, "freshbooks").await;
    for _ in 0..2 {
        let answer = choose(&server, &session, &attempt, "freshbooks", "1001").await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    }
    assert_eq!(choose(&server, &session, &attempt, "freshbooks", "1002").await.refusal().0, 409);
    assert_eq!(accounts(&server, &session, "freshbooks").await.refusal().0, 409);
}

#[tokio::test]
async fn a_service_without_a_choice_has_no_such_path() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    for service in ["xero", "harbourBooks", "nowhere"] {
        assert_eq!(accounts(&server, &session, service).await.refusal().0, 404, "{service}");
    }
}

#[tokio::test]
async fn reauthorising_takes_the_same_company_without_asking_again() {
    let (server, ids) = server("sageBusinessCloud").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let (first, _) = sign_in(&server, &session, "sageBusinessCloud").await;
    choose(&server, &session, &first, "sageBusinessCloud", ids[1]).await;
    let before = server.status(&session).await.remove(0);
    let (again, page) = sign_in(&server, &session, "sageBusinessCloud").await;
    assert!(page.text().contains("You are connected"), "{}", page.text());
    assert_eq!(again.connection_id.as_ref(), Some(&before.connection_id));
    assert_eq!(server.poll(&session, &again, 0).await.json::<Connection>(), before);
}

#[tokio::test]
async fn reauthorising_where_the_company_is_not_listed_any_more_is_refused_and_the_old_credentials_stay() {
    let (server, ids) = server("sageBusinessCloud").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let (first, _) = sign_in(&server, &session, "sageBusinessCloud").await;
    choose(&server, &session, &first, "sageBusinessCloud", ids[1]).await;
    let before = server.status(&session).await.remove(0);
    let id = &before.connection_id;
    let version = server.app.store.credential(id).await.unwrap().unwrap().version;
    server.provider.lists("companies", json!({"$items": [{"id": "s-1", "displayed_as": "Juniper Bakery"}]}));
    let (again, page) = sign_in(&server, &session, "sageBusinessCloud").await;
    assert!(page.text().contains("This is another company"), "{}", page.text());
    let told: Value = server.poll(&session, &again, 0).await.json();
    assert_eq!((&told["state"], &told["reason"]), (&json!("invalid"), &json!("differentAccount")));
    assert_eq!(told["connectionId"], json!(id), "the id stays with its company");
    assert_eq!(server.status(&session).await, std::slice::from_ref(&before));
    assert_eq!(server.app.store.credential(id).await.unwrap().unwrap().version, version);
}

#[tokio::test]
async fn a_company_that_another_business_chose_before_is_a_duplicate_told_by_the_status() {
    let (server, _) = server("freshbooks").await;
    let first = server.session_of(LIVE, "Harbour").await;
    let (attempt, _) = sign_in(&server, &first, "freshbooks").await;
    choose(&server, &first, &attempt, "freshbooks", "1001").await;

    let second = server.session_of(LIVE, "Quay").await;
    let (attempt, _) = sign_in(&server, &second, "freshbooks").await;
    let answer = choose(&server, &second, &attempt, "freshbooks", "1001").await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let status = server.status(&second).await.remove(0);
    assert_eq!(status.state, ConnectionState::Invalid);
    assert_eq!(status.error, Some(ConnectionError::DuplicateAccount));
    let polled: Connection = server.poll(&second, &attempt, 0).await.json();
    assert_eq!(polled.error, Some(ConnectionError::DuplicateAccount));
    assert!(server.app.store.credential(&status.connection_id).await.unwrap().is_none(), "nothing is kept");
    let later = server.session_of(LIVE, "Quay").await;
    assert_eq!(later.connections, Some(vec![]), "a failed attempt is in no later list");

    let (attempt, _) = sign_in(&server, &second, "freshbooks").await;
    assert_eq!(attempt.connection_id.as_ref(), Some(&status.connection_id), "the id is for the next try");
    assert_eq!(server.status(&second).await[0].state, ConnectionState::Pending);
    choose(&server, &second, &attempt, "freshbooks", "1002").await;
    assert_eq!(server.status(&second).await[0].state, ConnectionState::Active);
    assert_eq!(server.status(&first).await[0].state, ConnectionState::Active);
}

#[tokio::test]
async fn a_choice_that_nobody_makes_is_forgotten_after_a_day_with_its_credential() {
    let (server, _) = server("freshbooks").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let (attempt, _) = sign_in(&server, &session, "freshbooks").await;
    server.clock.pass(24 * 3600);
    let session = server.session_of(LIVE, "Harbour").await;
    assert_eq!(session.connections, Some(vec![]));
    assert_eq!(choose(&server, &session, &attempt, "freshbooks", "1001").await.refusal().0, 409);
    let swept = connect_server::sweep::sweep(&server.app).await.unwrap();
    assert_eq!(swept.choices, 1);
    let id = attempt.connection_id.unwrap();
    assert!(server.app.store.credential(&id).await.unwrap().is_none());
}

#[tokio::test]
async fn a_consent_that_is_taken_back_before_the_choice_leaves_nothing_behind() {
    let (server, _) = server("freshbooks").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let (attempt, _) = sign_in(&server, &session, "freshbooks").await;
    server.provider.revoke();
    server.clock.pass(1440);
    assert_eq!(refresh_due(&server.app).await.unwrap(), 1);
    assert!(server.status(&session).await.is_empty());
    assert_eq!(server.get(&poll_path(&attempt, 0), session.access_token.expose()).await.refusal().0, 410);
}

#[tokio::test]
async fn an_empty_list_ends_the_attempt_with_words_and_leaves_nothing() {
    let (server, _) = server("freshbooks").await;
    server.provider.lists("companies", json!({"response": {"business_memberships": []}}));
    let session = server.session_of(LIVE, "Harbour").await;
    let (attempt, page) = sign_in(&server, &session, "freshbooks").await;
    assert!(page.text().contains("has no company"), "{}", page.text());
    let (status, message) = server.poll(&session, &attempt, 0).await.refusal();
    assert_eq!(status, 502);
    assert!(message.contains("FreshBooks has no company"), "{message}");
    assert!(server.status(&session).await.is_empty());
    server.provider.lists("companies", json!({"response": "<html>"}));
    let (attempt, _) = sign_in(&server, &session, "freshbooks").await;
    assert_eq!(server.poll(&session, &attempt, 0).await.refusal().0, 502);
}
