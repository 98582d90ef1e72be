//! The description of the back end's API: it is the committed one, leaves no route out, and says of each call which scope it
//! takes; and its page asks nobody else for anything.

mod page;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::{Request, header};
use connect_server::domain::secret_key::Scope;
use connect_server::http::v2::openapi::document;
use serde_json::Value;

use crate::support::secret_key::add_key;
use crate::support::{SANDBOX, TestServer};

/// Set to write the document instead of comparing it.
const WRITE: &str = "RAILZ_WRITE_OPENAPI";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Method and path of each operation, with what the document says of it.
fn operations() -> Vec<(String, String, Value)> {
    let document = serde_json::to_value(document()).unwrap();
    let paths = document["paths"].as_object().unwrap().clone();
    let each = paths.into_iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().clone();
        methods.into_iter().map(move |(method, operation)| (method.to_uppercase(), path.clone(), operation))
    });
    each.collect()
}

#[test]
fn the_committed_document_is_the_one_that_the_code_makes() {
    let path = root().join("docs/openapi.json");
    let made = serde_json::to_string_pretty(&document()).unwrap() + "\n";
    if std::env::var_os(WRITE).is_some() {
        fs::write(&path, &made).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == made,
        "docs/openapi.json is not what the code makes. Look at the difference, and write it with\n\
         {WRITE}=1 cargo test -p connect-server --test server openapi::the_committed"
    );
    assert!(made.contains("\"openapi\": \"3.1.0\""));
}

/// Every route in the sources: its methods and its path.
fn routes_in(folder: &Path, found: &mut BTreeSet<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            routes_in(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for route in text.split(".route(").skip(1) {
            let mut quotes = route.splitn(3, '"');
            let (Some(before), Some(at), Some(rest)) = (quotes.next(), quotes.next(), quotes.next()) else {
                continue;
            };
            assert!(before.trim().is_empty(), "{}: a route whose path is no text: {before}", path.display());
            let mut depth = 1;
            let end = rest.find(|letter| {
                depth += i32::from(letter == '(') - i32::from(letter == ')');
                depth == 0
            });
            let handlers = &rest[..end.unwrap()];
            let words: Vec<_> =
                handlers.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).collect();
            let named = ["get", "post", "put", "patch", "delete"]
                .into_iter()
                .filter(|method| words.contains(method) && handlers.contains(&format!("{method}(")));
            let mut methods: Vec<_> = named.map(str::to_uppercase).collect();
            if methods.is_empty() {
                methods.push("ANY".to_owned());
            }
            found.extend(methods.into_iter().map(|method| (method, at.to_owned())));
        }
    }
}

/// What is no back end's to call, and stands in `docs/contract-rules.md`, `docs/contract.md` or `server/README.md`.
fn is_of_pages_and_people(path: &str) -> bool {
    let begins = [
        "/widget/",
        "/services/",
        "/oracleNetsuite/",
        "/sageIntacct/",
        "/plaid/",
        "/quickbooksDesktop/",
        "/oauth/",
        "/hosted/",
    ];
    begins.iter().any(|begin| path.starts_with(begin))
        || ["/{service}/account", "/sandbox/login/{attempt}", "/healthz", "/docs", "/docs/", "/docs/{file}"]
            .contains(&path)
}

#[test]
fn no_route_that_a_back_end_may_call_is_left_out() {
    let mut routes = BTreeSet::new();
    routes_in(&root().join("server/src/http"), &mut routes);
    let described: BTreeSet<_> = operations().into_iter().map(|(method, path, _)| (method, path)).collect();
    for route in ["/v2/connections/{connection}/proxy", "/v2/connections/{connection}/proxy/"] {
        assert!(
            routes.remove(&("ANY".to_owned(), route.to_owned())),
            "the API's address itself, described with what is below it"
        );
    }
    assert!(routes.remove(&("ANY".to_owned(), "/v2/connections/{connection}/proxy/{*path}".to_owned())));
    for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] {
        routes.insert((method.to_owned(), "/v2/connections/{connection}/proxy/{path}".to_owned()));
    }
    let due: BTreeSet<_> = routes.into_iter().filter(|(_, path)| !is_of_pages_and_people(path)).collect();
    assert!(due.len() > 20, "{due:?}");
    assert_eq!(described, due);
}

async fn ask(server: &TestServer, key: Option<&str>, method: &str, path: &str) -> (u16, String) {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(key) = key {
        request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
    }
    let answer = server.send(request.body(Body::from("{}")).unwrap()).await;
    (answer.status.as_u16(), answer.text())
}

#[tokio::test]
async fn each_operation_takes_the_scope_that_the_document_says_and_no_other() {
    let server = TestServer::new().await;
    for (method, path, operation) in operations() {
        let scopes = operation["security"][0]["secretKey"].as_array().cloned().unwrap_or_default();
        let scopes: Vec<Scope> =
            scopes.iter().map(|scope| scope.as_str().unwrap().parse().unwrap()).collect();
        if scopes.is_empty() {
            assert_eq!(path, "/.well-known/jwks.json");
            continue;
        }
        let path = path.replace(['{', '}'], "");
        assert_eq!(ask(&server, None, &method, &path).await.0, 401, "{method} {path}");
        for scope in &scopes {
            let others: Vec<_> = Scope::ALL.into_iter().filter(|other| other != scope).collect();
            let (key, _) = add_key(&server, SANDBOX, &others).await;
            let (status, text) = ask(&server, Some(key.expose()), &method, &path).await;
            let is_named = method == "HEAD" || text.contains(&format!("lacks the scope {scope}"));
            assert!(status == 403 && is_named, "{method} {path}: {status} {text}");
        }
        let (key, _) = add_key(&server, SANDBOX, &scopes).await;
        let (status, text) = ask(&server, Some(key.expose()), &method, &path).await;
        assert!(operation["responses"].get(status.to_string()).is_some(), "{method} {path}: {status} {text}");
        assert_ne!(status, 403, "{method} {path}: {text}");
    }
}

#[test]
fn each_operation_has_a_name_words_and_what_all_of_them_have() {
    let mut names = BTreeSet::new();
    for (method, path, operation) in operations() {
        let what = format!("{method} {path}");
        assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()), "{what}");
        assert!(operation["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{what}");
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{what}");
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let repeatable = parameters.iter().any(|parameter| parameter["name"] == "Idempotency-Key");
        let is_passed_on = path.contains("/proxy/");
        assert_eq!(repeatable, method == "POST" && !is_passed_on, "{what}");
        for (status, response) in operation["responses"].as_object().unwrap() {
            if status.as_str() >= "400" && status != "default" {
                let body = &response["content"]["application/json"]["schema"]["$ref"];
                assert_eq!(body, "#/components/schemas/ErrorAnswer", "{what} {status}");
            }
        }
    }
}

/// The document said nothing of the calls that are not in it.
#[test]
fn the_widgets_own_calls_are_described_in_the_contract_and_the_document_says_so() {
    let about = serde_json::to_value(document()).unwrap()["info"]["description"].as_str().unwrap().to_owned();
    assert!(about.contains("docs/contract-rules.md") && about.contains("docs/contract.md"), "{about}");
    let pages = ["contract-rules.md", "contract.md", "adding-a-service.md", "providers/quickbooksDesktop.md"];
    let pages = pages.map(|page| fs::read_to_string(root().join("docs").join(page)).unwrap()).concat();
    let routes = fs::read_to_string(root().join("server/src/http/mod.rs")).unwrap();
    let routes: Vec<_> = routes.split(".route(").skip(1).filter_map(|rest| rest.split('"').nth(1)).collect();
    assert!(routes.len() > 20, "{routes:?}");
    for route in routes.into_iter().filter(|route| !route.starts_with("/docs")) {
        let known = route.split('{').next().unwrap();
        let last = route.rsplit('/').next().unwrap();
        assert!(pages.contains(known) || pages.contains(&format!("/{last}")), "{route} stands in no page");
        let described = operations().into_iter().any(|(_, path, _)| path == route);
        assert!(
            !described || known.starts_with("/.well-known"),
            "{route} is the widget's, and in the document"
        );
    }
}
