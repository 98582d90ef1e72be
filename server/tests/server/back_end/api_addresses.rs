//! Where the API of each built-in service is: what access tokens tell as `apiBaseUrl`, and where calls through the proxy go.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use axum::http::StatusCode;
use connect_server::domain::company::AddressVariables;
use connect_server::services::oauth::address_template::AddressTemplate;
use connect_server::services::oauth::builtin;
use serde_json::{Value, json};

use super::BackEnd;
use crate::companies::sign_in;
use crate::support::{LIVE, ServerOptions, TestServer};

/// An address with the values of a region in the places that are the region's; the others stay as they are.
fn in_region(base: &AddressTemplate, region: &AddressVariables) -> String {
    region.iter().fold(base.as_str().to_owned(), |address, (variable, value)| {
        address.replace(&format!("{{{variable}}}"), value)
    })
}

/// Every API address that is built in for a service: one a region, or one.
fn addresses(known: &builtin::Builtin) -> BTreeSet<String> {
    let profile = (known.profile)();
    let base = profile.api.unwrap_or_else(|| panic!("{} has no API address", known.service.id)).base;
    let regions = profile.regions.iter().map(|region| in_region(&base, &region.variables));
    let found: BTreeSet<_> = regions.collect();
    if found.is_empty() { BTreeSet::from([base.as_str().to_owned()]) } else { found }
}

/// What stands between backticks and is an address.
fn named(cell: &str) -> BTreeSet<String> {
    cell.split('`').filter(|part| part.contains("://") || part.starts_with('{')).map(str::to_owned).collect()
}

/// No page said where calls go, and Wave's address was not the one that Wave documents.
#[test]
fn the_pages_of_the_services_name_the_api_addresses_that_are_built_in() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let page = fs::read_to_string(root.join("docs/providers/README.md")).unwrap();
    let section = page.split("\n## Where its API is\n").nth(1).expect("a section about API addresses");
    let section = section.split("\n## ").next().unwrap();
    for known in builtin::all() {
        let id = known.service.id;
        let row = section.lines().find(|line| line.starts_with(&format!("| `{id}` |")));
        let cells: Vec<_> = row.unwrap_or_else(|| panic!("{id} has no row")).split('|').collect();
        assert_eq!(named(cells[2]), addresses(known), "{id}");
        assert!(!cells[3].trim().is_empty(), "{id} has no source");
    }
}

const ZOHO: &str = r#"
    accounts_url = "@/lists/companies"
    token_url = "{accounts}/token"
    api_url = "{api}/books/v3"
    region = "com"
    [services.zohoBooks.regions.com]
    accounts = "https://accounts.zoho.com"
    api = "https://www.zohoapis.com"
    [services.zohoBooks.regions.here]
    accounts = "@"
    api = "@/api/here"
"#;

#[tokio::test]
async fn calls_go_to_the_data_centre_that_the_sign_in_led_to() {
    let services = vec![("zohoBooks", ZOHO)];
    let server = TestServer::with_options(ServerOptions { services, ..ServerOptions::default() }).await;
    let api = BackEnd::of(server).await;
    let provider = &api.server.provider;
    provider.lists("companies", json!({ "organizations": [{ "organization_id": "z1", "name": "Juniper" }] }));
    let session = api.server.session_of(LIVE, "Harbour").await;
    let callback = format!("&location=here&accounts-server={}", provider.issuer());
    let told = sign_in(&api.server, &session, "zohoBooks", &callback).await;
    let id = told["connectionId"].as_str().unwrap();
    let body = json!({ "accountId": "z1", "connectionId": id }).to_string();
    let token = Some(session.access_token.expose());
    let chosen = api.server.ask("POST", "/zohoBooks/account", token, &body).await;
    assert_eq!(chosen.status, StatusCode::CREATED, "{}", chosen.text());
    let token: Value = api.get(&format!("/v2/connections/{id}/access-token")).await.json();
    assert_eq!(token["apiBaseUrl"], format!("{}/api/here/books/v3", provider.issuer()));
    let answer = api.get(&format!("/v2/connections/{id}/proxy/invoices?organization_id=z1")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let asked = provider.api_asked().remove(0);
    assert_eq!(asked.path, "/api/here/books/v3/invoices?organization_id=z1");
    assert!(
        asked.header("authorization").starts_with("Zoho-oauthtoken "),
        "{}",
        asked.header("authorization")
    );
}
