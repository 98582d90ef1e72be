//! No request takes longer because there are more widgets, or more businesses of one.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use connect_server::domain::origin::OriginPattern;
use connect_server::domain::secret_key::Scope;
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;

use crate::support::secret_key::add_key;
use crate::support::statements::{Statement, keeping_statements};
use crate::support::{HOST, SANDBOX, TestServer, request};

/// Ten thousand widgets with two origins each, of which every one has the second, and a business.
const MANY: &str = "
    CREATE TEMPORARY TABLE numbers AS
        WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 10000) SELECT n FROM counted;
    INSERT INTO widgets (id, name, email, mode, created_at)
        SELECT 'PROD_' || n, 'Customer ' || n, '', 'live', n FROM numbers;
    INSERT INTO widget_origins SELECT 'PROD_' || n, 'https://customer-' || n || '.example' FROM numbers;
    INSERT INTO widget_origins SELECT 'PROD_' || n, 'https://shared.example' FROM numbers;
    INSERT INTO businesses (id, widget_id, name, created_at)
        SELECT 'BIZ-' || n, 'PROD_' || n, 'Harbour', n FROM numbers;
";

pub async fn pool(server: &TestServer) -> SqlitePool {
    let options = SqliteConnectOptions::new().filename(server.folder.path().join("connect.db"));
    SqlitePool::connect_with(options).await.unwrap()
}

/// How the database goes about a statement, a line a step.
pub async fn plan(pool: &SqlitePool, sql: &str) -> Vec<String> {
    let explain = format!("EXPLAIN QUERY PLAN {sql}");
    let steps: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(sqlx::AssertSqlSafe(explain)).fetch_all(pool).await.unwrap();
    steps.into_iter().map(|(.., step)| step).collect()
}

/// Every statement looks up what it needs, and few rows come back.
async fn looks_up(pool: &SqlitePool, statements: &[Statement], what: &str) {
    assert!(!statements.is_empty(), "{what}: no statement was heard");
    let rows: u64 = statements.iter().map(|statement| statement.rows).sum();
    assert!(rows < 20, "{what}: {rows} rows were read: {statements:#?}");
    for statement in statements.iter().filter(|statement| !statement.sql.starts_with("COMMIT")) {
        let steps = plan(pool, &statement.sql).await;
        let scan = steps.iter().find(|step| step.starts_with("SCAN"));
        assert_eq!(scan, None, "{what}: {}", statement.sql);
    }
}

fn preflight(origin: &str) -> Request<Body> {
    Request::options("/widget/session/PROD_1")
        .header(header::ORIGIN, origin)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .body(Body::empty())
        .unwrap()
}

/// Each request of a page used to read the origins of all widgets.
#[tokio::test]
async fn no_query_of_a_request_grows_with_the_number_of_widgets() {
    let server = TestServer::new().await;
    let pool = pool(&server).await;
    sqlx::raw_sql(MANY).execute(&pool).await.unwrap();
    for origin in [HOST, "http://b.localhost:4711", "https://customer-9999.example", "https://shared.example"]
    {
        let (answer, statements) = keeping_statements(server.send(preflight(origin))).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{origin}");
        looks_up(&pool, &statements, origin).await;
    }
    let (answer, statements) = keeping_statements(server.send(preflight("https://evil.example"))).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    looks_up(&pool, &statements, "a page of nobody").await;

    let path = format!("/widget/session/{SANDBOX}?businessName=Harbour&include=connections,integrations");
    let (answer, statements) = keeping_statements(server.ask("POST", &path, None, "{}")).await;
    assert_eq!(answer.status, StatusCode::OK);
    looks_up(&pool, &statements, "the session").await;

    let session = server.session_of(SANDBOX, "Harbour").await;
    let attempt = server.begin(&session, "xero").await;
    let token = Some(session.access_token.expose());
    for path in ["/widget/status".to_owned(), crate::support::poll_path(&attempt, 0)] {
        let asking = server.send(request("GET", &path, token, ""));
        let (answer, statements) = keeping_statements(asking).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        looks_up(&pool, &statements, &path).await;
    }
    let (_, statements) = keeping_statements(server.ask_to_begin(&session, "xero", "")).await;
    looks_up(&pool, &statements, "/services/url").await;

    let (_, statements) = keeping_statements(server.continue_session(SANDBOX, &session)).await;
    looks_up(&pool, &statements, "a session that continues a visit").await;
    server.clock.pass(600);
    let ((), statements) = keeping_statements(server.end_session(&session)).await;
    looks_up(&pool, &statements, "the end of a session").await;
    let (key, _) = add_key(&server, SANDBOX, &[Scope::Sessions]).await;
    let asked = Request::post("/v2/sessions")
        .header(header::AUTHORIZATION, format!("Bearer {}", key.expose()))
        .header("idempotency-key", "one");
    let (answer, statements) = keeping_statements(server.send(asked.body(Body::from("{}")).unwrap())).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    looks_up(&pool, &statements, "/v2/sessions").await;
    let token = answer.json::<serde_json::Value>()["sessionToken"].as_str().unwrap().to_owned();
    let path = format!("/widget/session/{SANDBOX}?include=connections,integrations");
    let (answer, statements) = keeping_statements(server.ask("POST", &path, Some(&token), "{}")).await;
    assert_eq!(answer.status, StatusCode::OK);
    looks_up(&pool, &statements, "a minted session").await;
    let (key, _) = add_key(&server, SANDBOX, &[Scope::Read]).await;
    for path in ["/v2/businesses", "/v2/connections", "/v2/connections/CON-1", "/v2/businesses/BIZ-1"] {
        let asked = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {}", key.expose()));
        let (_, statements) = keeping_statements(server.send(asked.body(Body::empty()).unwrap())).await;
        looks_up(&pool, &statements, path).await;
    }
    pool.close().await;
}

#[test]
fn the_patterns_that_are_looked_up_are_those_that_match() {
    let patterns = [
        "https://app.example",
        "https://app.example:8443",
        "http://127.0.0.1:8080",
        "http://127.0.0.1:*",
        "http://localhost:*",
        "http://[::1]:*",
        "http://*.localhost:*",
    ]
    .map(|pattern| pattern.parse::<OriginPattern>().unwrap());
    for origin in [
        "https://app.example",
        "https://app.example:8443",
        "https://APP.example",
        "http://app.example",
        "http://127.0.0.1",
        "http://127.0.0.1:8080",
        "http://[::1]",
        "http://[::1]:8080",
        "http://localhost:3000",
        "http://a.localhost:3000",
        "http://.localhost:3000",
        "http://127.0.0.1:8080.evil.example",
        // The text of a pattern is no origin.
        "http://127.0.0.1:*",
        "http://*.localhost:*",
        "null",
        "",
    ] {
        let looked_up = OriginPattern::all_matching(origin);
        for pattern in &patterns {
            assert_eq!(looked_up.contains(pattern), pattern.matches(origin), "{pattern} and {origin}");
        }
    }
}
