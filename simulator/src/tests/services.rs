//! The services' profiles: what callbacks and token answers say besides, and how companies are listed.

use hmac::{Hmac, Mac};

use super::*;

const PERSON: &str = "practice-person=robin";

impl Provider {
    /// A person who is signed in says yes to `company` at `service`; the whole callback.
    async fn callback_of(&self, service: &str, company: &str, further: &[(&str, &str)]) -> Url {
        let mut pairs = vec![
            ("response_type", "code"),
            ("client_id", "practice"),
            ("redirect_uri", CALLBACK),
            ("state", "st"),
        ];
        pairs.extend(further);
        let asked = self.get(&format!("/{service}/authorize?{}", form(&pairs))).await;
        let id = asked.brought("request").unwrap();
        let answer = [("request", &*id), ("choice", "approve"), ("company", company)];
        let request = Request::post(format!("/{service}/decision"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, PERSON);
        let answer = self.send(request.body(Body::from(form(&answer))).unwrap()).await;
        Url::parse(answer.header("location").unwrap()).unwrap()
    }

    /// The token answer for a callback.
    async fn token_of(&self, service: &str, callback: &Url) -> Value {
        let code = query_of(callback, "code").unwrap();
        let pairs = [("grant_type", "authorization_code"), ("code", &*code), ("redirect_uri", CALLBACK)];
        self.post_as_client(&format!("/{service}/token"), &pairs).await.json()
    }

    async fn listed(&self, path: &str, scheme: &str, token: &str) -> Answer {
        let request = Request::get(path).header(header::AUTHORIZATION, format!("{scheme} {token}"));
        self.send(request.body(Body::empty()).unwrap()).await
    }
}

fn query_of(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn each_list_has_the_services_own_shape_and_the_persons_two_companies() {
    for (service, items, name) in [
        ("freshbooks", "/response/business_memberships", "/business/name"),
        ("sageBusinessCloud", "/$items", "/displayed_as"),
        ("zohoBooks", "/organizations", "/name"),
        ("square", "/locations", "/name"),
        ("dynamics365Finance", "/value", "/Name"),
        ("aServiceThatNobodyKnows", "/companies", "/name"),
    ] {
        let provider = Provider::new();
        let callback = provider.callback_of(service, "Finch Joinery", &[]).await;
        let token = provider.token_of(service, &callback).await;
        let token = token["access_token"].as_str().unwrap();
        let path = format!("/{service}/api/accounts");
        let list = provider.listed(&path, "Bearer", token).await.json();
        let names: Vec<_> = list.pointer(items).unwrap().as_array().unwrap().iter().collect();
        let names: Vec<_> = names.iter().map(|item| item.pointer(name).unwrap()).collect();
        assert_eq!(names, ["Juniper Bakery", "Finch Joinery"], "{service}");
        assert_eq!(provider.listed(&path, "Bearer", "forged").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(provider.get(&path).await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn another_sign_in_has_another_company_or_none() {
    let provider = Provider::new();
    for (company, names) in [("Marlow Ceramics", vec!["Marlow Ceramics"]), ("No company", vec![])] {
        let callback = provider.callback_of("zohoBooks", company, &[]).await;
        let token = provider.token_of("zohoBooks", &callback).await;
        let token = token["access_token"].as_str().unwrap();
        let list = provider.listed("/zohoBooks/api/accounts", "Zoho-oauthtoken", token).await.json();
        let listed: Vec<_> =
            list["organizations"].as_array().unwrap().iter().map(|item| &item["name"]).collect();
        assert_eq!(listed, names);
    }
}

#[tokio::test]
async fn business_central_lists_environments_and_companies_below() {
    let provider = Provider::new();
    let callback = provider.callback_of("dynamicsBusinessCentral", "Juniper Bakery", &[]).await;
    let token = provider.token_of("dynamicsBusinessCentral", &callback).await;
    let token = token["access_token"].as_str().unwrap();
    let list = provider.listed("/dynamicsBusinessCentral/api/accounts", "Bearer", token).await.json();
    assert_eq!(
        (&list["value"][0]["name"], &list["value"][1]["name"]),
        (&"Production".into(), &"Sandbox".into())
    );
    for (environment, count) in [("Production", 2), ("Sandbox", 0)] {
        let path = format!("/dynamicsBusinessCentral/api/{environment}/companies");
        let companies = provider.listed(&path, "Bearer", token).await.json();
        assert_eq!(companies["value"].as_array().unwrap().len(), count, "{environment}");
    }
}

#[tokio::test]
async fn callbacks_and_token_answers_name_the_company_where_the_service_does_it() {
    let provider = Provider::new();
    let quickbooks = provider.callback_of("quickbooks", "Finch Joinery", &[]).await;
    let again = provider.callback_of("quickbooks", "Finch Joinery", &[]).await;
    let other = provider.callback_of("quickbooks", "Juniper Bakery", &[]).await;
    let realm = |url| query_of(url, "realmId").unwrap();
    assert_eq!(realm(&quickbooks), realm(&again));
    assert_ne!(realm(&quickbooks), realm(&other));
    let myob = provider.callback_of("myob", "Finch Joinery", &[]).await;
    assert_eq!(query_of(&myob, "businessName").as_deref(), Some("Finch Joinery"));
    assert_eq!(provider.token_of("myob", &myob).await["expires_in"], "1200", "a text");
    let wave = provider.callback_of("wave", "Finch Joinery", &[]).await;
    assert!(provider.token_of("wave", &wave).await["businessId"].is_string());
    let zoho = provider.callback_of("zohoBooks", "Finch Joinery", &[]).await;
    assert_eq!(query_of(&zoho, "accounts-server").unwrap(), format!("{PUBLIC}/zohoBooks"));
    let square = provider.callback_of("square", "Finch Joinery", &[]).await;
    let square = provider.token_of("square", &square).await;
    assert_eq!(
        (&square["expires_in"], &square["expires_at"]),
        (&Value::Null, &"2023-12-14T22:13:20Z".into())
    );
}

#[tokio::test]
async fn a_token_opens_the_company_that_was_granted_and_no_other_one() {
    for (service, name) in [
        ("quickbooks", "/CompanyInfo/CompanyName"),
        ("myob", "/CompanyFile/Name"),
        ("wave", "/data/business/name"),
    ] {
        let provider = Provider::new();
        let granted = provider.callback_of(service, "Finch Joinery", &[]).await;
        let foreign = provider.callback_of(service, "Juniper Bakery", &[]).await;
        let token = provider.token_of(service, &granted).await;
        let token = token["access_token"].as_str().unwrap();
        let id = |url| query_of(url, if service == "quickbooks" { "realmId" } else { "businessId" }).unwrap();
        for (callback, due) in [(&granted, Some("Finch Joinery")), (&foreign, None)] {
            let answer = if service == "wave" {
                let body = serde_json::json!({"query": "…", "variables": {"id": id(callback)}}).to_string();
                let request = Request::post("/wave/api/graphql")
                    .header(header::AUTHORIZATION, format!("Bearer {token}"))
                    .header(header::CONTENT_TYPE, "application/json");
                provider.send(request.body(Body::from(body)).unwrap()).await
            } else {
                provider.listed(&format!("/{service}/api/companies/{}", id(callback)), "Bearer", token).await
            };
            let told = if answer.status == StatusCode::OK { answer.json() } else { Value::Null };
            assert_eq!(told.pointer(name).and_then(Value::as_str), due, "{service}");
        }
    }
}

#[tokio::test]
async fn shopify_signs_its_callback_over_all_other_parameters() {
    let provider = Provider::new();
    let callback = provider.callback_of("shopify", "Juniper Bakery", &[("shop", "juniper")]).await;
    assert_eq!(query_of(&callback, "shop").as_deref(), Some("juniper.myshopify.com"));
    let mut pairs: Vec<_> = callback.query_pairs().filter(|(key, _)| key != "hmac").collect();
    pairs.sort();
    let message: Vec<_> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let mut mac = Hmac::<Sha256>::new_from_slice(b"practice-secret").unwrap();
    mac.update(message.join("&").as_bytes());
    let due: Vec<_> = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(query_of(&callback, "hmac"), Some(due.concat()));
}

#[tokio::test]
async fn xero_lists_what_this_very_sign_in_granted() {
    let provider = Provider::new();
    let callback = provider.callback_of("xero", "Finch Joinery", &[]).await;
    let token = provider.token_of("xero", &callback).await;
    let token = token["access_token"].as_str().unwrap();
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap());
    let claims: Value = serde_json::from_slice(&claims.unwrap()).unwrap();
    let event = claims["authentication_event_id"].as_str().unwrap();
    for (event, count) in [(event, 1), ("another", 0)] {
        let path = format!("/xero/api/accounts?authEventId={event}");
        let list = provider.listed(&path, "Bearer", token).await.json();
        assert_eq!(list.as_array().unwrap().len(), count);
    }
}

#[tokio::test]
async fn a_refresh_token_that_stays_good_is_not_sent_again() {
    let provider = Provider::new();
    let callback = provider.callback_of("zohoBooks", "Finch Joinery", &[]).await;
    let first = provider.token_of("zohoBooks", &callback).await;
    let pairs =
        [("grant_type", "refresh_token"), ("refresh_token", first["refresh_token"].as_str().unwrap())];
    for _ in 0..2 {
        let answer = provider.post_as_client("/zohoBooks/token", &pairs).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert!(answer.json()["refresh_token"].is_null());
    }
}

#[tokio::test]
async fn whoever_opens_the_page_is_somebody_from_then_on() {
    let provider = Provider::new();
    let id = provider.ask(&[]).await.brought("request").unwrap();
    let page = provider.get(&format!("/xero/consent?request={id}")).await;
    assert!(page.header("set-cookie").unwrap().starts_with("practice-person="));
    let again = Request::get(format!("/xero/consent?request={id}")).header(header::COOKIE, PERSON);
    assert_eq!(provider.send(again.body(Body::empty()).unwrap()).await.header("set-cookie"), None);
}
