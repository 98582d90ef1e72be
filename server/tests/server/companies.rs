//! Which company a connection stands for at services that leave no choice, and what the services' profile are.

use connect_server::domain::attempt::Outcome;
use connect_server::domain::company::{ChoiceOrigin, Company, CompanyBinding, PendingChoice};
use connect_server::services::oauth::builtin;
use connect_server::services::oauth::refresh::refresh_due;
use connect_server::store::{BindOutcome, BindingGuard, Replaced};
use railz_connect_contract::{ConnectionError, ConnectionState, SessionResponse};
use serde_json::{Value, json};

use crate::support::browser::{self, come_back};
use crate::support::provider::Behaviour;
use crate::support::{LIVE, SANDBOX, ServerOptions, TEST_DEADLINE, TestServer};

pub type Session = SessionResponse<Value>;

/// Signs in with this behind code and state; what the poll says.
pub async fn sign_in(server: &TestServer, session: &Session, service: &str, extra: &str) -> Value {
    let attempt = server.begin(session, service).await;
    let popup = browser::open(server, &attempt).await;
    let code = server.provider.consent(&popup);
    come_back(server, &popup, &format!("code={code}&state={}{extra}", popup.state())).await;
    server.poll(session, &attempt, 0).await.json()
}

pub async fn start_with(service: &'static str, extra: &'static str) -> TestServer {
    TestServer::with_options(ServerOptions { services: vec![(service, extra)], ..ServerOptions::default() })
        .await
}

#[tokio::test]
async fn quickbooks_is_the_company_of_the_realm_id_and_no_other_one_silently() {
    let server = start_with("quickbooks", "").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let told = sign_in(&server, &session, "quickbooks", "&realmId=4620816365").await;
    assert_eq!((&told["state"], &told["serviceAccountRef"]["id"]), (&json!("active"), &json!("4620816365")));
    let other = sign_in(&server, &session, "quickbooks", "&realmId=999").await;
    assert_eq!((&other["state"], &other["reason"]), (&json!("invalid"), &json!("differentAccount")));
    assert_eq!(other["connectionId"], told["connectionId"]);
    assert_eq!(
        server.status(&session).await[0].service_account_ref.as_ref().unwrap().id.as_deref(),
        Some("4620816365")
    );
    let same = sign_in(&server, &session, "quickbooks", "&realmId=4620816365").await;
    assert_eq!(same["state"], "active");
}

#[tokio::test]
async fn quickbooks_without_a_realm_id_is_no_connection() {
    let server = start_with("quickbooks", "").await;
    let session = server.session_of(LIVE, "Harbour").await;
    for extra in ["", "&realmId=", "&realmId=1&realmId=2"] {
        let told = sign_in(&server, &session, "quickbooks", extra).await;
        assert_eq!(told["error"]["statusCode"], 502, "{extra}");
    }
}

#[tokio::test]
async fn the_same_company_of_another_business_of_the_same_customer_is_a_duplicate() {
    let server = start_with("quickbooks", "revoke_url = \"@/revoke\"").await;
    let first = server.session_of(LIVE, "Harbour").await;
    sign_in(&server, &first, "quickbooks", "&realmId=1").await;
    let second = server.session_of(LIVE, "Quay").await;
    let told = sign_in(&server, &second, "quickbooks", "&realmId=1").await;
    assert_eq!((&told["state"], &told["error"]), (&json!("invalid"), &json!("duplicateAccount")));
    assert!(server.status(&second).await.is_empty());
    let third = server.session_of(SANDBOX, "Elsewhere").await;
    let told = sign_in(&server, &third, "quickbooks", "&realmId=1").await;
    assert_eq!(told["state"], "active", "another customer's businesses are nobody's concern");
    server.app.finishing.close();
    tokio::time::timeout(TEST_DEADLINE, server.app.finishing.wait()).await.unwrap();
    assert_eq!(server.provider.revoked(), [""; 0], "revoking would cut off the first business too");
}

#[tokio::test]
async fn a_company_whose_other_connection_is_over_is_no_duplicate() {
    let server = start_with("quickbooks", "").await;
    let first = server.session_of(LIVE, "Harbour").await;
    sign_in(&server, &first, "quickbooks", "&realmId=1").await;
    server.provider.revoke();
    server.clock.pass(1440);
    refresh_due(&server.app).await.unwrap();
    let second = server.session_of(LIVE, "Quay").await;
    assert_eq!(sign_in(&server, &second, "quickbooks", "&realmId=1").await["state"], "active");
    let back = sign_in(&server, &first, "quickbooks", "&realmId=1").await;
    assert_eq!(back["error"], "duplicateAccount", "it is the second business's now");
}

#[tokio::test]
async fn wave_tells_its_business_in_the_token_answer_and_wants_the_callback_at_a_refresh() {
    let server = start_with("wave", "").await;
    server.provider.says(json!({"businessId": "QnVzaW5lc3M6MQ==", "userId": "u"}));
    let session = server.session_of(LIVE, "Harbour").await;
    let told = sign_in(&server, &session, "wave", "").await;
    assert_eq!(told["serviceAccountRef"]["id"], "QnVzaW5lc3M6MQ==");
    server.clock.pass(1440);
    refresh_due(&server.app).await.unwrap();
    assert_eq!(server.provider.asked()[1]["redirect_uri"], "https://connect.example/oauth/callback");
}

#[tokio::test]
async fn myob_offers_the_company_file_that_the_callback_names() {
    let server = start_with("myob", "accounts_url = \"@/lists/files\"").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let told = sign_in(&server, &session, "myob", "&businessId=b-7&businessName=Not+Its+Name").await;
    assert_eq!((&told["state"], &told["accounts"]), (&json!("pending"), &json!({"b-7": "Juniper Bakery"})));
    assert!(server.provider.lists_asked().is_empty());
    server.provider.lists("files", json!([{"Id": "f-1", "Name": "File"}]));
    sign_in(&server, &session, "myob", "").await;
    let headers = &server.provider.lists_asked()[0].1;
    assert_eq!(
        (&headers["x-myobapi-key"], &headers["x-myobapi-version"]),
        (&"harbour".parse().unwrap(), &"v2".parse().unwrap())
    );
}

const ZOHO: &str = r#"
    accounts_url = "@/lists/companies"
    token_url = "{accounts}/token"
    region = "com"
    [services.zohoBooks.regions.com]
    accounts = "https://accounts.zoho.com"
    [services.zohoBooks.regions.here]
    accounts = "@"
"#;

#[tokio::test]
async fn zoho_goes_to_the_data_centre_that_the_callback_names() {
    let server = start_with("zohoBooks", ZOHO).await;
    let list = json!({"organizations": [{"organization_id": "z1", "name": "Juniper"}]});
    server.provider.lists("companies", list);
    let session = server.session_of(LIVE, "Harbour").await;
    let callback = format!("&location=here&accounts-server={}", server.provider.issuer());
    let told = sign_in(&server, &session, "zohoBooks", &callback).await;
    assert_eq!((&told["state"], &told["accounts"]), (&json!("pending"), &json!({"z1": "Juniper"})));
    let asked = server.provider.lists_asked();
    assert!(asked[0].1["authorization"].to_str().unwrap().starts_with("Zoho-oauthtoken "));
    server.clock.pass(1440);
    assert_eq!(refresh_due(&server.app).await.unwrap(), 1);
    assert_eq!(server.provider.asked().len(), 2, "the refresh goes there too");
}

#[tokio::test]
async fn a_data_centre_that_is_none_of_zohos_is_never_gone_to() {
    let server = start_with("zohoBooks", ZOHO).await;
    let session = server.session_of(LIVE, "Harbour").await;
    for foreign in ["https://accounts.zoho.com.evil.example", "http://127.0.0.1:1", "https://evil.example"] {
        let told = sign_in(&server, &session, "zohoBooks", &format!("&accounts-server={foreign}")).await;
        assert_eq!(told["error"]["statusCode"], 502, "{foreign}");
    }
    assert!(server.provider.asked().is_empty());
}

#[test]
fn zohos_built_in_data_centres_are_its_own() {
    for region in (builtin::get("zohoBooks").unwrap().profile)().regions {
        let host = region.variables.get("accounts").unwrap().strip_prefix("https://accounts.zoho").unwrap();
        let own = [".com", ".eu", ".in", ".com.au", ".com.cn", ".jp", "cloud.ca", ".sa", ".uk", ".ae"];
        assert!(own.contains(&host), "{host}");
    }
}

#[tokio::test]
async fn square_says_when_a_token_lapses_and_it_is_renewed_within_a_week() {
    let server = start_with("square", "accounts_url = \"@/lists/locations\"").await;
    server.provider.lists("locations", json!({"locations": [{"id": "L1", "name": "Quay"}]}));
    server
        .provider
        .says(json!({"expires_in": null, "expires_at": "2026-03-31T09:30:00Z", "merchant_id": "M"}));
    let session = server.session_of(LIVE, "Harbour").await;
    let told = sign_in(&server, &session, "square", "").await;
    assert_eq!(told["state"], "pending");
    assert!(
        !server.provider.asked()[0].contains_key("code_verifier"),
        "Square takes PKCE for a public client"
    );
    server.clock.pass(7 * 24 * 3600 - 1);
    assert_eq!(refresh_due(&server.app).await.unwrap(), 0);
    server.clock.pass(1);
    assert_eq!(refresh_due(&server.app).await.unwrap(), 1);
}

#[tokio::test]
async fn a_refresh_token_that_is_good_once_and_was_lost_must_be_authorised_again() {
    let server = start_with("quickbooks", "").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let told = sign_in(&server, &session, "quickbooks", "&realmId=1").await;
    server.clock.pass(1440);
    // The service takes the token and answers, but the answer cannot be read: as when the server falls over here.
    server.provider.behave(Behaviour::Html);
    refresh_due(&server.app).await.unwrap();
    server.provider.revoke();
    server.provider.behave(Behaviour::Good);
    server.clock.pass(300);
    refresh_due(&server.app).await.unwrap();
    let status = server.status(&session).await.remove(0);
    assert_eq!(
        (status.state, status.error),
        (ConnectionState::Expired, Some(ConnectionError::ReauthorizationRequired))
    );
    assert_eq!(status.connection_id.as_str(), told["connectionId"]);
    let again = sign_in(&server, &session, "quickbooks", "&realmId=1").await;
    assert_eq!((&again["state"], &again["connectionId"]), (&json!("active"), &told["connectionId"]));
}

#[tokio::test]
async fn a_service_of_the_configuration_alone_can_list_companies_and_leave_the_choice_to_the_person() {
    let extra = "name = \"Plain Books\"\naccounts_url = \"@/lists/mine\"\naccounts_items = \"/data/items\"\n\
                 account_id = \"/number\"\naccount_label = \"/title\"\nchoose_account = true";
    let server = start_with("plainBooks", extra).await;
    server
        .provider
        .lists("mine", json!({"data": {"items": [{"number": 7, "title": "Seven"}, {"number": 8}]}}));
    let session = server.session_of(LIVE, "Harbour").await;
    let told = sign_in(&server, &session, "plainBooks", "").await;
    assert_eq!((&told["state"], &told["accounts"]), (&json!("pending"), &json!({"7": "Seven", "8": "8"})));
    let body = json!({"accountId": "8", "connectionId": told["connectionId"]}).to_string();
    let token = session.access_token.expose();
    let answer = server.ask("POST", "/plainBooks/account", Some(token), &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(server.status(&session).await[0].state, ConnectionState::Active);
}

#[tokio::test]
async fn of_two_sign_ins_that_end_at_once_the_second_takes_no_other_company_silently() {
    // Both had looked before either was written; the second one used to bind the connection to its own company.
    let server = start_with("quickbooks", "").await;
    let session = server.session_of(LIVE, "Harbour").await;
    let late = server.begin(&session, "quickbooks").await;
    browser::open(&server, &late).await;
    sign_in(&server, &session, "quickbooks", "&realmId=1").await;
    let (store, id) = (&server.app.store, late.connection_id.unwrap());
    let attempt = store.attempt(&late.attempt_id.unwrap()).await.unwrap().unwrap();
    let connection = store.connection(&id).await.unwrap().unwrap();
    let held = store.credential(&id).await.unwrap().unwrap();
    let none = CompanyBinding::none(id.clone());
    let other = Company::of_id("2");
    let (was, is) = (attempt.expected_stage(), attempt.clone().end(Outcome::Connected));
    let (guard, bound) = (BindingGuard::Attempt { was, is: &is }, none.clone().with_company(other.clone()));
    let outcome = store.bind(guard, &connection, Some(&held.credential), &bound).await;
    assert_eq!(outcome.unwrap(), BindOutcome::Overtaken);
    let choice = PendingChoice {
        connection: id.clone(),
        origin: ChoiceOrigin::SignIn(attempt.id.clone()),
        visit: Some(attempt.visit.clone()),
        companies: vec![other],
        expires_at: server.app.now(),
    };
    let is = attempt.end(Outcome::ChoiceDue);
    let guard = BindingGuard::Attempt { was, is: &is };
    let offered = store.offer_choice(guard, Some(&held.credential), &none, &choice).await;
    assert_eq!(offered.unwrap(), Replaced::Overtaken);
    let bound = store.binding(&id).await.unwrap().unwrap().company.unwrap();
    assert_eq!(bound.id, "1", "the connection keeps its company");
    assert_eq!(store.credential(&id).await.unwrap().unwrap().version, held.version, "and its tokens");
}
