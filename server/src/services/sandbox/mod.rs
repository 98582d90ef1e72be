//! What stands behind a sandbox connection: the books of one bakery that does not exist, to be read and never written.
//!
//! `books.json` has all of it. Whoever connected the case without data reads the same company with nothing in its books.

use std::sync::LazyLock;

use railz_connect_contract::UseCase;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::domain::company::{Company, CompanyBinding};
use crate::domain::company_details::CompanyDetails;

/// How many entries a page has where nobody says it.
const USUAL: usize = 20;

/// The most entries of a page.
const MOST: usize = 100;

/// The company as it stands in the file.
#[derive(Default, Deserialize)]
struct PlayedCompany {
    id: String,
    name: String,
    #[serde(flatten)]
    details: CompanyDetails,
}

/// The whole file.
#[derive(Default, Deserialize)]
struct Books {
    company: PlayedCompany,
    accounts: Vec<Value>,
    customers: Vec<Value>,
    invoices: Vec<Value>,
}

/// A test reads the file, so that it is never without anything.
static BOOKS: LazyLock<Books> =
    LazyLock::new(|| serde_json::from_str(include_str!("books.json")).unwrap_or_default());

/// What a sandbox connection remembers beside itself.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SandboxData {
    use_case: UseCase,
}

/// What is to be remembered of a sandbox connection that was made with this case.
pub fn service_data(use_case: UseCase) -> Value {
    json!(SandboxData { use_case })
}

/// The company behind every sandbox connection.
pub fn company() -> Company {
    let PlayedCompany { id, name, details } = &BOOKS.company;
    Company { name: Some(name.clone()), details: details.clone(), ..Company::of_id(id) }
}

/// Why there is no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sandbox has company, accounts, customers and invoices, and nothing else")]
pub struct NoResourceError;

/// What the sandbox answers for a resource and a query: the company, or a page (`page` from 1, `limit` up to 100).
///
/// # Errors
/// [`NoResourceError`].
pub fn read(
    binding: Option<&CompanyBinding>,
    resource: &str,
    query: Option<&str>,
) -> Result<Value, NoResourceError> {
    let is_empty = binding
        .and_then(CompanyBinding::service_data::<SandboxData>)
        .is_some_and(|data| data.use_case == UseCase::DataEmpty);
    let entries: &[Value] = match resource.trim_end_matches('/') {
        "company" => {
            let PlayedCompany { id, name, details } = &BOOKS.company;
            let mut company = json!({ "sandbox": true, "id": id, "name": name });
            if let (Some(company), Value::Object(details)) = (company.as_object_mut(), json!(details)) {
                company.extend(details);
            }
            return Ok(company);
        }
        "accounts" | "customers" | "invoices" if is_empty => &[],
        "accounts" => &BOOKS.accounts,
        "customers" => &BOOKS.customers,
        "invoices" => &BOOKS.invoices,
        _ => return Err(NoResourceError),
    };
    let number = |wanted: &str| {
        let mut pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        pairs.find(|(name, _)| name == wanted).and_then(|(_, value)| value.parse::<usize>().ok())
    };
    let (page, limit) = (number("page").unwrap_or(1).max(1), number("limit").unwrap_or(USUAL).clamp(1, MOST));
    let data: Vec<_> = entries.iter().skip((page - 1).saturating_mul(limit)).take(limit).collect();
    Ok(json!({ "sandbox": true, "page": page, "count": entries.len(), "data": data }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_can_be_read_and_its_invoices_are_to_its_customers() {
        let company = company();
        assert_eq!(company.details.currency.as_deref(), Some("EUR"));
        assert!(company.name.unwrap().contains("sandbox"), "nobody takes it for a customer");
        assert!(BOOKS.accounts.len() >= 10 && BOOKS.invoices.len() >= 20);
        for invoice in &BOOKS.invoices {
            assert!(
                BOOKS.customers.iter().any(|customer| customer["id"] == invoice["customerId"]),
                "{invoice}"
            );
        }
    }

    #[test]
    fn pages_end_where_the_entries_end() {
        let page = |query| read(None, "invoices", Some(query)).unwrap();
        assert_eq!(page("limit=5&page=2")["data"][0]["number"], "INV-0006");
        for beyond in ["page=99", "page=18446744073709551615&limit=100", "page=2&limit=100"] {
            assert_eq!(page(beyond)["data"], json!([]), "{beyond}");
        }
        assert_eq!(page("limit=0&page=0")["data"].as_array().unwrap().len(), 1);
        assert_eq!(read(None, "payroll", None), Err(NoResourceError));
    }
}
