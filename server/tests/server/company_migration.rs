//! A database of the version before 0007, filled with every shape of company it knew, is brought up to date: everything is
//! read back as the same values, and the server goes on working with it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use connect_server::app::App;
use connect_server::config::Environment;
use connect_server::domain::company::{
    AddressVariables, ChoiceOrigin, Company, CompanyBinding, PendingChoice,
};
use connect_server::http;
use connect_server::random::SystemRandomness;
use connect_server::sweep::sweep;
use connect_server::token::TokenHash;
use connect_server::vault::{Field, Key, KeyRing, Vault};
use jiff::Timestamp;
use railz_connect_contract::{AttemptId, Connection, ConnectionAccounts, ConnectionId, ConnectionState};
use serde_json::{Value, json};
use sqlx::SqlitePool;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;

use crate::support::provider::Provider;
use crate::support::{Wish, request, send, start};

/// A year from the tests' now on, in milliseconds.
const LATER: &str = "1803893400000";
/// A session of the business at hand.
const TOKEN: &str = "older-token";
const LOGO: &str = "iVBORw0KGgpyZXN0";

/// The rows of one business, whose connections show every shape that was stored.
fn filled(session: &str, sealed: &str) -> String {
    let connections: String = [
        ("CON-plain", "xero", "active"),
        ("CON-number", "quickbooks", "active"),
        ("CON-place", "dynamicsBusinessCentral", "active"),
        ("CON-dynamics", "dynamics365Finance", "active"),
        ("CON-pending", "freshbooks", "unproven"),
        ("CON-netsuite", "oracleNetsuite", "active"),
        ("CON-solo", "sageIntacct", "active"),
        ("CON-desktop", "quickbooksDesktop", "active"),
        ("CON-bank", "plaid", "active"),
        ("CON-duplicate", "plaid", "unproven"),
    ]
    .map(|(id, service, standing)| connection("BIZ-1", id, service, standing))
    .join("");
    let others: String = [
        connection("BIZ-2", "CON-entity", "sageIntacct", "active"),
        connection("BIZ-3", "CON-waiting", "sageIntacct", "unproven"),
        connection("BIZ-3", "CON-untold", "xero", "active"),
    ]
    .concat();
    let requester = format!(r#"{{"widget":"PROD_demo","business":"BIZ-1","session":"{session}"}}"#);
    format!(
        r#"
        INSERT INTO widgets VALUES ('PROD_demo', 'Acme Lending', '', 'live', 1);
        INSERT INTO widget_origins VALUES ('PROD_demo', 'https://app.example');
        INSERT INTO businesses VALUES ('BIZ-1', 'PROD_demo', 'Harbour', 3), ('BIZ-2', 'PROD_demo', 'Quay', 4),
                                      ('BIZ-3', 'PROD_demo', 'Pier', 5);
        {connections} {others}
        INSERT INTO attempts (id, connection_id, session, way, start_token, stage, outcome, expires_at)
            VALUES ('ATT-1', 'CON-pending', zeroblob(32), 'popup', zeroblob(32), 'ended', 'choice_due', {LATER});
        INSERT INTO ties (connection_id, service, company_id, company_name, company_number, place, missing_scopes) VALUES
            ('CON-plain', 'xero', 'x-1', 'Finch & Sons', NULL, '{{}}', '[]'),
            ('CON-number', 'quickbooks', '4620816365', 'Heron', '0042', '{{}}', '["openid","reports"]'),
            ('CON-place', 'dynamicsBusinessCentral', 'b-1', NULL, NULL,
             '{{"environment":"Production","web_service_card":"https://api.example/card"}}', '[]'),
            ('CON-dynamics', 'dynamics365Finance', 'https://a.operations.dynamics.com/USMF', 'Quay', NULL,
             '{{"environment":"https://a.operations.dynamics.com"}}', '[]'),
            ('CON-pending', 'freshbooks', NULL, NULL, NULL, '{{"callback":"https://c.example"}}', '["late"]'),
            ('CON-untold', 'xero', NULL, NULL, NULL, '{{}}', '[]');
        INSERT INTO choices VALUES ('CON-pending', 'ATT-1',
            '[{{"id":"1001","name":"Zebra \"Z\"","number":null,"facts":{{}}}},
              {{"id":"1000","name":null,"number":"7","facts":{{"environment":"one","company":"two"}}}},
              {{"id":"999","name":"Of the first shape"}}]', {LATER});
        INSERT INTO special_details VALUES
            ('CON-netsuite', 'TD1234', '{{"company":{{"account":"TD1234","id":"TD1234","entity":null,"name":null,
              "number":"TD1234"}},"duplicate_for":null,"own":{{"address":"https://td1234.example/","concurrency":5}}}}', 3),
            ('CON-solo', 'solo', '{{"company":{{"account":"solo","id":"solo","entity":null,"name":null,"number":null}},
              "duplicate_for":null,"own":null}}', 1),
            ('CON-entity', 'harbour|100', '{{"company":{{"account":"harbour|100","id":"harbour","entity":"100",
              "name":"Harbour & Sons","number":null}},"duplicate_for":null,"own":{{}}}}', 2),
            ('CON-waiting', NULL, '{{"company":null,"duplicate_for":null,"own":{{"waiting":{{"company":"harbour",
              "sealed":"{sealed}","until":{LATER},"entities":[{{"id":"200","label":"Harbour North"}},
              {{"id":"100","label":"Harbour & Sons"}}]}}}}}}', 1),
            ('CON-desktop', 'Finch & Sons', '{{"company":{{"account":"Finch & Sons","id":"Finch & Sons","entity":null,
              "name":"Finch & Sons","number":null}},"duplicate_for":null,"own":{{"proved":"cHJvdmVk",
              "offered":["b25l","dHdv"],"requester":{requester},"round":{{"ticket":"dGlja2V0","password":"b25l",
              "until":1772357400000,"asked":true,"error":"No company file is open."}}}}}}', 9),
            ('CON-bank', 'ins_1|fingerprint', '{{"company":{{"account":"ins_1|fingerprint","id":"item-1","entity":null,
              "name":"First Bank","number":null}},"duplicate_for":null,"own":{bank}}}', 4),
            ('CON-duplicate', NULL, '{{"company":null,"duplicate_for":"{session}","own":{bank}}}', 2);
        "#,
        bank = bank(),
    )
}

fn connection(business: &str, id: &str, service: &str, standing: &str) -> String {
    let kind = if service == "plaid" { "banking" } else { "accounting" };
    let slot = if service == "plaid" { id } else { "" };
    let times =
        if standing == "active" { format!("1772357400000, {LATER}") } else { "NULL, NULL".to_owned() };
    format!(
        "INSERT INTO connections VALUES
         ('{id}', '{business}', '{service}', '{kind}', 'service', '{slot}', '{standing}', {times}, 6);\n"
    )
}

fn bank() -> Value {
    json!({
        "item": "item-1",
        "fingerprint": "ins_1|fingerprint",
        "institution": {"name": "First Bank", "url": "https://bank.example", "metadata": {}},
        "logo": LOGO,
        "accounts": [{"mask": "0421"}, {"mask": null}],
        "checked_at": 1_772_359_000_000_i64,
        "good_until": 1_803_893_400_000_i64,
    })
}

fn variables(pairs: &[(&str, &str)]) -> AddressVariables {
    let mut variables = AddressVariables::default();
    for (variable, value) in pairs {
        variables.set(variable, *value);
    }
    variables
}

/// What is expected of a connection, made from what is common to all.
fn binding(id: &str, company: Option<Company>, version: i64) -> CompanyBinding {
    CompanyBinding { company, version, ..CompanyBinding::none(ConnectionId::new(id)) }
}

fn named(id: &str, name: &str) -> Option<Company> {
    Some(Company { name: Some(name.to_owned()), ..Company::of_id(id) })
}

async fn pool(path: &Path) -> SqlitePool {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true).foreign_keys(true);
    SqlitePool::connect_with(options).await.unwrap()
}

struct Migrated {
    app: Arc<App>,
    router: Router,
    session: String,
    sealed: String,
    folder: tempfile::TempDir,
    _provider: Provider,
}

/// Fills a database of the version before and opens it with this server.
async fn migrate() -> Migrated {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("connect.db");
    let key = STANDARD.encode([7_u8; 32]);
    let vault = Vault::new(KeyRing::new(Key::parse(&key).unwrap(), []), Arc::new(SystemRandomness));
    let secret = json!({"companyId": "harbour", "userId": "owner", "userPassword": "secret"}).to_string();
    let sealed = vault.seal("CON-waiting", Field::Waiting, &secret.into()).unwrap();
    let (sealed, session) =
        (STANDARD.encode(sealed.as_bytes()), STANDARD.encode(TokenHash::of(TOKEN).as_bytes()));

    let older = tempfile::tempdir().unwrap();
    let migrations = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    for file in std::fs::read_dir(migrations).unwrap().map(|file| file.unwrap()) {
        if file.file_name().to_str().unwrap() < "0007" {
            std::fs::copy(file.path(), older.path().join(file.file_name())).unwrap();
        }
    }
    let before = pool(&path).await;
    Migrator::new(older.path()).await.unwrap().run(&before).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(filled(&session, &sealed))).execute(&before).await.unwrap();
    for (token, business) in [(TOKEN, "BIZ-1"), ("token-of-pier", "BIZ-3"), ("token-of-quay", "BIZ-2")] {
        sqlx::query("INSERT INTO sessions VALUES (?, 'PROD_demo', ?, 1803893400000)")
            .bind(TokenHash::of(token).as_bytes())
            .bind(business)
            .execute(&before)
            .await
            .unwrap();
    }
    let access = vault.seal("CON-pending", Field::AccessToken, &"access".to_owned().into()).unwrap();
    sqlx::query("INSERT INTO credentials (connection_id, key_id, access_token, version) VALUES ('CON-pending', ?, ?, 1)")
        .bind(access.key().to_string())
        .bind(access.as_bytes())
        .execute(&before)
        .await
        .unwrap();
    before.close().await;

    let provider = Provider::start().await;
    let special = "[services.sageIntacct]\nsender_id = \"practice\"\nsender_password = \"practice-secret\"\n"
        .to_owned();
    let wish = Wish {
        special,
        services: vec![("freshbooks", "accounts_url = \"@/lists/none\"")],
        ..Wish::default()
    };
    let environment = Environment::from([("CONNECT_KEY".to_owned(), key)]);
    let text = provider.configuration(&wish);
    let (app, _) = start(&text, folder.path(), &environment, Duration::from_secs(1)).await.unwrap();
    Migrated { router: http::router(&app), app, session, sealed, folder, _provider: provider }
}

impl Migrated {
    async fn status(&self, token: &str) -> Vec<Connection> {
        let answer = send(&self.router, request("GET", "/widget/status", Some(token), "")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    async fn post(&self, token: &str, path: &str, body: &Value) -> StatusCode {
        send(&self.router, request("POST", path, Some(token), &body.to_string())).await.status
    }
}

#[tokio::test]
async fn every_binding_of_the_version_before_is_read_back_as_the_same_values() {
    let it = migrate().await;
    let requester = json!({"widget": "PROD_demo", "business": "BIZ-1", "session": it.session});
    let number = Company { number: Some("0042".to_owned()), ..named("4620816365", "Heron").unwrap() };
    let netsuite = Company { number: Some("TD1234".to_owned()), ..Company::of_id("TD1234") };
    let entity = Company {
        identity: "harbour|100".to_owned(),
        entity: Some("100".to_owned()),
        ..named("harbour", "Harbour & Sons").unwrap()
    };
    let bank_company =
        Company { identity: "ins_1|fingerprint".to_owned(), ..named("item-1", "First Bank").unwrap() };
    let scopes = |scopes: &[&str]| scopes.iter().map(|&scope| scope.to_owned()).collect::<Vec<_>>();
    let expected = [
        binding("CON-plain", named("x-1", "Finch & Sons"), 1),
        CompanyBinding {
            missing_scopes: scopes(&["openid", "reports"]),
            ..binding("CON-number", Some(number), 1)
        },
        CompanyBinding {
            variables: variables(&[
                ("environment", "Production"),
                ("web_service_card", "https://api.example/card"),
            ]),
            ..binding("CON-place", Some(Company::of_id("b-1")), 1)
        },
        CompanyBinding {
            variables: variables(&[("environment", "https://a.operations.dynamics.com")]),
            ..binding("CON-dynamics", named("https://a.operations.dynamics.com/USMF", "Quay"), 1)
        },
        CompanyBinding {
            variables: variables(&[("callback", "https://c.example")]),
            missing_scopes: scopes(&["late"]),
            ..binding("CON-pending", None, 1)
        },
        binding("CON-untold", None, 1),
        CompanyBinding {
            service_data: json!({"address": "https://td1234.example/", "concurrency": 5}),
            ..binding("CON-netsuite", Some(netsuite), 3)
        },
        binding("CON-solo", Some(Company::of_id("solo")), 1),
        binding("CON-entity", Some(entity), 2),
        binding("CON-waiting", None, 1),
        CompanyBinding {
            service_data: json!({
                "proved": "cHJvdmVk", "offered": ["b25l", "dHdv"], "requester": requester,
                "round": {"ticket": "dGlja2V0", "password": "b25l", "until": 1_772_357_400_000_i64, "asked": true,
                          "error": "No company file is open."},
            }),
            ..binding("CON-desktop", named("Finch & Sons", "Finch & Sons"), 9)
        },
        CompanyBinding { service_data: bank(), ..binding("CON-bank", Some(bank_company), 4) },
        CompanyBinding {
            service_data: bank(),
            duplicate_for: Some(it.session.clone()),
            ..binding("CON-duplicate", None, 2)
        },
    ];
    for expected in expected {
        let read = it.app.store.binding(&expected.connection).await.unwrap();
        assert_eq!(read, Some(expected));
    }
    it.app.store.close().await;
}

#[tokio::test]
async fn every_choice_of_the_version_before_is_read_back_in_its_order() {
    let it = migrate().await;
    let until = Timestamp::from_millisecond(LATER.parse().unwrap()).unwrap();
    let second = Company {
        number: Some("7".to_owned()),
        variables: variables(&[("company", "two"), ("environment", "one")]),
        ..Company::of_id("1000")
    };
    let of_sign_in = PendingChoice {
        connection: ConnectionId::new("CON-pending"),
        origin: ChoiceOrigin::SignIn(AttemptId::new("ATT-1")),
        companies: vec![
            named("1001", "Zebra \"Z\"").unwrap(),
            second,
            named("999", "Of the first shape").unwrap(),
        ],
        expires_at: until,
    };
    let entity = |id: &str, name: &str| Company {
        identity: format!("harbour|{id}"),
        entity: Some(id.to_owned()),
        ..named("harbour", name).unwrap()
    };
    let of_credentials = PendingChoice {
        connection: ConnectionId::new("CON-waiting"),
        origin: ChoiceOrigin::Credentials(it.sealed.clone()),
        companies: vec![entity("200", "Harbour North"), entity("100", "Harbour & Sons")],
        expires_at: until,
    };
    for expected in [of_sign_in, of_credentials] {
        let read = it.app.store.pending_choice(&expected.connection, it.app.now()).await.unwrap();
        assert_eq!(read, Some(expected));
    }
    it.app.store.close().await;
}

#[tokio::test]
async fn the_older_tables_are_gone_and_the_database_is_sound() {
    let it = migrate().await;
    let pool = pool(&it.folder.path().join("connect.db")).await;
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE name IN ('ties', 'choices', 'special_details')",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(tables, [""; 0]);
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&pool).await.unwrap();
    assert_eq!(sound, "ok");
    let broken = sqlx::query("PRAGMA foreign_key_check").fetch_all(&pool).await.unwrap();
    assert!(broken.is_empty());
    pool.close().await;
    it.app.store.close().await;
}

#[tokio::test]
async fn the_server_goes_on_listing_what_the_version_before_connected() {
    let it = migrate().await;
    let status = it.status(TOKEN).await;
    let entry = |id: &str| status.iter().find(|entry| entry.connection_id.as_str() == id).unwrap();
    let company = |id: &str| entry(id).service_account_ref.clone().unwrap();
    assert_eq!(status[0].connection_id.as_str(), "CON-duplicate", "the newest link's answer comes first");
    assert_eq!(status[0].state, ConnectionState::Invalid);
    assert_eq!(status.len(), 10);
    assert_eq!(company("CON-plain").id.as_deref(), Some("x-1"));
    assert_eq!(entry("CON-plain").account_name.as_deref(), Some("Finch & Sons"));
    assert_eq!(entry("CON-number").missing_scopes, ["openid", "reports"]);
    assert_eq!(entry("CON-netsuite").account_number.as_deref(), Some("TD1234"));
    assert_eq!(entry("CON-pending").state, ConnectionState::Pending);
    let Some(ConnectionAccounts::Choices(choices)) = &entry("CON-pending").accounts else { panic!() };
    assert_eq!((choices.len(), choices["1000"].as_str()), (3, "1000"));
    let bank = entry("CON-bank");
    assert_eq!(company("CON-bank").id.as_deref(), Some("item-1"));
    assert_eq!(bank.institution.as_ref().unwrap().name, "First Bank");
    assert!(bank.institution.as_ref().unwrap().metadata.logo.is_some());
    let Some(ConnectionAccounts::Bank(accounts)) = &bank.accounts else { panic!() };
    assert_eq!(accounts.len(), 2);
    let logo = send(&it.router, request("GET", "/plaid/logo/CON-bank", None, "")).await;
    assert_eq!(logo.body, STANDARD.decode(LOGO).unwrap());

    let quay = it.status("token-of-quay").await;
    let entity = quay[0].service_account_ref.clone().unwrap();
    assert_eq!((entity.id.as_deref(), entity.entity_ref.unwrap().id.as_str()), (Some("harbour"), "100"));
    let pier = it.status("token-of-pier").await;
    assert_eq!(pier.len(), 1, "what waits for an entity is in no list");
    it.app.store.close().await;
}

#[tokio::test]
async fn a_company_that_was_pending_before_is_chosen_afterwards() {
    let it = migrate().await;
    let body = json!({"accountId": "1000", "connectionId": "CON-pending"});
    assert_eq!(it.post(TOKEN, "/freshbooks/account", &body).await, StatusCode::CREATED);
    let status = it.status(TOKEN).await;
    let entry = status.iter().find(|entry| entry.connection_id.as_str() == "CON-pending").unwrap();
    assert_eq!((entry.state, entry.account_number.as_deref()), (ConnectionState::Active, Some("7")));
    let binding = it.app.store.binding(&ConnectionId::new("CON-pending")).await.unwrap().unwrap();
    assert_eq!(binding.variables.get("environment"), Some("one"));
    assert_eq!(binding.variables.get("callback"), Some("https://c.example"));

    // Sage Intacct: the password that waited, sealed by the version before, opens and connects the chosen entity.
    let body = json!({"accountId": "200", "connectionId": "CON-waiting"});
    let path = "/sageIntacct/account/subsidiary";
    assert_eq!(it.post("token-of-pier", path, &body).await, StatusCode::CREATED);
    let pier = it.status("token-of-pier").await;
    let entry = pier.iter().find(|entry| entry.connection_id.as_str() == "CON-waiting").unwrap();
    assert_eq!(
        (entry.state, entry.account_name.as_deref()),
        (ConnectionState::Active, Some("Harbour North"))
    );
    assert!(it.app.store.credential(&ConnectionId::new("CON-waiting")).await.unwrap().is_some());
    it.app.store.close().await;
}

#[tokio::test]
async fn an_entity_that_another_business_connected_before_is_a_duplicate_afterwards() {
    let it = migrate().await;
    let body = json!({"accountId": "100", "connectionId": "CON-waiting"});
    let path = "/sageIntacct/account/subsidiary";
    assert_eq!(it.post("token-of-pier", path, &body).await, StatusCode::CREATED);
    let pier = it.status("token-of-pier").await;
    let entry = pier.iter().find(|entry| entry.connection_id.as_str() == "CON-waiting").unwrap();
    assert_eq!(entry.state, ConnectionState::Invalid);
    assert!(it.app.store.credential(&ConnectionId::new("CON-waiting")).await.unwrap().is_none());
    // A choice that met a duplicate can still be made otherwise.
    let body = json!({"accountId": "200", "connectionId": "CON-waiting"});
    assert_eq!(it.post("token-of-pier", path, &body).await, StatusCode::CREATED);
    assert_eq!(sweep(&it.app).await.unwrap().choices, 0);
    it.app.store.close().await;
}
