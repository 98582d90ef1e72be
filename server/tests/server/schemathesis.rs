//! The API against its description: `schemathesis` reads the document of a server that listens, asks what it allows and what it
//! does not, and looks whether each answer is one that the document knows.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use connect_server::domain::secret_key::Scope;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::companies::sign_in;
use crate::support::secret_key::add_key;
use crate::support::{SANDBOX, ServerOptions, TestServer};

/// How it is installed and run otherwise.
const HINT: &str = "`cargo xtask test --only schemathesis` installs it and runs this";

/// How many calls of each operation are made up, beside those of the document's bounds.
const EXAMPLES: &str = "100";

/// The check that is left out: it follows a thing that was made, and overlooks that another link of the same walk deleted it. In each of
/// its findings the server's audit had that deletion, answered 204, between the two calls.
const LEFT_OUT: &str = "ensure_resource_availability";

/// The longest that it may take.
const LIMIT: Duration = Duration::from_mins(20);

/// A service whose connections have access tokens.
const PLAIN_BOOKS: &str = "name = \"Plain Books\"\naccounts_url = \"@/lists/companies\"\naccounts_items = \"\"\n\
                           account_id = \"/id\"\naccount_label = \"/name\"";

#[tokio::test(flavor = "multi_thread")]
async fn the_api_does_what_its_description_says_whatever_it_is_asked() {
    let python = std::env::var_os("RAILZ_SCHEMATHESIS").expect(HINT);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url: &'static str = format!("http://{}", listener.local_addr().unwrap()).leak();
    let options = ServerOptions {
        public_url: url,
        // So that webhooks can be registered without a look-up of names; nobody listens there.
        non_oauth: "[webhooks]\nallow_private = true\n".to_owned(),
        services: vec![("plainBooks", PLAIN_BOOKS)],
        ..ServerOptions::default()
    };
    let server = TestServer::with_options(options).await;
    server.provider.lists("companies", json!([{ "id": "7", "name": "Juniper Bakery Ltd" }]));
    let session = server.session_of(SANDBOX, "Harbour").await;
    let connected = sign_in(&server, &session, "plainBooks", "").await;
    tokio::spawn(connect_server::serve::serve(
        server.app.clone(),
        listener,
        CancellationToken::new().cancelled_owned(),
    ));
    let (key, _) = add_key(&server, SANDBOX, &Scope::ALL).await;

    let ask = async |method: &str, path: &str, body: &str| -> Value {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", key.expose()))
            .body(Body::from(body.to_owned()));
        server.send(request.unwrap()).await.json()
    };
    let webhook = ask("POST", "/v2/webhooks", r#"{"url": "http://127.0.0.1:9/hooks"}"#).await;
    let webhook = webhook["webhookId"].as_str().unwrap().to_owned();
    ask("POST", "/sandbox/fireWebhooks", "").await;
    let deliveries = ask("GET", &format!("/v2/webhooks/{webhook}/deliveries"), "").await;

    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/server");
    let mut command = Command::new(python);
    command.args(["-m", "schemathesis.cli"]);
    command
        .arg("--config-file")
        .arg(here.join("schemathesis.toml"))
        .arg("run")
        .arg(format!("{url}/docs/openapi.json"));
    command.arg("--header").arg(format!("Authorization: Bearer {}", key.expose()));
    command.args(["--max-examples", EXAMPLES, "--checks", "all", "--exclude-checks", LEFT_OUT, "--no-color"]);
    command.env("SCHEMATHESIS_HOOKS", here.join("schemathesis_hooks.py")).env("PYTHONDONTWRITEBYTECODE", "1");
    command.env("RAILZ_CONNECTION", connected["connectionId"].as_str().unwrap());
    command.env("RAILZ_BUSINESS", session.business_uuid.as_str()).env("RAILZ_WEBHOOK", webhook);
    command.env("RAILZ_DELIVERY", deliveries["data"][0]["deliveryId"].as_str().unwrap());
    command
        .current_dir(server.folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    let output = timeout(LIMIT, command.output()).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    let beside = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "schemathesis found something:\n{said}{beside}");
}
