//! A company's books, made up: enough to show a page of data that was read with an access token.
//!
//! The same company has the same books each time, and another one has others.

use serde_json::{Value, json};

use super::company::Company;

/// How many invoices a company has.
const INVOICES: usize = 42;

const CUSTOMERS: [&str; 6] = [
    "Larch & Sons",
    "Quayside Hotel",
    "Orchard Primary School",
    "Mill Lane Café",
    "Tern Ferries",
    "Elm Dental",
];

const ACCOUNTS: [(&str, &str, &str); 5] = [
    ("1000", "Current account", "asset"),
    ("1100", "Trade debtors", "asset"),
    ("2100", "Trade creditors", "liability"),
    ("4000", "Sales", "income"),
    ("5000", "Cost of sales", "expense"),
];

/// All entries of a resource of the books; nothing for a resource that they do not have.
pub fn entries(resource: &str, company: &Company) -> Option<Vec<Value>> {
    match resource {
        "accounts" => Some(
            ACCOUNTS
                .iter()
                .map(|(code, name, kind)| json!({"code": code, "name": name, "type": kind}))
                .collect(),
        ),
        "customers" => Some(
            (1..).zip(CUSTOMERS).map(|(id, name)| json!({"id": format!("C-{id}"), "name": name})).collect(),
        ),
        "invoices" => Some((0..INVOICES).map(|number| invoice(number, company)).collect()),
        _ => None,
    }
}

fn invoice(number: usize, company: &Company) -> Value {
    let seed = company.id.bytes().fold(number * 37, |sum, byte| sum + usize::from(byte));
    let cents = 1_250 + seed * 1_913 % 90_000;
    json!({
        "number": format!("INV-{:04}", number + 1),
        "customer": CUSTOMERS[seed % CUSTOMERS.len()],
        "date": format!("2026-{:02}-{:02}", number / 4 + 1, seed % 28 + 1),
        "total": format!("{}.{:02}", cents / 100, cents % 100),
        "status": if seed.is_multiple_of(3) { "open" } else { "paid" },
    })
}
