//! How a service is asked about one company with the access token. Data, as in `profile.rs`; `company_lookup.rs` asks.
//!
//! The question serves twice: a company that a callback names is believed only where the answer confirms it, and the
//! answer tells what the company is called and where it is. Positions are JSON pointers (RFC 6901).

use super::address_template::AddressTemplate;

/// The question about one company, and where its answer says what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyLookup {
    /// Where the company is asked for. `{company}` is its id; other variables are those of the service's addresses.
    pub address: AddressTemplate,
    /// How it is asked for there.
    pub request: LookupRequest,
    /// How the access token travels.
    pub token_header: TokenHeader,
    /// Headers beside those of the token: name, and value with variables (`{company}`, `{client_id}`).
    pub headers: Vec<(String, String)>,
    /// The beginning of a scope without which the service refuses the question; it is not asked where none was wanted.
    pub needed_scope: Option<String>,
    /// Where the answer repeats the company's id, which must be the one asked for. Where it does not repeat it, that the
    /// token may read this company's own address is the confirmation.
    pub id: Option<String>,
    /// Where the answer has the company's name; an answer without one confirms nothing.
    pub name: String,
    /// Where it has what else is known of the company.
    pub details: DetailPositions,
}

/// How a company is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookupRequest {
    /// `GET` of the address.
    Get,
    /// A query of GraphQL, posted as JSON with the company's id as the variable `id`.
    GraphQl(String),
}

/// How an access token travels to a service's API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenHeader {
    /// `Authorization`, behind this word (RFC 6750 has `Bearer`).
    Authorization(String),
    /// A header of the service's own, with the token alone in it.
    Named(String),
}

/// Where an answer says more of a company than its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DetailPositions {
    /// Its name in law.
    pub legal_name: Option<String>,
    /// Its country, in two letters (ISO 3166-1).
    pub country: Option<String>,
    /// The currency of its books, in three letters (ISO 4217).
    pub currency: Option<String>,
    /// When its fiscal year begins or ends.
    pub fiscal_year: Option<FiscalYearPositions>,
}

/// Where an answer tells the fiscal year. Months are numbers or English names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FiscalYearPositions {
    /// The month in which it begins.
    Start(String),
    /// The day and month on which it ends.
    End {
        /// Where the day of the month is.
        day: String,
        /// Where the month is.
        month: String,
    },
}
