//! Providers that misbehave. Each way ends the attempt in words that the person (the window's page), the host (the
//! poll's answer) and the operator (the log) can act on, in time, and loses nothing that was there before.
//!
//! | what the provider does | test |
//! |---|---|
//! | HTML where JSON is due | `token_endpoint::html_where_json_is_due`, `list::html_where_json_is_due` |
//! | an error object with status 200 | `token_endpoint::an_error_object_with_status_200`, `list::an_error_object_with_status_200` |
//! | an error that is not OAuth's | `token_endpoint::a_refusal_in_other_words_than_those_of_oauth` |
//! | nothing at all | `token_endpoint::nothing_at_all`, `token_endpoint::nobody_there`, `list::nothing_at_all` |
//! | a slow drip | `token_endpoint::a_slow_drip_is_bounded_as_a_whole`, `list::a_slow_drip_is_bounded_as_a_whole` |
//! | more than anybody needs, no token | `token_endpoint::an_answer_without_end_or_without_a_token` |
//! | a redirect, a redirect loop | `token_endpoint::a_redirect_is_not_followed_nor_is_a_loop`, `list::a_redirect_loop` |
//! | a company list that is empty | `list::a_company_list_that_is_empty` |
//! | a token without expiry | `tokens::a_token_without_expiry_is_renewed_each_hour` |
//! | a token without refresh token | `tokens::a_token_without_refresh_token_*` (three) |
//! | tokens of 2,048 bytes and more | `tokens::tokens_of_2048_bytes_and_more` |
//! | scopes by comma, or as a list | `tokens::scopes_by_comma_or_as_a_list_are_scopes` |
//! | fewer scopes than asked | `tokens::fewer_scopes_than_asked_are_told_to_all_three` |
//! | scopes in other words | `tokens::scopes_that_are_named_in_other_words_are_not_missing` |
//! | a callback twice | `callback::a_callback_twice` |
//! | a callback without state | `callback::a_callback_without_state` |
//! | a callback with a forged state | `callback::a_callback_with_a_forged_state` |
//! | a callback in another browser | `callback::a_callback_in_another_browser` |
//! | a callback of the wrong issuer | `callback::a_callback_of_the_wrong_issuer` |

mod callback;
mod list;
mod token_endpoint;
mod tokens;

use connect_server::vault::Field;
use railz_connect_contract::{AddressResponse, Connection, ConnectionId, SessionResponse};
use secrecy::ExposeSecret;
use serde_json::Value;

use crate::support::browser::{self, Popup, approve};
use crate::support::log::Log;
use crate::support::provider::{Behaviour, Provider};
use crate::support::secret_key::minted_session;
use crate::support::{Answer, LIVE, ServerOptions, TestServer, poll_path, request, send};

type Session = SessionResponse<Value>;

/// A business that has connected Xero, or that has not yet.
struct Person {
    server: TestServer,
    session: Session,
    log: Log,
    held: Option<Held>,
}

/// What a business holds.
#[derive(Debug, PartialEq, Eq)]
struct Held {
    shown: Connection,
    version: i64,
    access: String,
    refresh: Option<String>,
}

/// How a sign-in ended for the three.
struct End {
    page: String,
    poll: Answer,
    log: String,
}

/// Whether there is something to lose.
#[derive(Clone, Copy)]
enum Kind {
    First,
    Renewal,
}

impl Kind {
    const BOTH: [Self; 2] = [Self::First, Self::Renewal];
}

impl Person {
    async fn of(kind: Kind) -> Self {
        match kind {
            Kind::First => Self::first("").await,
            Kind::Renewal => Self::renewal("").await,
        }
    }

    async fn first(service_extra: &'static str) -> Self {
        let server =
            TestServer::with_options(ServerOptions { service_extra, ..ServerOptions::default() }).await;
        let session = server.session_of(LIVE, "Harbour").await;
        Self { server, session, log: Log::listen(), held: None }
    }

    async fn renewal(service_extra: &'static str) -> Self {
        let mut person = Self::first(service_extra).await;
        let end = person.signs_in().await;
        assert_eq!(end.poll.json::<Connection>().state, railz_connect_contract::ConnectionState::Active);
        person.held = Some(person.holds().await);
        person
    }

    /// What the business holds now.
    async fn holds(&self) -> Held {
        let shown = self.server.status(&self.session).await.remove(0);
        let (version, access, refresh) = tokens(&self.server, &shown.connection_id).await;
        Held { shown, version, access, refresh }
    }

    async fn leaves(&self) -> (AddressResponse, Popup) {
        let attempt = self.server.begin(&self.session, "xero").await;
        let popup = browser::open(&self.server, &attempt).await;
        (attempt, popup)
    }

    /// Signs in while the host holds a poll, as widgets do: for two minutes, though `send` does not wait that long.
    async fn signs_in(&self) -> End {
        let (attempt, popup) = self.leaves().await;
        let token = self.session.access_token.expose().to_owned();
        let (router, path) = (self.server.router.clone(), poll_path(&attempt, 120_000));
        let poll = tokio::spawn(async move { send(&router, request("GET", &path, Some(&token), "")).await });
        let page = approve(&self.server, &popup).await.text();
        let poll = poll.await.unwrap();
        let log = self.log.text();
        for secret in ["secret-leak", "practice-secret", "access-", "refresh-", "code-"] {
            for (who, text) in [("page", &page), ("poll", &poll.text()), ("log", &log)] {
                assert!(!text.contains(secret), "the {who} tells {secret}: {text}");
            }
        }
        End { page, poll, log }
    }

    /// Everything is as it was.
    async fn has_lost_nothing(&self) {
        let later = minted_session(&self.server, LIVE, "Harbour").await;
        if let Some(held) = &self.held {
            assert_eq!(&self.holds().await, held);
            assert_eq!(later.connections.as_deref(), Some(std::slice::from_ref(&held.shown)));
        } else {
            assert!(self.server.status(&self.session).await.is_empty());
            assert_eq!(later.connections.as_deref(), Some(&[][..]));
        }
    }
}

/// The credential of a connection, opened.
async fn tokens(server: &TestServer, id: &ConnectionId) -> (i64, String, Option<String>) {
    let stored = server.app.store.credential(id).await.unwrap().unwrap();
    let open = |field, sealed: &_| {
        let opened = server.app.vault.open(id.as_str(), field, sealed).unwrap();
        opened.expose_secret().to_owned()
    };
    let access = open(Field::AccessToken, &stored.credential.access);
    let refresh = stored.credential.refresh.as_ref().map(|sealed| open(Field::RefreshToken, sealed));
    (stored.version, access, refresh)
}

/// Signs in at a provider that was spoilt like this, as a newcomer and to renew a connection. Person and host read
/// `words`, the operator `cause`.
async fn end(spoil: impl Fn(&Provider), words: &str, cause: &str) {
    for kind in Kind::BOTH {
        let person = Person::of(kind).await;
        spoil(&person.server.provider);
        let End { page, poll, log } = person.signs_in().await;
        assert!(page.contains("That did not work") && page.contains(words), "{page}");
        let (status, message) = poll.refusal();
        assert_eq!(status, 502, "{message}");
        assert!(message.contains(words), "{message}");
        let line = log.lines().find(|line| line.contains("a sign-in failed")).unwrap_or_default();
        assert!(line.contains("service=xero") && line.contains("attempt=ATT-"), "{log}");
        assert!(line.contains(cause), "{line}");
        person.has_lost_nothing().await;
        // And the next try is not worse off for it.
        person.server.provider.behave(Behaviour::Good);
        person.server.provider.lists_behave(Behaviour::Good);
        person.server.provider.lists("connections", serde_json::json!([{"tenantId": "T-1"}]));
        let again: Connection = person.signs_in().await.poll.json();
        assert_eq!(again.state, railz_connect_contract::ConnectionState::Active);
    }
}
