//! The host's colours, font and logo (`theme`, and the older `brandColor` and `accentColor`), as they were written.
//!
//! Whether a colour is one, only the browser can say; what is none is passed over there, as in 2.23.

use super::host_options::HostOptions;
use super::raw_value::RawValue;

/// What the host wrote, by the option's path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme(pub Vec<(&'static str, String)>);

impl Theme {
    pub(super) fn read(options: &HostOptions) -> Self {
        let texts = options.more.iter().filter_map(|(path, value)| match value {
            RawValue::Text(text) if is_of_the_theme(path) && !text.trim().is_empty() => {
                Some((*path, text.trim().to_owned()))
            }
            _ => None,
        });
        Self(texts.collect())
    }

    /// What the host wrote under a path.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.iter().find(|(one, _)| *one == path).map(|(_, text)| text.as_str())
    }
}

fn is_of_the_theme(path: &str) -> bool {
    path.starts_with("theme.") || matches!(path, "brandColor" | "accentColor")
}
