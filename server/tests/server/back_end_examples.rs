//! The examples for back ends (`examples/back-end/`), each run against a server that listens: in Node, Python and PHP.

use std::path::{Path, PathBuf};
use std::process::Output;

use connect_server::clock::{Clock, SystemClock};
use connect_server::domain::secret_key::Scope;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::time::timeout;

use crate::connection_tokens::{connect, hand_over};
use crate::support::secret_key::add_key;
use crate::support::{SANDBOX, ServerOptions, TEST_DEADLINE, TestServer};

/// What Debian has it all in.
const NEEDED: &str = "sudo apt-get install nodejs python3-jwt python3-cryptography php-cli";

/// What ties a token to its visitor, as the session was minted with.
const STATE: &str = "of-the-visitor";

/// A server that listens, and one of the examples beside it.
struct BackEnd {
    server: TestServer,
    program: &'static str,
    file: PathBuf,
    settings: [(&'static str, String); 3],
}

impl BackEnd {
    async fn new(program: &'static str, file: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url: &'static str = format!("http://{}", listener.local_addr().unwrap()).leak();
        let server = TestServer::with_options(ServerOptions { public_url: url, ..Default::default() }).await;
        // The examples go by the machine's clock.
        let real = SystemClock.now().as_second() - server.app.now().as_second();
        server.clock.pass(real);
        let router = server.router.clone();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let (key, _) = add_key(&server, SANDBOX, &[Scope::Sessions, Scope::Read]).await;
        let settings = [
            ("CONNECT_URL", url.to_owned()),
            ("CONNECT_WIDGET_ID", SANDBOX.to_owned()),
            ("CONNECT_SECRET_KEY", key.expose().to_owned()),
        ];
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/back-end").join(file);
        Self { server, program, file, settings }
    }

    async fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(self.program);
        command.arg(&self.file).args(words).envs(self.settings.clone()).kill_on_drop(true);
        let output = timeout(TEST_DEADLINE, command.output()).await.unwrap();
        output.unwrap_or_else(|error| panic!("{}: {error}; {NEEDED}", self.program))
    }

    async fn done(&self, words: &[&str]) -> Value {
        let output = self.run(words).await;
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{} {words:?}: {error}", self.program);
        serde_json::from_slice(&output.stdout).unwrap()
    }

    async fn refused(&self, words: &[&str]) -> String {
        let output = self.run(words).await;
        assert!(!output.status.success(), "{} {words:?}", self.program);
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    /// What its README promises: mint, check once, refuse what was changed, redeem once.
    async fn walk(&self) {
        let success = "https://app.example/connected";
        let minted = self.done(&["mint", "Harbour Bakery", STATE, success]).await;
        let path = format!("/widget/session/{SANDBOX}?include=connections,integrations");
        let session = self.server.ask("POST", &path, minted["sessionToken"].as_str(), "{}").await.json();
        let connection = connect(&self.server, &session).await;
        assert_eq!(session.success_url.as_deref(), Some(success));
        let token = hand_over(&self.server, &session).await.unwrap();

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
}

/// `check` used to compare no state: a token that another visitor's page got was taken for this one's.
#[tokio::test]
async fn the_example_for_node_mints_checks_and_redeems() {
    BackEnd::new("node", "connect.mjs").await.walk().await;
}

/// `check` used to compare no state: a token that another visitor's page got was taken for this one's.
#[tokio::test]
async fn the_example_for_python_mints_checks_and_redeems() {
    BackEnd::new("/usr/bin/python3", "connect.py").await.walk().await;
}

/// `check` used to compare no state: a token that another visitor's page got was taken for this one's.
#[tokio::test]
async fn the_example_for_php_mints_checks_and_redeems() {
    BackEnd::new("php", "connect.php").await.walk().await;
}
