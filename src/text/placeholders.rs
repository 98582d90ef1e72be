//! Placeholders such as `{service}` within a text, our own or a host's, are replaced as text: no value becomes markup.

use railz_connect_flow::substring::replace;

/// The text with each placeholder (with its braces) replaced by its value, in the order given: a value that holds a later
/// placeholder is filled as well.
pub(super) fn fill_in<'a>(
    text: String,
    placeholders: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> String {
    placeholders.into_iter().fold(text, |text, (name, value)| replace(&text, name, value))
}
