//! A form's field with its label, its hint and what is wrong with it, and the button that sends the form.

use super::element::{View, element};

/// A field of a form.
pub(crate) struct Field<'a> {
    /// Its name in the values that are sent, and its id.
    pub(crate) name: &'static str,
    /// The input's `type`.
    pub(crate) kind: &'static str,
    /// What it asks for.
    pub(crate) label: &'a str,
    /// How the answer looks.
    pub(crate) hint: Option<&'a str>,
    /// What stands in it at first.
    pub(crate) value: String,
    /// What is wrong with what was sent.
    pub(crate) problem: Option<String>,
}

/// Draws a field. What is wrong with it is read out at once, and again when the field is come to.
pub(crate) fn field(field: Field<'_>) -> View {
    let Field { name, kind, label, hint, value, problem } = field;
    let hint_id = [name, "-hint"].concat();
    let problem_id = [name, "-problem"].concat();
    let described = [hint.map(|_| hint_id.as_str()), problem.as_ref().map(|_| problem_id.as_str())];
    let described: Vec<_> = described.into_iter().flatten().collect();
    let input = element("INPUT")
        .attribute("id", name)
        .attribute("name", name)
        .attribute("type", kind)
        .attribute("autocomplete", "off")
        .attribute("autocapitalize", "none")
        .attribute("spellcheck", "false")
        .attribute("value", value)
        .attribute("aria-describedby", described.join(" "))
        .attribute("aria-invalid", if problem.is_some() { "true" } else { "false" });
    let hint = hint.map(|hint| element("P").class("hint").attribute("id", hint_id.clone()).text(hint).done());
    let problem = element("P")
        .class("problem")
        .attribute("id", problem_id.clone())
        .attribute("role", "alert")
        .text(problem.unwrap_or_default())
        .done();
    element("DIV")
        .class("field")
        .child(element("LABEL").attribute("for", name).text(label).done())
        .children(hint)
        .child(input.done())
        .child(problem)
        .done()
}

/// The button that sends the form.
pub(crate) fn send_button(action: &'static str, words: impl Into<String>) -> View {
    element("BUTTON")
        .attribute("type", "submit")
        .class("action primary")
        .attribute("data-action", action)
        .text(words)
        .done()
}
