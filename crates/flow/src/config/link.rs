//! The two links of the host's under the buttons. As in 2.23 the option named `…Title` is where a link leads, and the one
//! named `…Body` is its words; either may be the key of a label of the host's.

use super::error::ConfigError;
use super::host_options::HostOptions;
use super::option_reader::OptionReader;

/// A link of the host's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostLink {
    /// Whether the host wants it. Some plans do not let it be left out.
    pub wanted: bool,
    /// Where it leads; without it there is no link.
    pub target: Option<String>,
    /// Its words, where the host has some.
    pub words: Option<String>,
}

impl Default for HostLink {
    fn default() -> Self {
        Self { wanted: true, target: None, words: None }
    }
}

pub(super) fn terms(reader: &OptionReader<'_>) -> HostLink {
    let mut link = read(
        reader,
        ["options.components.terms", "options.components.termsTitle", "options.components.termsBody"],
        "terms.link",
    );
    if reader.options.terms_hidden {
        link.target = None;
    }
    link
}

pub(super) fn help(reader: &OptionReader<'_>) -> HostLink {
    read(
        reader,
        [
            "options.components.helpLink",
            "options.components.helpLinkTitle",
            "options.components.helpLinkBody",
        ],
        "helpLink.linkLocation",
    )
}

fn read(reader: &OptionReader<'_>, [wanted, target, words]: [&'static str; 3], label: &str) -> HostLink {
    let options = reader.options;
    let text = |path| reader.text_at(path).map(|text| label_of(options, &text).unwrap_or(text));
    let address = text(target).or_else(|| label_of(options, label)).map(|written| {
        web_address(&written).ok_or_else(|| ConfigError::wrong(target, &written, "an http or https address"))
    });
    HostLink {
        wanted: reader.bool_at(wanted).unwrap_or(true),
        target: address.and_then(|address| reader.keep(address)),
        words: text(words),
    }
}

/// The host's label of this key.
fn label_of(options: &HostOptions, key: &str) -> Option<String> {
    options.labels.iter().find(|(one, _)| one == key).map(|(_, text)| text.clone())
}

/// The address as the browser will read it; `https://` is put before what has no scheme. None for any other scheme: it
/// would run, or open, in the host's page.
fn web_address(written: &str) -> Option<String> {
    let written = written.trim();
    let lower = written.to_ascii_lowercase();
    if lower.starts_with("https://")
        || lower.starts_with("http://")
        || written.starts_with(['/', '.', '#', '?'])
    {
        return Some(written.to_owned());
    }
    let before_the_path = written.split('/').next().unwrap_or_default();
    (!before_the_path.contains(':')).then(|| ["https://", written].concat())
}
