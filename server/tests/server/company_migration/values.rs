//! What was stored is read back as the same values.

use connect_server::domain::company::{
    AddressVariables, ChoiceOrigin, Company, CompanyBinding, PendingChoice,
};
use jiff::Timestamp;
use railz_connect_contract::{AttemptId, ConnectionId};
use serde_json::json;

use super::rows::{LATER, bank};
use super::{migrate, pool};

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

fn named(id: &str, name: &str) -> Company {
    Company { name: Some(name.to_owned()), ..Company::of_id(id) }
}

#[tokio::test]
async fn every_binding_of_the_version_before_is_read_back_as_the_same_values() {
    let it = migrate().await;
    let asker = json!({"widget": "PROD_demo", "business": "BIZ-1", "visit": it.visit});
    let number = Company { number: Some("0042".to_owned()), ..named("4620816365", "Heron") };
    let netsuite = Company { number: Some("TD1234".to_owned()), ..Company::of_id("TD1234") };
    let entity = Company {
        identity: "harbour|100".to_owned(),
        entity: Some("100".to_owned()),
        ..named("harbour", "Harbour & Sons")
    };
    let bank_company = Company { identity: "ins_1|fingerprint".to_owned(), ..named("item-1", "First Bank") };
    let scopes = |scopes: &[&str]| scopes.iter().map(|&scope| scope.to_owned()).collect::<Vec<_>>();
    let expected = [
        binding("CON-plain", Some(named("x-1", "Finch & Sons")), 1),
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
            ..binding("CON-dynamics", Some(named("https://a.operations.dynamics.com/USMF", "Quay")), 1)
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
                "proved": it.password, "offered": ["b25l", "dHdv"], "asker": asker,
                "round": {"ticket": "dGlja2V0", "password": "b25l", "until": 1_772_357_400_000_i64, "asked": true,
                          "error": "No company file is open."},
            }),
            ..binding("CON-desktop", Some(named("Finch & Sons", "Finch & Sons")), 9)
        },
        CompanyBinding { service_data: bank(), ..binding("CON-bank", Some(bank_company), 4) },
        CompanyBinding {
            service_data: bank(),
            duplicate_for: Some(it.visit.clone()),
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
        visit: it.app.store.attempt(&AttemptId::new("ATT-1")).await.unwrap().map(|attempt| attempt.visit),
        companies: vec![named("1001", "Zebra \"Z\""), second, named("999", "Of the first shape")],
        expires_at: until,
    };
    let entity = |id: &str, name: &str| Company {
        identity: format!("harbour|{id}"),
        entity: Some(id.to_owned()),
        ..named("harbour", name)
    };
    let of_credentials = PendingChoice {
        connection: ConnectionId::new("CON-waiting"),
        origin: ChoiceOrigin::Credentials(it.sealed.clone()),
        visit: None,
        companies: vec![entity("200", "Harbour North"), entity("100", "Harbour & Sons")],
        expires_at: until,
    };
    for expected in [of_sign_in, of_credentials] {
        let read = it.app.store.pending_choices_at(&expected.connection, it.app.now()).await.unwrap().pop();
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
