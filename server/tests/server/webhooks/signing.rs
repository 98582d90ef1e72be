//! Signatures, held against what a receiver would write: the snippet of `docs/webhooks.md` in Node, and Python's own hmac.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use axum::http::StatusCode;
use connect_server::config::Environment;
use connect_server::domain::webhook::{WebhookId, WebhookSecrets};
use connect_server::webhooks::secret::WebhookSecret;
use serde_json::{Value, json};

use super::Setup;
use crate::support::receiver::Received;
use crate::support::{ServerOptions, start};

/// Few lines of a receiver's, written apart from the server: both signatures, over what came in.
const PYTHON: &str = r#"
import base64, hashlib, hmac, json, sys
given = json.load(sys.stdin)
secret, headers, body = given["secret"], given["headers"], given["body"].encode()
parts = [part.split("=", 1) for part in headers["railz-signature"].split(",")]
time = [value for name, value in parts if name == "t"][0]
own = hmac.new(secret.encode(), time.encode() + b"." + body, hashlib.sha256).hexdigest()
railz = any(hmac.compare_digest(own, value) for name, value in parts if name == "v")
key = base64.b64decode(secret.removeprefix("whsec_"))
content = f'{headers["webhook-id"]}.{headers["webhook-timestamp"]}.'.encode() + body
own = "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
standard = own in headers["webhook-signature"].split(" ")
print(f"{railz} {standard}".lower())
"#;

/// Runs the module of the documents, as a back end would.
const NODE: &str = r#"
import { readFileSync } from "node:fs";
import { isFromConnect } from "./verify.mjs";
const { secret, headers, body, now } = JSON.parse(readFileSync(0, "utf8"));
console.log(isFromConnect(headers, Buffer.from(body), secret, now));
"#;

fn run(program: &str, arguments: &[&str], folder: &Path, given: &Value) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("skipped: {program} is not on this machine");
            return None;
        }
        Err(error) => panic!("{program}: {error}"),
    };
    child.stdin.take().unwrap().write_all(given.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{program} failed");
    Some(String::from_utf8(output.stdout).unwrap().trim().to_owned())
}

/// The first block of this language in the documents.
fn snippet(language: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/webhooks.md");
    let text = std::fs::read_to_string(path).unwrap();
    let begin = format!("```{language}\n");
    let rest = text.split_once(&begin).unwrap().1;
    rest.split_once("\n```").unwrap().0.to_owned()
}

struct Receivers {
    folder: tempfile::TempDir,
}

impl Receivers {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("verify.mjs"), snippet("js")).unwrap();
        std::fs::write(folder.path().join("run.mjs"), NODE).unwrap();
        std::fs::write(folder.path().join("verify.py"), PYTHON).unwrap();
        Self { folder }
    }

    /// Whether both receivers take this for genuine; they must agree.
    fn accept(&self, received: &Received, secret: &str) -> bool {
        let names = ["railz-signature", "webhook-id", "webhook-timestamp", "webhook-signature"];
        let headers: serde_json::Map<_, _> =
            names.iter().map(|name| ((*name).to_owned(), json!(received.header(name)))).collect();
        let sent: i64 = received.header("webhook-timestamp").parse().unwrap();
        let given = json!({
            "secret": secret, "headers": headers, "body": String::from_utf8(received.raw.clone()).unwrap(),
            "now": sent * 1000,
        });
        let node = run("node", &["run.mjs"], self.folder.path(), &given);
        let python = run("python3", &["verify.py"], self.folder.path(), &given);
        let accepted: Vec<_> = node.into_iter().chain(python).collect();
        let yes = accepted.iter().all(|said| said == "true" || said == "true true");
        let no = accepted.iter().all(|said| said == "false" || said == "false false");
        assert!(yes || no, "the receivers do not agree: {accepted:?}");
        yes
    }
}

async fn one_delivery(setup: &Setup, business: &str) -> Received {
    setup.sign_in(business).await;
    setup.deliver().await;
    setup.receiver.take().remove(0)
}

#[tokio::test]
async fn receivers_written_by_others_know_a_delivery_and_no_forgery() {
    let setup = Setup::new().await;
    let (_, secret) = setup.register("/hooks", json!({"events": ["auth"]})).await;
    let receivers = Receivers::new();
    let delivery = one_delivery(&setup, "Harbour%20%26%20S%C3%B6hne").await;
    assert!(receivers.accept(&delivery, &secret), "{delivery:?}");
    let mut forged = delivery.clone();
    let last = forged.raw.len() - 2;
    forged.raw[last] ^= 1;
    assert!(!receivers.accept(&forged, &secret));
    let another = WebhookSecret::generate().unwrap();
    assert!(!receivers.accept(&delivery, another.expose()));
    let milliseconds = setup.server.app.now().as_millisecond();
    assert!(delivery.header("railz-signature").starts_with(&format!("t={milliseconds},v=")));
    assert_eq!(delivery.header("content-type"), "application/json");
}

/// It used to throw for both, so that whoever posts without a signature got a 500 of the customer's.
#[test]
fn the_snippet_for_node_refuses_what_is_not_signed_instead_of_failing() {
    let receivers = Receivers::new();
    let (secret, now) = ("whsec_AAAA", 1_772_357_400_000_i64);
    let unsigned =
        [json!({}), json!({"railz-signature": ""}), json!({"railz-signature": format!("t={now},v")})];
    for headers in unsigned {
        let given = json!({"secret": secret, "headers": headers, "body": "{}", "now": now});
        let Some(said) = run("node", &["run.mjs"], receivers.folder.path(), &given) else { return };
        assert_eq!(said, "false", "{headers}");
    }
}

#[tokio::test]
async fn while_a_secret_is_replaced_both_sign_and_then_the_new_one_alone() {
    let setup = Setup::new().await;
    let (webhook, older) = setup.register("/hooks", json!({"events": ["auth"]})).await;
    let receivers = Receivers::new();
    let path = format!("/v2/webhooks/{webhook}/rotateSecret");
    let answer = setup.ask("POST", &path, &json!({"overlapHours": 2})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let rotated: Value = answer.json();
    let newer = rotated["secret"].as_str().unwrap();
    assert_eq!(rotated["olderSecretUntil"], "2026-03-01T11:30:00Z");
    let delivery = one_delivery(&setup, "Harbour").await;
    assert!(receivers.accept(&delivery, &older) && receivers.accept(&delivery, newer));
    setup.server.clock.pass(2 * 3600);
    let delivery = one_delivery(&setup, "Quay").await;
    assert!(!receivers.accept(&delivery, &older) && receivers.accept(&delivery, newer));
    assert_eq!(setup.ask("POST", &path, &json!({"overlapHours": 721})).await.refusal().0, 400);
}

#[tokio::test]
async fn the_same_secret_signs_under_a_new_key_of_the_vault_and_the_database_never_tells_it() {
    let setup = Setup::new().await;
    let (_, secret) = setup.register("/hooks", json!({"events": ["auth"]})).await;
    let receivers = Receivers::new();
    setup.sign_in("Harbour").await;
    setup.server.app.store.close().await;
    let folder = setup.server.folder.path();
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()));
    }
    let options = ServerOptions { non_oauth: super::ALLOW_PRIVATE.to_owned(), ..ServerOptions::default() };
    let text = setup.server.provider.configuration(&options);
    let path = folder.join("connect.key");
    let old = std::fs::read_to_string(&path).unwrap();
    let new = "w8nXkqTzJmV0m1n6m0m0H8l3gq0bS5rP2vZ9c4d7e1E=\n";
    for ring in [format!("{new}{old}"), new.to_owned()] {
        std::fs::write(&path, ring).unwrap();
        let (app, _) = start(&text, folder, &Environment::new(), Duration::from_secs(1)).await.unwrap();
        if connect_server::webhooks::delivery::begin_due(&app).await.unwrap() > 0 {
            app.finishing.close();
            app.finishing.wait().await;
            let received = setup.receiver.take().remove(0);
            assert!(receivers.accept(&received, &secret));
        }
        app.store.close().await;
    }
}

/// A rotated webhook used to go on failing for as long as the secret that does not open would have signed too.
#[tokio::test]
async fn a_webhook_whose_secret_does_not_open_is_delivered_again_once_it_is_rotated() {
    let setup = Setup::new().await;
    let (webhook, _) = setup.register("/hooks", json!({"events": ["auth"]})).await;
    let receivers = Receivers::new();
    let app = &setup.server.app;
    let stored = app.store.list_webhooks(None).await.unwrap().remove(0);
    let of_another =
        WebhookSecret::generate().unwrap().seal(&app.vault, &WebhookId::new("WHK-another")).unwrap();
    let broken = WebhookSecrets { newest: of_another, older: None };
    app.store.replace_webhook_secrets(&stored.id, &stored.secrets, &broken).await.unwrap();
    setup.sign_in("Harbour").await;
    setup.deliver().await;
    assert!(setup.receiver.take().is_empty(), "nothing signs, so nothing is sent");
    let path = format!("/v2/webhooks/{webhook}/rotateSecret");
    let rotated: Value = setup.ask("POST", &path, &json!({"overlapHours": 2})).await.json();
    let newer = rotated["secret"].as_str().unwrap();
    setup.server.clock.pass(60);
    setup.deliver().await;
    let received = setup.receiver.take();
    assert_eq!(received.len(), 1);
    assert!(receivers.accept(&received[0], newer));
}
