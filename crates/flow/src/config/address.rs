//! Addresses that the host gives. The shell resolves them against the page's base; here their scheme is checked.

use super::error::ConfigError;
use super::raw_value::RawValue;

/// An address option as it came.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum AddressOption {
    /// Not given, `null`, `undefined` or `""`.
    #[default]
    Absent,
    /// A text, or what converts to one.
    Text(RawAddress),
    /// Something that is no text.
    Wrong(RawValue),
}

/// An address before and after the browser resolved it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawAddress {
    /// As the host wrote it.
    pub text: String,
    /// As the browser's URL parser reads it against the page's base; none if it cannot.
    pub resolved: Option<String>,
}

const EXPECTED: &str = "an http or https address";

/// Whether an absolute address is one of the web. Any other scheme would run, or open, in the host's page.
pub fn is_web_address(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// The text without the spaces around it, as JavaScript's `trim` takes them away: the loader reads the same addresses
/// (`npm/src/session-request.ts`). Rust's would take U+0085 and leave U+FEFF.
pub fn trim_address(text: &str) -> &str {
    text.trim_matches(|one: char| one == '\u{feff}' || (one.is_whitespace() && one != '\u{85}'))
}

impl AddressOption {
    /// The resolved address, if one was given and it is a web address.
    pub(crate) fn web_address(&self, option: &'static str) -> Result<Option<String>, ConfigError> {
        match self {
            Self::Absent => Ok(None),
            Self::Text(address) if trim_address(&address.text).is_empty() => Ok(None),
            Self::Text(RawAddress { resolved: Some(url), .. }) if is_web_address(url) => {
                Ok(Some(url.clone()))
            }
            Self::Text(address) => Err(ConfigError::wrong(option, &address.text, EXPECTED)),
            Self::Wrong(value) => match value.text(option, EXPECTED)? {
                None => Ok(None),
                Some(text) => Err(ConfigError::wrong(option, &text, EXPECTED)),
            },
        }
    }
}

impl AddressOption {
    /// A web address as the host wrote it where that is a whole one, else as it was resolved: what a provider has registered is
    /// compared letter by letter, and the browser's parser adds a slash.
    pub(crate) fn as_written(&self, resolved: String) -> String {
        match self {
            Self::Text(address) if is_web_address(trim_address(&address.text)) => {
                trim_address(&address.text).to_owned()
            }
            _ => resolved,
        }
    }
}

/// Whether an address, as the browser writes it, names a user or a password. No browser calls one that does.
pub(super) fn has_user_info(url: &str) -> bool {
    url.split('/').nth(2).is_some_and(|authority| authority.bytes().any(|byte| byte == b'@'))
}

/// Whether an address, as the browser writes it, has something behind its path, which would swallow a path put there.
pub(super) fn has_query_or_fragment(url: &str) -> bool {
    url.bytes().any(|byte| matches!(byte, b'?' | b'#'))
}
