//! Services that people connect by what they type, or by a file they take to another program, instead of a window.
//!
//! What was typed is never kept here: the form stays drawn while it is checked, and its values travel in the event that
//! sends it and in the request. The steps of the journey are in `update/entering.rs` and `update/connector.rs`.

use railz_connect_contract::{Connection, ConnectionId, ConnectorPassword};

use crate::{FormValues, Guide, Ticket};

/// An entry under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The instructions.
    pub guide: Guide,
    /// The connection, where the server named it.
    pub connection_id: Option<ConnectionId>,
    /// How far it is.
    pub step: EntryStep,
}

/// How far an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryStep {
    /// `/services/url`, which begins the connection.
    Beginning(Ticket),
    /// The person fills in the form.
    Filling {
        /// The fields that are not right yet.
        problems: Vec<Field>,
        /// What became of the last try.
        trouble: Option<Setback>,
    },
    /// The credentials are being tried.
    Checking(Ticket),
    /// They were right; the status will say how it ended.
    Confirming(Ticket),
    /// The person takes a file to QuickBooks Web Connector, and the status is asked until it has called.
    Connector(Box<Connector>),
}

/// What QuickBooks Web Connector needs, and what was seen since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connector {
    /// Where people get it.
    pub url: String,
    /// The file it takes.
    pub file: String,
    /// The password it asks for.
    pub password: ConnectorPassword,
    /// Whether the password can be read.
    pub revealed: bool,
    /// What the last press led to.
    pub note: Option<Note>,
    /// The connection as it was seen last.
    pub seen: Option<Box<Connection>>,
    /// How the status is watched.
    pub watch: Watch,
}

/// How the status is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watch {
    /// It is asked for.
    Asking(Ticket),
    /// A short rest before the next question.
    Resting(Ticket),
}

/// What a press on the connector's screen led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// The password is in the clipboard.
    Copied,
    /// The browser did not allow that.
    NotCopied,
    /// The file was handed to the browser.
    Saved,
    /// The password can be read.
    Revealed,
    /// It cannot be read any more.
    Hidden,
}

/// Why credentials did not lead to a connection; the form is kept, so that they can be put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setback {
    /// In the server's words.
    Said(String),
    /// They are wrong.
    Refused,
    /// Nobody answered.
    Unreachable,
}

/// What a form of credentials asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CredentialForm {
    /// An access token of Oracle NetSuite.
    Netsuite,
    /// A web services user of Sage Intacct.
    Intacct,
}

/// A field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The account's own address at NetSuite.
    AccountAddress,
    /// How many requests NetSuite may be asked at a time.
    Concurrency,
    /// The id of the access token.
    TokenId,
    /// The secret of the access token.
    TokenSecret,
    /// The company's id at Intacct.
    CompanyId,
    /// The web services user's id.
    UserId,
    /// The web services user's password.
    UserPassword,
    /// Business Central: the list of vendors' bank accounts.
    VendorList,
    /// Business Central: the card of a vendor's bank account.
    VendorCard,
    /// Business Central: the list of customers' bank accounts.
    CustomerList,
    /// Business Central: the card of a customer's bank account.
    CustomerCard,
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Takes {
    /// Any text, but some.
    Text,
    /// A text that nobody should read over a shoulder.
    Secret,
    /// A web address.
    Address,
    /// A web address, or nothing.
    SecureAddressOrNothing,
    /// A whole number from 1 to 140.
    Count,
}

impl CredentialForm {
    /// The fields in their order.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Netsuite => {
                &[Field::AccountAddress, Field::Concurrency, Field::TokenId, Field::TokenSecret]
            }
            Self::Intacct => &[Field::CompanyId, Field::UserId, Field::UserPassword],
        }
    }
}

impl Field {
    /// The field's name in the form and in the request (section 3.2, calls 9 to 11).
    pub fn name(self) -> &'static str {
        match self {
            Self::AccountAddress => "accountId",
            Self::Concurrency => "concurrency",
            Self::TokenId => "tokenId",
            Self::TokenSecret => "tokenSecret",
            Self::CompanyId => "companyId",
            Self::UserId => "userId",
            Self::UserPassword => "userPassword",
            Self::VendorList => "vendorBankAccountList",
            Self::VendorCard => "vendorBankAccountCard",
            Self::CustomerList => "customerBankAccountList",
            Self::CustomerCard => "customerBankAccountCard",
        }
    }

    /// What it takes.
    pub fn takes(self) -> Takes {
        match self {
            Self::AccountAddress => Takes::Address,
            Self::Concurrency => Takes::Count,
            Self::TokenSecret | Self::UserPassword => Takes::Secret,
            Self::TokenId | Self::CompanyId | Self::UserId => Takes::Text,
            Self::VendorList | Self::VendorCard | Self::CustomerList | Self::CustomerCard => {
                Takes::SecureAddressOrNothing
            }
        }
    }

    fn read(self, values: &FormValues) -> Option<String> {
        let value = values.get(self.name());
        let right = match self.takes() {
            Takes::Text => !value.is_empty(),
            // White space may be part of a password.
            Takes::Secret => {
                return Some(values.raw(self.name()).to_owned()).filter(|raw| !raw.trim().is_empty());
            }
            Takes::Address => return address(value),
            Takes::SecureAddressOrNothing => {
                value.is_empty() || (value.starts_with("https://") && address(value).is_some())
            }
            Takes::Count => value.parse().is_ok_and(|count: u32| (1..=140).contains(&count)),
        };
        right.then(|| value.to_owned())
    }
}

/// A web address as it is meant: people copy them without their beginning.
fn address(value: &str) -> Option<String> {
    let whole = if value.contains("://") { value.to_owned() } else { format!("https://{value}") };
    let host = whole.strip_prefix("https://").or_else(|| whole.strip_prefix("http://"))?;
    let named = host.contains('.') && !host.starts_with(['.', '/']);
    (named && !host.contains(char::is_whitespace)).then_some(whole)
}

/// What was filled in, ready to travel.
///
/// # Errors
/// The fields that are not right, in their order.
pub(crate) fn read(fields: &[Field], values: &FormValues) -> Result<FormValues, Vec<Field>> {
    let (mut right, mut wrong) = (Vec::new(), Vec::new());
    for field in fields {
        match field.read(values) {
            Some(value) => right.push((field.name().to_owned(), value)),
            None => wrong.push(*field),
        }
    }
    if wrong.is_empty() { Ok(FormValues(right)) } else { Err(wrong) }
}
