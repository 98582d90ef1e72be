//! The person who finishes a sign-in is the one who began it: what is tried with start addresses that were sent to
//! somebody else, fetched ahead, framed, forged and replayed.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use connect_server::domain::attempt::Stage;
use railz_connect_contract::{AddressResponse, SessionResponse};
use serde_json::Value;
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;

use crate::support::browser::{self, StartPage, approve, look, navigate, path_of, post, press, prove};
use crate::support::log::Log;
use crate::support::{LIVE, ServerOptions, TestServer, request};

const FORM: &str = "application/x-www-form-urlencoded";

pub struct SignIn {
    pub server: TestServer,
    pub session: SessionResponse<Value>,
    pub attempt: AddressResponse,
}

impl SignIn {
    pub async fn begun() -> Self {
        Self::begun_at("https://connect.example").await
    }

    pub async fn begun_at(public_url: &'static str) -> Self {
        let server = TestServer::with_options(ServerOptions { public_url, ..ServerOptions::default() }).await;
        let session = server.session_of(LIVE, "Harbour").await;
        let attempt = server.begin(&session, "xero").await;
        Self { server, session, attempt }
    }

    pub fn proof(&self) -> &str {
        self.attempt.start_proof.as_ref().unwrap().expose()
    }

    pub async fn look(&self) -> StartPage {
        look(&self.server, &self.attempt).await
    }

    async fn stage(&self) -> Stage {
        let id = self.attempt.attempt_id.as_ref().unwrap();
        self.server.app.store.attempt(id).await.unwrap().unwrap().stage
    }

    /// Neither `state` nor verifier nor cookie was made, and the sign-in can still begin.
    async fn has_not_begun(&self) {
        assert_eq!(self.stage().await, Stage::Open);
        let popup = browser::open(&self.server, &self.attempt).await;
        assert_eq!(approve(&self.server, &popup).await.status, StatusCode::OK);
        assert_eq!(self.server.status(&self.session).await.len(), 1);
    }
}

#[tokio::test]
async fn a_start_link_sent_to_somebody_else_connects_nobody_without_a_press_that_names_whose_it_is() {
    // It used to set the cookie and go to the provider at once, who may show no screen to somebody who consented before.
    let it = SignIn::begun().await;
    let lured = it.look().await;
    let text = lured.answer.text();
    for named in ["Acme Lending", "app.example", "Harbour", "Xero", "Did you not ask for this?"] {
        assert!(text.contains(named), "{named}: {text}");
    }
    assert!(!text.contains(&it.server.provider.issuer()), "the provider's address is not there to go to");
    assert_eq!(lured.answer.header(header::LOCATION), "");
    assert_eq!(it.stage().await, Stage::Open);

    let popup = browser::open_by_press(&it.server, &it.attempt).await;
    assert_eq!(approve(&it.server, &popup).await.status, StatusCode::OK);
    assert_eq!(it.server.status(&it.session).await.len(), 1);
}

#[tokio::test]
async fn a_start_link_that_no_page_asked_for_names_the_site_that_opened_the_session() {
    // Whoever opened a session as a page, and asked for the address as a program, used to have a page that named no site.
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let mut integrations = session.integrations.as_ref().unwrap().iter();
    let xero = integrations.find(|entry| entry.service.as_str() == "xero" && !entry.is_mock_data).unwrap();
    let path = format!("/services/url?serviceName=xero&integrationUuid={}", xero.uuid.as_str());
    let mut asked = request("GET", &path, Some(session.access_token.expose()), "");
    asked.headers_mut().remove(header::ORIGIN);
    let attempt: AddressResponse = server.send(asked).await.json();
    assert!(attempt.start_proof.is_none(), "no page is there to be asked");
    let text = look(&server, &attempt).await.answer.text();
    assert!(text.contains("app.example"), "{text}");
    assert!(!text.contains("data-origin"), "{text}");
}

#[tokio::test]
async fn a_scanner_or_a_browser_that_reads_ahead_voids_nothing() {
    // Each opening used to make a new state and void the one of a sign-in under way.
    let it = SignIn::begun().await;
    let popup = browser::open(&it.server, &it.attempt).await;
    let before = it.stage().await;
    for purpose in ["prefetch", "prerender", ""] {
        let ahead = Request::get(path_of(&it.attempt.url)).header("sec-purpose", purpose);
        let answer = it.server.send(ahead.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    assert_eq!(it.stage().await, before);
    assert_eq!(approve(&it.server, &popup).await.status, StatusCode::OK);
    assert_eq!(it.server.status(&it.session).await.len(), 1);
}

#[tokio::test]
async fn the_proof_of_another_sign_in_opens_nothing() {
    let it = SignIn::begun().await;
    let other = it.server.begin(&it.session, "harbourBooks").await;
    let page = it.look().await;
    for proof in [other.start_proof.as_ref().unwrap().expose(), "", "made-up"] {
        let answer = prove(&it.server, &page, proof).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.refusal().1.contains("does not belong to this sign-in"), "{}", answer.text());
        assert_eq!(answer.header(header::SET_COOKIE), "");
    }
    it.has_not_begun().await;
}

#[tokio::test]
async fn a_proof_replayed_without_the_page_it_was_given_to_is_refused() {
    let it = SignIn::begun().await;
    let page = it.look().await;
    let elsewhere = it.look().await;
    let without = StartPage { cookie: "other=1".to_owned(), ..page.clone() };
    let others = StartPage { cookie: elsewhere.cookie, ..page.clone() };
    let unnamed = StartPage { token: String::new(), ..page };
    for page in [without, others, unnamed] {
        let answer = prove(&it.server, &page, it.proof()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.refusal().1.contains("no start page of this sign-in"), "{}", answer.text());
    }
    it.has_not_begun().await;
}

#[tokio::test]
async fn once_the_callback_came_the_proof_and_the_press_are_worth_nothing() {
    let it = SignIn::begun().await;
    let page = it.look().await;
    let popup = browser::open(&it.server, &it.attempt).await;
    approve(&it.server, &popup).await;
    let replayed = prove(&it.server, &page, it.proof()).await;
    assert_eq!((replayed.status, replayed.header(header::SET_COOKIE)), (StatusCode::GONE, ""));
    let pressed = press(&it.server, &page).await;
    assert_eq!((pressed.status, pressed.header(header::SET_COOKIE)), (StatusCode::GONE, ""));
    assert!(pressed.text().contains("This sign-in is over"));
}

#[tokio::test]
async fn a_window_that_is_opened_again_proves_itself_again() {
    let it = SignIn::begun().await;
    let first = browser::open(&it.server, &it.attempt).await;
    let again = browser::open(&it.server, &it.attempt).await;
    assert_eq!(approve(&it.server, &first).await.status, StatusCode::BAD_REQUEST, "its state is void");
    assert_eq!(approve(&it.server, &again).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_forged_press_of_another_site_is_refused_by_name() {
    let it = SignIn::begun().await;
    let page = it.look().await;
    let name = page.cookie.split('=').next().unwrap();
    let guessed = format!("{name}=guessed");
    let right = format!("page={}", page.token);
    for (cookie, body) in [
        ("other=1", ""),
        ("other=1", right.as_str()),
        (page.cookie.as_str(), ""),
        (page.cookie.as_str(), "page=made-up"),
        (guessed.as_str(), right.as_str()),
    ] {
        let forged = post(&it.server, &page.path, FORM, cookie, body.to_owned()).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
        assert!(forged.text().contains("did not come from our page"), "{}", forged.text());
        assert_eq!(forged.header(header::SET_COOKIE), "");
    }
    it.has_not_begun().await;
}

#[tokio::test]
async fn the_page_of_one_sign_in_presses_for_no_other() {
    let it = SignIn::begun().await;
    let other = it.server.begin(&it.session, "harbourBooks").await;
    let other = look(&it.server, &other).await;
    let path = path_of(&it.attempt.url);
    let forged = post(&it.server, &path, FORM, &other.cookie, format!("page={}", other.token)).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    it.has_not_begun().await;
}

#[tokio::test]
async fn a_start_page_that_stands_open_in_two_windows_can_be_pressed_in_either() {
    let it = SignIn::begun().await;
    let first = it.look().await;
    let second = navigate(&it.server, &first.path, Some(&first.cookie)).await;
    assert!(second.text().contains(&first.token), "both are the same browser's");
    assert_eq!(press(&it.server, &first).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_sign_in_under_way_when_the_server_learned_to_ask_goes_on_by_a_press() {
    let it = SignIn::begun().await;
    let popup = browser::open(&it.server, &it.attempt).await;
    // As the migration leaves what the server before it began: without a page to ask, and without a proof.
    let options = SqliteConnectOptions::new().filename(it.server.folder.path().join("connect.db"));
    let pool = SqlitePool::connect_with(options).await.unwrap();
    sqlx::query("UPDATE attempts SET opener_origin = NULL, start_proof = NULL").execute(&pool).await.unwrap();
    pool.close().await;
    let page = it.look().await;
    assert!(!page.answer.text().contains("data-origin"), "nobody can be asked");
    assert_eq!(prove(&it.server, &page, it.proof()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        approve(&it.server, &popup).await.status,
        StatusCode::OK,
        "what was at the provider comes back"
    );

    let server = &it.server;
    let next = server.begin(&it.session, "harbourBooks").await;
    let pressed = browser::open_by_press(server, &next).await;
    assert_eq!(approve(server, &pressed).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_proof_is_stored_as_a_hash_and_never_logged() {
    let log = Log::listen();
    let it = SignIn::begun().await;
    let page = it.look().await;
    prove(&it.server, &page, "made-up").await;
    prove(&it.server, &page, it.proof()).await;
    post(&it.server, &page.path, FORM, "", String::new()).await;
    let unreadable = format!("{{\"page\": 1, \"proof\": \"{}\"}}", it.proof());
    let answer =
        post(&it.server, &format!("{}/proof", page.path), "application/json", &page.cookie, unreadable).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let log = log.text();
    assert!(log.contains("by=\"proof\"") || log.contains("by=proof"), "{log}");
    let cookie = page.cookie.split('=').nth(1).unwrap();
    let start = page.path.rsplit('/').next().unwrap();
    for (what, secret) in [
        ("proof", it.proof()),
        ("page's token", &page.token),
        ("page's cookie", cookie),
        ("start token", start),
    ] {
        assert_eq!(log.lines().find(|line| line.contains(secret)), None, "the {what} is in the log");
    }
    it.server.app.store.close().await;
    for entry in std::fs::read_dir(it.server.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let found = bytes.windows(it.proof().len()).any(|window| window == it.proof().as_bytes());
        assert!(!found, "the proof lies open in the database");
    }
}

#[tokio::test]
async fn the_sandbox_needs_no_window_and_gets_no_proof() {
    let server = TestServer::new().await;
    let session = server.session_of(crate::support::SANDBOX, "Harbour").await;
    let attempt = server.begin(&session, "railzSandbox").await;
    assert_eq!(attempt.start_proof, None);
}
