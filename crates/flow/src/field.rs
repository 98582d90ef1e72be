//! The fields of the forms that people fill in while they connect a service, and what each takes.
//!
//! What was typed is never part of a state: the form stays drawn while it is checked, and its values travel in the event
//! that sends it and in the request.

use crate::form::FormValues;
use crate::substring;

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
    /// NetSuite's account: its web address, or its id alone.
    AccountAddress,
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
    /// The field's name in the form and in the request (contract rules C9 to C11).
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
            Self::AccountAddress => Takes::AccountAddress,
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
            Takes::AccountAddress if is_account_id(value) => true,
            Takes::AccountAddress => return address(value),
            Takes::SecureAddressOrNothing => {
                value.is_empty() || (value.starts_with("https://") && address(value).is_some())
            }
            Takes::Count => value.parse().is_ok_and(|count: u32| (1..=140).contains(&count)),
        };
        right.then(|| value.to_owned())
    }
}

/// NetSuite's account id alone, such as `1234567` or `1234567_SB1`; the server makes the address of it.
fn is_account_id(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// A web address as it is meant: people copy them without their beginning.
fn address(value: &str) -> Option<String> {
    let whole =
        if substring::contains(value, "://") { value.to_owned() } else { ["https://", value].concat() };
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
