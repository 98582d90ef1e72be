//! Which names may be asked for, what type they have, and for how long a browser may keep what it got.
//!
//! A name is all that is looked at, so nothing outside the folder and nothing hidden in it can be reached.

/// A file's name that may be served: plain, and with an ending that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileName {
    /// The name, without any folder.
    pub name: String,
    /// What `Content-Type` says.
    pub content_type: &'static str,
    /// Whether the name changes with the content.
    pub stability: Stability,
}

/// What a name says about the content behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stability {
    /// The name carries a hash of the content, so there is never anything else behind it.
    NamedByContent,
    /// The name stays while the content changes from build to build.
    Changing,
}

/// How many hexadecimal digits a hash has (`npm/server-files.mjs`). A date in a name is none.
const HASH_LENGTH: usize = 16;

impl FileName {
    /// Takes a name that somebody asked for; nothing for one that may not be served.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
        let (stem, ending) = name.rsplit_once('.')?;
        if !plain || stem.is_empty() || stem.starts_with('.') {
            return None;
        }
        let content_type = match ending {
            "js" | "mjs" => "text/javascript; charset=utf-8",
            "wasm" => "application/wasm",
            "css" => "text/css; charset=utf-8",
            "json" | "map" => "application/json",
            "svg" => "image/svg+xml",
            _ => return None,
        };
        Some(Self { name: name.to_owned(), content_type, stability: Stability::of(stem) })
    }
}

impl Stability {
    /// Of the name in front of the ending: `engine-0a1b2c3d4e5f6071` is named by its content, `guide-xero` is not.
    fn of(stem: &str) -> Self {
        let is_hash = |text: &str| {
            text.len() == HASH_LENGTH
                && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        };
        match stem.rsplit_once('-') {
            Some((name, hash)) if !name.is_empty() && is_hash(hash) => Self::NamedByContent,
            _ => Self::Changing,
        }
    }

    /// What `Cache-Control` says. What changes is asked for anew each time (a 304 of a few bytes, by `ETag`) and not kept
    /// for some minutes: a new build counts from the next page on, and one that was taken back is gone as soon.
    pub(super) fn cache_control(self) -> &'static str {
        match self {
            Self::NamedByContent => "public, max-age=31536000, immutable",
            Self::Changing => "no-cache",
        }
    }
}
