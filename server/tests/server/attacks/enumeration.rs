//! Somebody with a secret key of their own who tries ids, to learn what there is at another widget's.

use connect_server::domain::secret_key::Scope;
use serde_json::{Value, json};

use crate::back_end::BackEnd;
use crate::connection_tokens::connect;
use crate::support::secret_key::add_key;
use crate::support::{Answer, LIVE, SANDBOX};

/// Status and words of an answer, without the id that was asked for.
fn words(answer: &Answer, id: &str) -> (u16, String) {
    (answer.status.as_u16(), answer.text().replace(id, "…"))
}

#[tokio::test]
async fn ids_of_another_widget_are_answered_as_made_up_ones_are() {
    let api = BackEnd::new().await;
    let (key, _) = add_key(&api.server, SANDBOX, &Scope::ALL).await;
    let other = BackEnd { server: api.server, key: key.expose().to_owned() };
    let session = other.server.session_of(SANDBOX, "Quay").await;
    let connection = connect(&other.server, &session).await;
    let told = |answer: Answer, field: &str| answer.json::<Value>()[field].as_str().unwrap().to_owned();
    let minted = other.ask("POST", "/v2/sessions", r#"{"businessName": "Quay"}"#).await;
    let visit = told(minted, "visitId");
    let webhook = other.ask("POST", "/v2/webhooks", r#"{"url": "https://1.1.1.1/hooks"}"#).await;
    let webhook = told(webhook, "webhookId");
    let business = session.business_uuid.to_string();
    assert_eq!(other.get(&format!("/v2/connections/{connection}")).await.status, 200, "it is there");

    let stranger = BackEnd { server: other.server, key: api.key };
    let number = "00000000-0000-4000-8000-000000000000";
    for (id, kind, calls) in [
        (
            &business,
            "BIZ-",
            vec![
                ("GET", "/v2/businesses/ID", Value::Null),
                ("PUT", "/v2/businesses/ID", json!({"businessName": "Mine"})),
                ("DELETE", "/v2/businesses/ID", Value::Null),
                ("POST", "/v2/sessions", json!({"businessUuid": "ID"})),
                (
                    "POST",
                    "/v2/businesses/ID/connection/migrate",
                    json!({"serviceName": "xero", "refreshToken": "r"}),
                ),
            ],
        ),
        (
            &connection,
            "CON-",
            vec![
                ("GET", "/v2/connections/ID", Value::Null),
                ("GET", "/v2/connections/ID/company", Value::Null),
                ("GET", "/v2/connections/ID/access-token", Value::Null),
                ("GET", "/v2/connections/ID/proxy/invoices", Value::Null),
                ("POST", "/v2/connections/ID/untie", Value::Null),
                ("PUT", "/v2/connections/disconnect", json!({"connectionId": "ID"})),
                ("DELETE", "/v2/connections/ID", Value::Null),
            ],
        ),
        (&visit, "VIS-", vec![("POST", "/v2/sessions", json!({"visitId": "ID"}))]),
        (
            &webhook,
            "WHK-",
            vec![
                ("GET", "/v2/webhooks/ID", Value::Null),
                ("PATCH", "/v2/webhooks/ID", json!({"description": "mine"})),
                ("GET", "/v2/webhooks/ID/deliveries", Value::Null),
                ("POST", "/v2/webhooks/ID/rotateSecret", json!({})),
                ("DELETE", "/v2/webhooks/ID", Value::Null),
            ],
        ),
    ] {
        let made_up = format!("{kind}{number}");
        for (method, path, body) in calls {
            let ask = async |id: &str| {
                let body = if body.is_null() { String::new() } else { body.to_string().replace("ID", id) };
                words(&stranger.ask(method, &path.replace("ID", id), &body).await, id)
            };
            let there = ask(id).await;
            assert_eq!(there.0, 404, "{method} {path}: {}", there.1);
            assert_eq!(there, ask(&made_up).await, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_page_is_told_of_a_foreign_business_what_it_is_told_of_a_made_up_one() {
    let api = BackEnd::new().await;
    let quay = api.server.session_of(SANDBOX, "Quay").await.business_uuid.to_string();
    let ask = async |id: &str| {
        let path = format!("/widget/session/{LIVE}?businessUuid={id}");
        words(&api.server.ask("POST", &path, None, "{}").await, id)
    };
    let foreign = ask(&quay).await;
    assert_eq!(foreign.0, 404, "{}", foreign.1);
    assert_eq!(foreign, ask("BIZ-00000000-0000-4000-8000-000000000000").await);
}
