//! The keys that sign: published, taking turns, sealed, and the same after a restart.

use std::fs;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use connect_server::access::key_set::{OVERLAP, SIGNS_FOR};
use connect_server::access::signing_key_rotation::open_signing_key;
use connect_server::config::Environment;
use serde_json::Value;

use crate::support::{ServerOptions, TestServer, start};

/// The key set as anybody gets it.
async fn published(server: &TestServer) -> Vec<Value> {
    let request = Request::builder().uri("/.well-known/jwks.json").body(Body::empty()).unwrap();
    let answer = server.send(request).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header(header::CACHE_CONTROL), "public, max-age=3600");
    let set: Value = answer.json();
    set["keys"].as_array().unwrap().clone()
}

async fn signing(server: &TestServer) -> String {
    open_signing_key(&server.app).await.unwrap().id().to_string()
}

fn pass(server: &TestServer, seconds: u64) {
    server.clock.pass(i64::try_from(seconds).unwrap());
}

#[tokio::test]
async fn a_key_is_published_in_its_public_half_alone() {
    let server = TestServer::new().await;
    let keys = published(&server).await;
    let [key] = &keys[..] else { panic!("{keys:?}") };
    let members: Vec<_> = key.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["alg", "crv", "kid", "kty", "use", "x"]);
    assert_eq!((&key["kty"], &key["crv"], &key["alg"]), (&"OKP".into(), &"Ed25519".into(), &"EdDSA".into()));
    assert_eq!(key["kid"], signing(&server).await);
}

#[tokio::test]
async fn a_key_is_published_a_day_before_it_signs_and_stays_a_day_after() {
    let server = TestServer::new().await;
    let first = signing(&server).await;
    pass(&server, SIGNS_FOR - OVERLAP);
    let keys = published(&server).await;
    assert_eq!(keys.len(), 2);
    assert_eq!(signing(&server).await, first, "the new key signs too early");
    pass(&server, OVERLAP);
    let second = signing(&server).await;
    assert_ne!(second, first);
    assert!(published(&server).await.iter().any(|key| key["kid"] == first), "the old key went too early");
    pass(&server, OVERLAP);
    let keys = published(&server).await;
    assert_eq!(keys.iter().map(|key| &key["kid"]).collect::<Vec<_>>(), [second.as_str()]);
}

#[tokio::test]
async fn the_same_key_signs_after_a_restart_and_under_a_new_key_of_the_vault() {
    let server = TestServer::new().await;
    let before = signing(&server).await;
    server.app.store.close().await;
    let text = server.provider.configuration(&ServerOptions::default());
    let path = server.folder.path().join("connect.key");
    let old = fs::read_to_string(&path).unwrap();
    let new = "w8nXkqTzJmV0m1n6m0m0H8l3gq0bS5rP2vZ9c4d7e1E=\n";
    fs::write(&path, format!("{new}{old}")).unwrap();
    for ring in [format!("{new}{old}"), new.to_owned()] {
        fs::write(&path, ring).unwrap();
        let folder = server.folder.path();
        let (app, _) = start(&text, folder, &Environment::new(), Duration::from_secs(1)).await.unwrap();
        assert_eq!(open_signing_key(&app).await.unwrap().id().to_string(), before);
        app.store.close().await;
    }
}

#[tokio::test]
async fn a_signing_key_that_does_not_open_any_more_is_replaced_and_keeps_no_server_from_starting() {
    let server = TestServer::new().await;
    let before = signing(&server).await;
    server.app.store.close().await;
    let text = server.provider.configuration(&ServerOptions::default());
    fs::remove_file(server.folder.path().join("connect.key")).unwrap();
    let folder = server.folder.path();
    let (app, _) = start(&text, folder, &Environment::new(), Duration::from_secs(1)).await.unwrap();
    assert_ne!(open_signing_key(&app).await.unwrap().id().to_string(), before);
}

#[tokio::test]
async fn what_is_stored_of_a_signing_key_does_not_tell_its_private_half() {
    let server = TestServer::new().await;
    let key = open_signing_key(&server.app).await.unwrap();
    let seed = secrecy::ExposeSecret::expose_secret(key.seed()).to_owned();
    server.app.store.close().await;
    for entry in fs::read_dir(server.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let found = bytes.windows(seed.len()).any(|part| part == seed.as_bytes());
        assert!(!found, "{} holds the seed", path.display());
    }
}
