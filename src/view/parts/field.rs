//! One line of text to fill in, with its label, a hint, and what would be right where it is not.

use leptos::prelude::*;

use super::element::element;

/// A line to fill in.
pub(crate) struct Line {
    /// Its name and id.
    pub(crate) name: &'static str,
    /// Its label.
    pub(crate) label: String,
    /// What helps to fill it in.
    pub(crate) hint: Option<String>,
    /// What would be right, where it is not.
    pub(crate) problem: Option<String>,
    /// How it is typed: `text`, `url`, `numeric`, or `password` for what nobody should read over a shoulder.
    pub(crate) typing: &'static str,
    /// Whether it may be left empty.
    pub(crate) optional: bool,
}

impl Line {
    pub(crate) fn draw(self) -> AnyView {
        let Self { name, label, hint, problem, typing, optional } = self;
        let below = |kind: &str| format!("{name}-{kind}");
        let about = |kind: &'static str, words: Option<String>| {
            // Its place is there without words too, so that the line beside it stays the one that has the focus.
            words.map_or_else(
                || ().into_any(),
                |words| element("P").class(kind).attribute("id", below(kind)).text(words).done(),
            )
        };
        let described: Vec<_> = [("hint", hint.is_some()), ("problem", problem.is_some())]
            .into_iter()
            .filter_map(|(kind, there)| there.then(|| below(kind)))
            .collect();
        let secret = typing == "password";
        let mut input = element("INPUT")
            .attribute("id", name)
            .attribute("name", name)
            .attribute("type", if secret { typing } else { "text" })
            .attribute("inputmode", if secret { "text" } else { typing })
            .attribute("autocomplete", "off")
            .attribute("autocapitalize", "none")
            .attribute("spellcheck", "false")
            .attribute("aria-describedby", described.join(" "));
        if problem.is_some() {
            input = input.attribute("aria-invalid", "true");
        }
        if !optional {
            input = input.attribute("required", "");
        }
        element("DIV")
            .class("field")
            .child(element("LABEL").attribute("for", name).text(label).done())
            .child(about("hint", hint))
            .child(input.done())
            .child(about("problem", problem))
            .done()
    }
}
