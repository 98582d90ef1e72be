//! The examples for back ends (`examples/back-end/`), each run against a server that listens: in Node, Python and PHP.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use connect_server::clock::{Clock, SystemClock};
use connect_server::domain::secret_key::Scope;
use connect_server::webhooks::delivery::begin_due;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::time::timeout;

use crate::connection_tokens::{connect, hand_over};
use crate::support::receiver::{Received, Receiver};
use crate::support::secret_key::add_key;
use crate::support::{SANDBOX, ServerOptions, TEST_DEADLINE, TestServer};

/// What Debian has it all in.
const NEEDED: &str = "sudo apt-get install nodejs python3-jwt python3-cryptography php-cli";

/// The scopes that the documents ask for.
const SCOPES: [Scope; 4] = [Scope::Sessions, Scope::Read, Scope::Write, Scope::Tokens];

/// What ties a token to its visitor, as the session was minted with.
const STATE: &str = "of-the-visitor";

/// A server that listens, and one of the examples beside it.
struct BackEnd {
    server: TestServer,
    program: &'static str,
    file: PathBuf,
    settings: Vec<(&'static str, String)>,
}

/// A connection to the sandbox, as an example minted its session and its success page got it.
struct Connected {
    minted: Value,
    connection: String,
    token: String,
}

impl BackEnd {
    async fn new(program: &'static str, file: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url: &'static str = format!("http://{}", listener.local_addr().unwrap()).leak();
        let server = TestServer::with_options(ServerOptions {
            public_url: url,
            // The webhooks lead to loopback.
            non_oauth: "[webhooks]\nallow_private = true\n".to_owned(),
            ..Default::default()
        })
        .await;
        // The examples go by the machine's clock.
        let real = SystemClock.now().as_second() - server.app.now().as_second();
        server.clock.pass(real);
        let router = server.router.clone();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let (key, _) = add_key(&server, SANDBOX, &SCOPES).await;
        let settings = vec![
            ("CONNECT_URL", url.to_owned()),
            ("CONNECT_WIDGET_ID", SANDBOX.to_owned()),
            ("CONNECT_SECRET_KEY", key.expose().to_owned()),
        ];
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/back-end").join(file);
        Self { server, program, file, settings }
    }

    async fn run(&self, words: &[&str], input: &[u8]) -> Output {
        let mut command = Command::new(self.program);
        command.arg(&self.file).args(words).envs(self.settings.clone()).kill_on_drop(true);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{}: {error}; {NEEDED}", self.program));
        // Dropped at once, so that who reads it comes to its end. Who reads nothing may be gone already.
        child.stdin.take().unwrap().write_all(input).await.ok();
        timeout(TEST_DEADLINE, child.wait_with_output()).await.unwrap().unwrap()
    }

    async fn done_with(&self, words: &[&str], input: &[u8]) -> Value {
        let output = self.run(words, input).await;
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{} {words:?}: {error}", self.program);
        serde_json::from_slice(&output.stdout).unwrap()
    }

    async fn done(&self, words: &[&str]) -> Value {
        self.done_with(words, b"").await
    }

    async fn refused_with(&self, words: &[&str], input: &[u8]) -> String {
        let output = self.run(words, input).await;
        assert!(!output.status.success(), "{} {words:?}", self.program);
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    async fn refused(&self, words: &[&str]) -> String {
        self.refused_with(words, b"").await
    }

    /// Mints a session with the example, and connects the sandbox in it.
    async fn connected(&self) -> Connected {
        let success = "https://app.example/connected";
        let minted = self.done(&["mint", "Harbour Bakery", STATE, success]).await;
        let path = format!("/widget/session/{SANDBOX}?include=connections,integrations");
        let session = self.server.ask("POST", &path, minted["sessionToken"].as_str(), "{}").await.json();
        let connection = connect(&self.server, &session).await;
        assert_eq!(session.success_url.as_deref(), Some(success));
        let token = hand_over(&self.server, &session).await.unwrap();
        Connected { minted, connection, token }
    }

    /// What its first lines promise: mint, check once, refuse what was changed or is another visitor's, redeem once.
    async fn checks_and_redeems(&self) {
        let Connected { minted, connection, token } = self.connected().await;
        let checked = self.done(&["check", STATE, &token]).await;
        assert_eq!(checked[0]["connections"][0]["connectionId"], connection.as_str());
        assert_eq!(checked[0]["state"], STATE);
        let twice = self.refused(&["check", STATE, &token, &token]).await;
        assert!(twice.contains("was taken already"), "{twice}");
        for another in ["of-another", ""] {
            let refusal = self.refused(&["check", another, &token]).await;
            assert!(refusal.contains("the state is not this visitor's"), "{refusal}");
        }
        let (front, signature) = token.rsplit_once('.').unwrap();
        let changed = if let Some(rest) = signature.strip_prefix('A') {
            format!("{front}.B{rest}")
        } else {
            format!("{front}.A{}", &signature[1..])
        };
        self.refused(&["check", STATE, &changed]).await;

        let redeemed = self.done(&["redeem", &token, "order-1"]).await;
        assert_eq!(redeemed["businessUuid"], minted["businessUuid"]);
        assert_eq!(self.done(&["redeem", &token, "order-1"]).await, redeemed);
        let again = self.refused(&["redeem", &token, "order-2"]).await;
        assert!(again.contains("redeemed already"), "{again}");
    }

    /// Lists what a business has, reads its company and a page of its invoices, and ends it.
    async fn reads_and_disconnects(&self) {
        let Connected { minted, connection, .. } = self.connected().await;
        let business = minted["businessUuid"].as_str().unwrap();
        let listed = self.done(&["list", business]).await;
        assert_eq!(listed.as_array().map(Vec::len), Some(1), "{listed}");
        assert_eq!(listed[0]["connectionId"], connection.as_str());
        assert_eq!(self.done(&["list", "BIZ-2f0c6f5e-8d0f-4c39-9a53-2f4f6f0f7a11"]).await, json!([]));
        assert_eq!(self.done(&["company", &connection]).await["name"], "Juniper Bakery (sandbox)");
        let invoices = self.done(&["call", &connection, "invoices?limit=5&page=2"]).await;
        assert_eq!((&invoices["page"], &invoices["data"][0]["number"]), (&json!(2), &json!("INV-0006")));
        let unknown = self.refused(&["call", &connection, "payslips"]).await;
        assert!(unknown.contains("and nothing else"), "{unknown}");
        // What a visitor typed for an id reaches no other call.
        let typed = self.refused(&["company", &format!("{connection}/proxy/invoices?of=")]).await;
        assert!(typed.contains("no such connection"), "{typed}");

        let ended = self.done(&["disconnect", &connection]).await;
        assert_eq!(ended["status"], "disconnected");
        let refusal = self.refused(&["call", &connection, "invoices"]).await;
        assert!(refusal.contains("disconnected"), "{refusal}");
    }

    /// Has one event delivered, which this server signed; the webhook's secret goes to the example.
    async fn delivered(&mut self) -> Received {
        let receiver = Receiver::start().await;
        let body = json!({"url": receiver.url("/hooks"), "events": ["auth"]});
        let (key, _) = add_key(&self.server, SANDBOX, &SCOPES).await;
        let request = Request::post("/v2/webhooks")
            .header(header::AUTHORIZATION, format!("Bearer {}", key.expose()))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()));
        let answer = self.server.send(request.unwrap()).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let secret = answer.json::<Value>()["secret"].as_str().unwrap().to_owned();
        self.settings.push(("CONNECT_WEBHOOK_SECRET", secret));
        let session = self.server.session_of(SANDBOX, "Harbour").await;
        connect(&self.server, &session).await;
        while begin_due(&self.server.app).await.unwrap() > 0 {
            self.server.settled().await;
        }
        receiver.take().remove(0)
    }

    /// Takes what this server signed, and nothing that was changed, is old or was signed with another secret.
    async fn verifies_webhooks(&mut self) {
        let Received { headers, raw, .. } = self.delivered().await;
        let read = |name: &str| headers[name].to_str().unwrap().to_owned();
        let (id, time, signature) =
            (read("webhook-id"), read("webhook-timestamp"), read("webhook-signature"));
        let event = self.done_with(&[&id, &time, &signature], &raw).await;
        assert_eq!((&event["event"], &event["id"]), (&json!("auth"), &json!(id)));
        let two = format!("v1,AAAA {signature}");
        assert_eq!(self.done_with(&[&id, &time, &two], &raw).await, event);

        let mut changed = raw.clone();
        changed[10] ^= 1;
        let later = (time.parse::<i64>().unwrap() + 1).to_string();
        let forged: [([&str; 3], &[u8]); 5] = [
            ([&id, &time, &signature], &changed),
            (["EVT-another", &time, &signature], &raw),
            ([&id, &later, &signature], &raw),
            ([&id, &time, "v1,AAAA"], &raw),
            ([&id, &time, ""], &raw),
        ];
        for (words, body) in forged {
            let refusal = self.refused_with(&words, body).await;
            assert!(refusal.contains("the signature does not fit"), "{words:?}: {refusal}");
        }
        let old = (time.parse::<i64>().unwrap() - 301).to_string();
        for time in [old.as_str(), "", "soon"] {
            let refusal = self.refused_with(&[&id, time, &signature], &raw).await;
            assert!(refusal.contains("not of the last five minutes"), "{time}: {refusal}");
        }
        // Without its secret nothing is signed: anybody can sign with an empty key.
        self.settings.push(("CONNECT_WEBHOOK_SECRET", String::new()));
        let refusal = self.refused_with(&[&id, &time, &signature], &raw).await;
        assert!(refusal.contains("not a webhook's secret"), "{refusal}");
    }
}

const PYTHON: &str = "/usr/bin/python3";

/// `check` used to compare no state: a token that another visitor's page got was taken for this one's.
#[tokio::test]
async fn the_example_for_node_mints_checks_and_redeems() {
    BackEnd::new("node", "connect.mjs").await.checks_and_redeems().await;
}

#[tokio::test]
async fn the_example_for_node_lists_reads_and_disconnects() {
    BackEnd::new("node", "connect.mjs").await.reads_and_disconnects().await;
}

#[tokio::test]
async fn the_example_for_node_takes_signed_webhooks_alone() {
    BackEnd::new("node", "webhook.mjs").await.verifies_webhooks().await;
}

/// `check` used to compare no state: a token that another visitor's page got was taken for this one's.
#[tokio::test]
async fn the_example_for_python_mints_checks_and_redeems() {
    BackEnd::new(PYTHON, "connect.py").await.checks_and_redeems().await;
}

#[tokio::test]
async fn the_example_for_python_lists_reads_and_disconnects() {
    BackEnd::new(PYTHON, "connect.py").await.reads_and_disconnects().await;
}

#[tokio::test]
async fn the_example_for_python_takes_signed_webhooks_alone() {
    BackEnd::new(PYTHON, "webhook.py").await.verifies_webhooks().await;
}

/// `check` used to compare no state: a token that another visitor's page got was taken for this one's.
#[tokio::test]
async fn the_example_for_php_mints_checks_and_redeems() {
    BackEnd::new("php", "connect.php").await.checks_and_redeems().await;
}

#[tokio::test]
async fn the_example_for_php_lists_reads_and_disconnects() {
    BackEnd::new("php", "connect.php").await.reads_and_disconnects().await;
}

#[tokio::test]
async fn the_example_for_php_takes_signed_webhooks_alone() {
    BackEnd::new("php", "webhook.php").await.verifies_webhooks().await;
}
