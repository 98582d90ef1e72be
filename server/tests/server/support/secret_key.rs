//! Secret keys for tests, as `connect-server key create` makes them.

use connect_server::domain::secret_key::{Scope, SecretKey, SecretKeyId, SecretKeyText};
use connect_server::random;
use railz_connect_contract::WidgetId;

use super::TestServer;

/// A key for a widget with these scopes, not stored yet.
pub fn new_key(server: &TestServer, widget: &str, scopes: &[Scope]) -> (SecretKeyText, SecretKey) {
    let text = SecretKeyText::generate().unwrap();
    let key = SecretKey {
        id: SecretKeyId::from_number(random::uuid().unwrap()),
        widget: WidgetId::new(widget),
        name: "back end".to_owned(),
        scopes: scopes.iter().copied().collect(),
        hash: text.hash(),
        created_at: server.app.now(),
        last_used_at: None,
        expires_at: None,
    };
    (text, key)
}

/// A key for a widget with these scopes, stored.
pub async fn add_key(server: &TestServer, widget: &str, scopes: &[Scope]) -> (SecretKeyText, SecretKey) {
    let (text, key) = new_key(server, widget, scopes);
    server.app.store.add_secret_key(&key).await.unwrap();
    (text, key)
}
