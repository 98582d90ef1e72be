//! The rows of a database of the version before 0007: one business, whose connections show every shape of company.

use serde_json::{Value, json};

/// A year from the tests' now on, in milliseconds.
pub const LATER: &str = "1803893400000";
pub const LOGO: &str = "iVBORw0KGgpyZXN0";

/// Rows of connections that are gone, as an operator's own `DELETE` leaves them where foreign keys are off.
pub const LEFT_OVER: &str = r#"
    PRAGMA foreign_keys = OFF;
    INSERT INTO ties (connection_id, service, place) VALUES ('CON-gone', 'xero', '{}');
    INSERT INTO choices VALUES ('CON-gone', 'ATT-gone', '[{"id":"1","name":null}]', 1803893400000);
    INSERT INTO special_details VALUES ('CON-gone-too', NULL,
        '{"company":null,"duplicate_for":null,"own":{"waiting":{"company":"a","sealed":"b","until":1,"entities":[]}}}', 1);
    PRAGMA foreign_keys = ON;
"#;

/// The rows of one business, whose connections show every shape that was stored.
pub fn filled(session: &str, sealed: &str, password: &str) -> String {
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
    let asker = format!(r#"{{"widget":"PROD_demo","business":"BIZ-1","session":"{session}"}}"#);
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
            ('CON-untold', 'xero', NULL, NULL, NULL, '{{}}', '[]'),
            ('CON-netsuite', 'oracleNetsuite', 'of-a-tie', NULL, NULL, '{{}}', '[]');
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
              "name":"Finch & Sons","number":null}},"duplicate_for":null,"own":{{"proved":"{password}",
              "offered":["b25l","dHdv"],"asker":{asker},"round":{{"ticket":"dGlja2V0","password":"b25l",
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

pub fn bank() -> Value {
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
