//! What somebody tries who knows a widget's id, the name of a business and an origin of the widget's: all that an open
//! session takes. By raw HTTP, against the connections that the business's owner made in another visit.
//!
//! Each test is named after what is tried, and shows that the owner's own visit may do it.

mod adding;
mod choosing;
mod following;
mod looking;
mod proxy;
mod reconnecting;

use railz_connect_contract::SessionResponse;
use serde_json::Value;

use crate::support::{LIVE, TestServer};

type Session = SessionResponse<Value>;

/// The business that both name.
const SHOP: &str = "Juniper Bakery Shop";

/// A session as anybody opens one.
async fn open_session(server: &TestServer) -> Session {
    server.session_of(LIVE, &SHOP.replace(' ', "%20")).await
}

/// Everything that a session is told of connections: by the session call, and by the status.
async fn told(server: &TestServer, session: &Session) -> String {
    let listed = serde_json::to_string(session.connections.as_ref().unwrap()).unwrap();
    let status = server.get("/widget/status", session.access_token.expose()).await;
    assert_eq!(status.status, 200, "{}", status.text());
    format!("{listed}\n{}", status.text())
}

/// Checks that none of these words is there.
fn hides(text: &str, words: &[&str]) {
    for word in words {
        assert!(!text.contains(word), "{word:?} is told: {text}");
    }
}

/// Checks that each of these words is there.
fn tells(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "{word:?} is not told: {text}");
    }
}
