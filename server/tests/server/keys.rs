//! Keys and databases that belong together, and those that don't.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use connect_server::config::Environment;
use connect_server::domain::connection::{self, Connection};
use connect_server::vault::Field;
use secrecy::ExposeSecret;

use crate::support::browser::{self, approve};
use crate::support::{LIVE, ServerOptions, TestServer, start};

/// A folder whose database holds a credential, the configuration, and the connection's id.
async fn stored() -> (TestServer, String, railz_connect_contract::ConnectionId) {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    approve(&server, &browser::open(&server, &attempt).await).await;
    server.app.store.close().await;
    let text = server.provider.configuration(&ServerOptions::default());
    (server, text, attempt.connection_id.unwrap())
}

async fn again(server: &TestServer, text: &str, environment: &Environment) -> Result<String, String> {
    let folder = server.folder.path();
    match start(text, folder, environment, Duration::from_secs(1)).await {
        Err(refused) => Err(refused.to_string()),
        Ok((app, _)) => {
            let key = app.vault.sealing_key().to_string();
            app.store.close().await;
            Ok(key)
        }
    }
}

#[tokio::test]
async fn the_key_file_is_made_once_and_readable_by_its_owner_alone() {
    let (server, text, _) = stored().await;
    let path = server.folder.path().join("connect.key");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let before = fs::read_to_string(&path).unwrap();
    assert!(again(&server, &text, &Environment::new()).await.is_ok());
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
}

#[tokio::test]
async fn a_key_file_that_others_may_read_is_refused() {
    let (server, text, _) = stored().await;
    let path = server.folder.path().join("connect.key");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let problems =
        connect_server::config::parse(&text, server.folder.path(), &Environment::new()).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].key, "key_file");
    assert!(problems[0].message.contains("chmod 600"), "{}", problems[0]);
}

#[tokio::test]
async fn a_server_with_another_key_refuses_to_start_and_says_why() {
    let (server, text, connection) = stored().await;
    let other = "w8nXkqTzJmV0m1n6m0m0H8l3gq0bS5rP2vZ9c4d7e1E=";
    let environment = Environment::from([("CONNECT_KEY".to_owned(), other.to_owned())]);
    let refused = again(&server, &text, &environment).await.unwrap_err();
    assert!(refused.contains("the key cannot open what is stored"), "{refused}");
    assert!(refused.contains(connection.as_str()), "{refused}");
    assert!(!refused.contains(other), "{refused}");
}

#[tokio::test]
async fn a_server_whose_key_file_is_gone_makes_no_new_one_over_stored_credentials() {
    let (server, text, _) = stored().await;
    let path = server.folder.path().join("connect.key");
    fs::remove_file(&path).unwrap();
    let refused = again(&server, &text, &Environment::new()).await.unwrap_err();
    assert!(refused.contains("connect.key does not exist, but the database holds credentials"), "{refused}");
    assert!(!path.exists());
}

#[tokio::test]
async fn a_credential_that_was_tampered_with_keeps_the_server_from_starting() {
    let (server, text, connection) = stored().await;
    let database = server.folder.path().join("connect.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(database);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let sealed: Vec<u8> =
        sqlx::query_scalar("SELECT access_token FROM credentials").fetch_one(&pool).await.unwrap();
    let mut sealed = sealed;
    *sealed.last_mut().unwrap() ^= 1;
    sqlx::query("UPDATE credentials SET access_token = ?").bind(sealed).execute(&pool).await.unwrap();
    pool.close().await;
    let refused = again(&server, &text, &Environment::new()).await.unwrap_err();
    assert!(refused.contains("was changed") && refused.contains(connection.as_str()), "{refused}");
}

#[tokio::test]
async fn a_new_key_in_front_reseals_what_is_stored_and_the_old_one_can_go() {
    let (server, text, id) = stored().await;
    let path = server.folder.path().join("connect.key");
    let old = fs::read_to_string(&path).unwrap();
    let new = "w8nXkqTzJmV0m1n6m0m0H8l3gq0bS5rP2vZ9c4d7e1E=\n";
    fs::write(&path, format!("# newest first\n{new}{old}")).unwrap();
    let sealing = again(&server, &text, &Environment::new()).await.unwrap();
    fs::write(&path, new).unwrap();
    let folder = server.folder.path();
    let (app, _) = start(&text, folder, &Environment::new(), Duration::from_secs(1)).await.unwrap();
    let stored = app.store.credential(&id).await.unwrap().unwrap().credential;
    for (field, sealed, due) in [
        (Field::AccessToken, stored.access, "access-2"),
        (Field::RefreshToken, stored.refresh.unwrap(), "refresh-2"),
    ] {
        assert_eq!(sealed.key().to_string(), sealing);
        assert_eq!(app.vault.open(id.as_str(), field, &sealed).unwrap().expose_secret(), due);
    }
}

#[tokio::test]
async fn without_anything_stored_any_key_will_do() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    server.begin(&session, "xero").await;
    server.app.store.close().await;
    let text = server.provider.configuration(&ServerOptions::default());
    fs::remove_file(server.folder.path().join("connect.key")).unwrap();
    assert!(again(&server, &text, &Environment::new()).await.is_ok());
}

#[tokio::test]
async fn the_store_finds_the_same_connection_for_the_same_service() {
    let server = TestServer::new().await;
    let session = server.session_of(LIVE, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let found = server.app.store.connection(attempt.connection_id.as_ref().unwrap()).await.unwrap().unwrap();
    let parts = (found.service.clone(), found.kind, found.channel);
    let id = connection::new_id(uuid::Uuid::nil());
    let like = Connection::new(id, found.business.clone(), parts, server.app.now());
    assert_eq!(server.app.store.connection_like(like).await.unwrap().id, found.id);
}
