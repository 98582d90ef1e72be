//! What is looked up of a company with the token: its name for people, and more of it for the back end.

use connect_server::domain::company_details::CompanyDetails;
use railz_connect_contract::ConnectionId;
use serde_json::{Value, json};

use crate::companies::{Session, sign_in, start_with};
use crate::questions::signed;
use crate::support::browser::{self, come_back};
use crate::support::provider::Behaviour;
use crate::support::{LIVE, ServerOptions, TestServer};

async fn details(server: &TestServer, told: &Value) -> CompanyDetails {
    let id = ConnectionId::new(told["connectionId"].as_str().unwrap());
    server.app.store.binding(&id).await.unwrap().unwrap().company.unwrap().details
}

/// Signs in to the shop `juniper`, its callback signed as Shopify signs.
async fn sign_in_to_shop(server: &TestServer, session: &Session) -> Value {
    let answer = server.ask_to_begin(session, "shopify", "&shop=juniper").await;
    let attempt = answer.json();
    let popup = browser::open(server, &attempt).await;
    let code = server.provider.consent(&popup);
    let query = signed(&popup, &code, "juniper.myshopify.com", "harbour-secret");
    come_back(server, &popup, &query).await;
    server.poll(session, &attempt, 0).await.json()
}

#[tokio::test]
async fn quickbooks_wave_and_shopify_name_the_company() {
    // Their entries used to have an id alone.
    let quickbooks = start_with("quickbooks", "").await;
    let session = quickbooks.session_of(LIVE, "Harbour").await;
    let told = sign_in(&quickbooks, &session, "quickbooks", "&realmId=1").await;
    assert_eq!(told["accountName"], "Juniper Bakery");
    assert_eq!(quickbooks.status(&session).await[0].account_name.as_deref(), Some("Juniper Bakery"));
    let due = CompanyDetails {
        legal_name: Some("Juniper Bakery Ltd".to_owned()),
        country: Some("US".to_owned()),
        currency: None,
        fiscal_year_start_month: Some(4),
    };
    assert_eq!(details(&quickbooks, &told).await, due);

    let wave = start_with("wave", "").await;
    wave.provider.says(json!({"businessId": "QnVzaW5lc3M6MQ=="}));
    let session = wave.session_of(LIVE, "Harbour").await;
    let told = sign_in(&wave, &session, "wave", "").await;
    assert_eq!(told["accountName"], "Juniper Bakery");
    assert_eq!(details(&wave, &told).await.currency.as_deref(), Some("CAD"));

    let shopify = start_with("shopify", "").await;
    let session = shopify.session_of(LIVE, "Harbour").await;
    let told = sign_in_to_shop(&shopify, &session).await;
    assert_eq!(
        (&told["accountName"], &told["serviceAccountRef"]["id"]),
        (&json!("Juniper Bakery"), &json!("juniper"))
    );
    assert_eq!(details(&shopify, &told).await.country.as_deref(), Some("DE"));
}

#[tokio::test]
async fn a_company_of_which_the_service_tells_nothing_is_connected_all_the_same() {
    let server = start_with("wave", "").await;
    server.provider.says(json!({"businessId": "b-1"}));
    let session = server.session_of(LIVE, "Harbour").await;
    sign_in(&server, &session, "wave", "").await;
    server.provider.companies_behave(Behaviour::HtmlError);
    let again = sign_in(&server, &session, "wave", "").await;
    assert_eq!((&again["state"], &again["accountName"]), (&json!("active"), &json!("Juniper Bakery")));
    assert_eq!(details(&server, &again).await.country.as_deref(), Some("CA"), "what was known stays");
}

#[tokio::test]
async fn a_name_is_cut_and_holds_nothing_invisible() {
    // A name of 200 KB used to be kept and listed.
    let server = start_with("quickbooks", "").await;
    let name = format!("Juniper\n\u{202e}Bakery {}", "x".repeat(200_000));
    server.provider.tells_of_companies(json!({"CompanyInfo": {"CompanyName": name, "Country": "Narnia"}}));
    let session = server.session_of(LIVE, "Harbour").await;
    let told = sign_in(&server, &session, "quickbooks", "&realmId=1").await;
    let name = told["accountName"].as_str().unwrap();
    assert!(name.starts_with("Juniper Bakery xxx") && name.len() == 200, "{name}");
    assert_eq!(details(&server, &told).await.country, None);
}

#[tokio::test]
async fn xero_is_asked_for_more_only_where_the_scope_was_asked_for() {
    for (scopes, due) in [("accounting.settings.read", Some("NZD")), ("accounting.invoices", None)] {
        let extra: &'static str = Box::leak(
            format!("scopes = [\"{scopes}\"]\ncompany_url = \"@/lists/organisation\"").into_boxed_str(),
        );
        let server =
            TestServer::with_options(ServerOptions { service_extra: extra, ..ServerOptions::default() })
                .await;
        let organisation = json!({
            "Name": "Juniper Bakery", "LegalName": "Juniper Bakery Ltd", "BaseCurrency": "NZD", "CountryCode": "NZ",
            "FinancialYearEndDay": 31, "FinancialYearEndMonth": 3,
        });
        server.provider.lists("organisation", json!({"Organisations": [organisation]}));
        let session = server.session_of(LIVE, "Harbour").await;
        let attempt = server.begin(&session, "xero").await;
        browser::approve(&server, &browser::open(&server, &attempt).await).await;
        let told: Value = server.poll(&session, &attempt, 0).await.json();
        let known = details(&server, &told).await;
        assert_eq!((known.currency.as_deref(), known.fiscal_year_start_month), (due, due.map(|_| 4)));
        let asked = server.provider.lists_asked();
        let tenant = asked
            .iter()
            .find(|(path, _)| path == "organisation")
            .map(|(_, headers)| &headers["xero-tenant-id"]);
        assert_eq!(tenant.map(|tenant| tenant.to_str().unwrap()), due.map(|_| "T-1"));
    }
}
