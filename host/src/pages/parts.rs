//! Pieces of several pages: what is known of a company, a status, a moment.

use maud::{Markup, html};

use crate::company::{Company, Shown};
use crate::connections::Connection;
use crate::services;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A name and its value.
pub(super) fn row(name: &str, id: &str, value: &str) -> Markup {
    html! { div { dt { (name) } dd id=(id) { (value) } } }
}

/// "Juniper Bakery at Xero", or the service alone.
pub(super) fn company_and_service(connection: &Connection, company: &Shown<Company>) -> String {
    let service = services::label(&connection.service_name);
    let told = company.as_ref().ok().and_then(|company| company.name.as_deref());
    if let Some(name) = told.or(connection.account_name.as_deref()) {
        return format!("{name} at {service}");
    }
    let mut letters = service.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What is known of the company, a row each.
pub(super) fn company_rows(company: &Shown<Company>) -> Markup {
    let company = match company {
        Ok(company) => company,
        Err(sentence) => return row("Company", "company-name", sentence),
    };
    let year = company.fiscal_year_start_month.map(usize::from).and_then(|month| month.checked_sub(1));
    let year = year.and_then(|month| MONTHS.get(month)).map(|month| format!("begins in {month}"));
    let unknown = if company.is_unknown { "the service cannot tell" } else { "the service tells none" };
    html! {
        (row("Company", "company-name", company.name.as_deref().unwrap_or(unknown)))
        @for (name, id, value) in [
            ("Legal name", "legal-name", &company.legal_name),
            ("Country", "country", &company.country),
            ("Currency", "currency", &company.currency),
            ("Fiscal year", "fiscal-year", &year),
        ] {
            @if let Some(value) = value { (row(name, id, value)) }
        }
    }
}

/// A status as a mark.
pub(super) fn status(status: &str) -> Markup {
    let kind = if status == "active" { "status good" } else { "status" };
    html! { span class=(kind) data-status=(status) { (status) } }
}

/// What is said of a connection for which no more than a page speaks (`openSession`).
pub(super) const UNCONFIRMED: &str =
    "somebody on a page, not confirmed: ask the business before you rely on it";

/// The same as a mark.
pub(super) fn unconfirmed() -> Markup {
    html! { span.status data-open-session title=(UNCONFIRMED) { "not confirmed" } }
}

/// A moment as the server writes it (RFC 3339, UTC), to the minute.
pub(super) fn moment(text: &str) -> Markup {
    let short: String =
        text.chars().take(16).map(|letter| if letter == 'T' { ' ' } else { letter }).collect();
    html! { time datetime=(text) { (short) " UTC" } }
}
