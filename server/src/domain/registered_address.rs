//! Where people may be sent when they are done: success pages and redirect addresses, registered with a widget.
//!
//! Scheme, host and port must be the same, and the path must begin with the registered one, by whole segments. What
//! browsers read differently from how it looks (user names, encoded slashes) is refused instead of guessed at.

use std::{fmt, str::FromStr};

use url::Url;

use super::origin::OriginPattern;

/// The longest address that is accepted, in bytes; servers on the way refuse longer ones.
const LONGEST: usize = 2048;

/// Schemes that browsers run, open or keep for themselves; no app can have one of them.
const NEVER_AN_APPS: [&str; 16] = [
    "about",
    "blob",
    "chrome",
    "data",
    "file",
    "filesystem",
    "ftp",
    "intent",
    "javascript",
    "mailto",
    "sms",
    "tel",
    "vbscript",
    "view-source",
    "ws",
    "wss",
];

/// An address that the operator registered, which stands for everything below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredAddress {
    place: Place,
    path: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// A site, by its origin.
    Site(OriginPattern),
    /// An app, by its scheme, and by what stands where sites have their host.
    App { scheme: String, authority: Option<String> },
}

/// Why a text cannot be registered as an address.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} cannot be registered as an address: give scheme, host and path, such as https://app.example/connected, \
     http on loopback hosts only (http://127.0.0.1:*/connected), or an app's own scheme (com.example.app:/connected); \
     no user name, no query and no fragment"
)]
pub struct RegisteredAddressError(pub String);

/// Why people are not sent to an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not absolute, too long, or with letters that do not belong into one.
    #[error(
        "this is no address: give it whole, such as https://app.example/connected, in at most 2048 letters"
    )]
    NotAbsolute,
    /// A user name or password stands before the host, where people take it for the host.
    #[error("the address of {0} has a user name or password before its host: leave that out")]
    UserName(String),
    /// Nothing that is registered stands for it.
    #[error(
        "the address {0} is not registered with this widget: register it with \
         `connect-server widget set --success-address`, or use one that is"
    )]
    NotRegistered(String),
}

impl RegisteredAddress {
    /// Whether an address is this one or below it. Query and fragment are the page's own.
    pub fn matches(&self, address: &Url) -> bool {
        let same_place = match &self.place {
            Place::Site(origin) => {
                is_site(address) && origin.matches(&address.origin().ascii_serialization())
            }
            Place::App { scheme, authority } => {
                address.scheme() == scheme && authority_of(address) == *authority
            }
        };
        same_place && is_below(&self.path, address.path())
    }
}

/// Reads an address that people are to be sent to.
///
/// # Errors
/// [`AddressError`], where it is none that every browser reads alike.
pub fn read(address: &str) -> Result<Url, AddressError> {
    // Browsers pass over such letters, other readers do not.
    let odd = |letter: char| letter.is_control() || letter.is_whitespace() || letter == '\\';
    if address.len() > LONGEST || address.contains(odd) {
        return Err(AddressError::NotAbsolute);
    }
    let url = Url::parse(address).map_err(|_| AddressError::NotAbsolute)?;
    // `http:app.example` is a site to whoever reads it alone, and a path of its own to a page of the same scheme.
    let behind_scheme = address.get(url.scheme().len()..).unwrap_or_default();
    let is_whole = behind_scheme.starts_with("://") && !behind_scheme.starts_with(":///");
    if is_site(&url) && !is_whole {
        return Err(AddressError::NotAbsolute);
    }
    if has_user_name(&url) { Err(AddressError::UserName(shown(&url))) } else { Ok(url) }
}

/// An address without what may be private in it: user name, query and fragment.
pub fn shown(address: &Url) -> String {
    match authority_of(address) {
        Some(authority) => format!("{}://{authority}{}", address.scheme(), address.path()),
        None => format!("{}:{}", address.scheme(), address.path()),
    }
}

/// Whether an address is of a site. Others may carry a site's origin too, as `blob:https://app.example/…` does.
pub(super) fn is_site(address: &Url) -> bool {
    matches!(address.scheme(), "https" | "http")
}

fn has_user_name(address: &Url) -> bool {
    !address.username().is_empty() || address.password().is_some()
}

fn authority_of(address: &Url) -> Option<String> {
    let host = address.host_str()?;
    Some(address.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

/// Whether a path is another one or lies below it, by whole segments: `/done` means `/done/x` and not `/done2`.
fn is_below(registered: &str, path: &str) -> bool {
    let Some(rest) = path.strip_prefix(registered) else { return false };
    // Some servers take these for the separators that no browser sees in them, or read a segment up to its semicolon
    // (RFC 3986 section 3.3), and leave the folder.
    let lower = rest.to_ascii_lowercase();
    let lower = lower.replace("%2e", ".").replace("%3b", ";");
    let leaves = |segment: &str| segment == ".." || segment.starts_with("..;");
    let hidden = lower.contains("%2f") || lower.contains("%5c") || lower.split('/').any(leaves);
    let whole = rest.is_empty() || rest.starts_with('/') || registered.ends_with('/');
    whole && (!hidden || registered == "/")
}

impl FromStr for RegisteredAddress {
    type Err = RegisteredAddressError;

    fn from_str(text: &str) -> Result<Self, RegisteredAddressError> {
        let refused = || RegisteredAddressError(text.to_owned());
        if text.len() > LONGEST
            || text.contains(|letter: char| letter.is_control() || " ?#\\".contains(letter))
        {
            return Err(refused());
        }
        let (scheme, rest) = text.split_once(':').ok_or_else(refused)?;
        if matches!(scheme, "https" | "http") {
            let after = rest.strip_prefix("//").ok_or_else(refused)?;
            let (authority, path) = after.split_at(after.find('/').unwrap_or(after.len()));
            let origin = format!("{scheme}://{authority}").parse().map_err(|_| refused())?;
            let path = Url::parse(&format!("https://path.invalid{path}")).map_err(|_| refused())?;
            return Ok(Self { place: Place::Site(origin), path: path.path().to_owned() });
        }
        let url = Url::parse(text).map_err(|_| refused())?;
        if is_site(&url) || has_user_name(&url) || NEVER_AN_APPS.contains(&url.scheme()) {
            return Err(refused());
        }
        let authority = authority_of(&url);
        if authority.is_none() && url.path().trim_matches('/').is_empty() {
            return Err(refused());
        }
        let place = Place::App { scheme: url.scheme().to_owned(), authority };
        Ok(Self { place, path: url.path().to_owned() })
    }
}

impl fmt::Display for RegisteredAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Site(origin) => write!(formatter, "{origin}{}", self.path),
            Place::App { scheme, authority: Some(authority) } => {
                write!(formatter, "{scheme}://{authority}{}", self.path)
            }
            Place::App { scheme, authority: None } => write!(formatter, "{scheme}:{}", self.path),
        }
    }
}
