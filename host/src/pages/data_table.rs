//! Data of a service as a table. Each service has its own names and shapes; this site shows the first list of records that it
//! finds, as it came.

use maud::{Markup, html};
use serde_json::{Map, Value};

use crate::company::Shown;

/// How many records and fields are shown.
const MOST_ROWS: usize = 8;
const MOST_COLUMNS: usize = 5;
/// How deep a list may be hidden in an answer.
const DEEPEST: usize = 4;

/// The invoices, or the sentence in their place.
pub(super) fn invoices_section(invoices: &Shown<Value>) -> Markup {
    let records = invoices.as_ref().map(|data| find_records(data, DEEPEST).unwrap_or_default());
    html! {
        section.panel.data {
            h2 { "Invoices" }
            @match records {
                Err(sentence) => { p id="no-data" { (sentence) } }
                Ok(records) if records.is_empty() => { p id="no-data" { "There are none yet." } }
                Ok(records) => {
                    p.hint { "Read from the service just now, through Connect." }
                    div.scroll tabindex="0" role="region" aria-label="Invoices" { (table(&records)) }
                }
            }
        }
    }
}

fn table(records: &[&Map<String, Value>]) -> Markup {
    let columns: Vec<&String> = records
        .first()
        .into_iter()
        .flat_map(|first| first.iter().filter(|(_, value)| text(value).is_some()).map(|(name, _)| name))
        .take(MOST_COLUMNS)
        .collect();
    html! {
        table id="data" {
            thead { tr { @for name in &columns { (heading(name, records)) } } }
            tbody {
                @for record in records.iter().take(MOST_ROWS) {
                    tr { @for name in &columns { (cell(record.get(name.as_str()))) } }
                }
            }
        }
    }
}

fn heading(name: &str, records: &[&Map<String, Value>]) -> Markup {
    let is_number = records.first().and_then(|first| first.get(name)).is_some_and(is_number);
    html! { th scope="col" class=[is_number.then_some("number")] { (spelled_out(name)) } }
}

fn cell(value: Option<&Value>) -> Markup {
    let shown = value.and_then(text).unwrap_or_default();
    html! { td class=[value.is_some_and(is_number).then_some("number")] { (shown) } }
}

/// Many services write amounts as text.
fn is_number(value: &Value) -> bool {
    value.is_number() || value.as_str().is_some_and(|text| text.parse::<f64>().is_ok_and(f64::is_finite))
}

/// The first list of records in an answer.
fn find_records(data: &Value, depth: usize) -> Option<Vec<&Map<String, Value>>> {
    match data {
        Value::Array(list) => {
            let records: Vec<_> = list.iter().filter_map(Value::as_object).collect();
            (!records.is_empty()).then_some(records)
        }
        Value::Object(fields) if depth > 0 => {
            fields.values().find_map(|value| find_records(value, depth - 1))
        }
        _ => None,
    }
}

/// A value that fits into a cell. A record within a record is shown by its name, if it has one.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.chars().take(80).collect()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        Value::Object(record) => {
            let name = ["name", "Name"].iter().find_map(|name| record.get(*name)?.as_str());
            name.map(|name| name.chars().take(80).collect())
        }
        Value::Null | Value::Array(_) => None,
    }
}

/// `dueDate` and `DueDate` as "Due date".
fn spelled_out(name: &str) -> String {
    let mut words = String::new();
    let mut was_lower = false;
    for letter in name.chars().take(40) {
        match letter {
            '_' | '-' => words.push(' '),
            upper if upper.is_uppercase() && was_lower => {
                words.push(' ');
                words.extend(upper.to_lowercase());
            }
            first if words.is_empty() => words.extend(first.to_uppercase()),
            other => words.push(other),
        }
        was_lower = letter.is_lowercase() || letter.is_ascii_digit();
    }
    words
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn drawn(data: &Value) -> String {
        invoices_section(&Ok(data.clone())).into_string()
    }

    #[test]
    fn the_first_list_of_records_is_shown_wherever_it_stands() {
        for data in [
            json!([{ "number": "I-1", "total": 12.5 }]),
            json!({ "meta": { "count": 1 }, "data": [{ "number": "I-1", "total": 12.5 }] }),
            json!({ "QueryResponse": { "Invoice": [{ "number": "I-1", "total": 12.5 }] } }),
        ] {
            let drawn = drawn(&data);
            assert!(drawn.contains("<td>I-1</td><td class=\"number\">12.5</td>"), "{drawn}");
        }
    }

    #[test]
    fn what_a_service_says_is_escaped_and_bounded() {
        let record = json!({ "<b>": "<script>", "a": [1], "customer": { "name": "Quay & Co" } });
        let drawn = drawn(&json!(vec![record; 30]));
        assert!(!drawn.contains("<script>") && !drawn.contains("<b>"), "{drawn}");
        assert!(drawn.contains("Quay &amp; Co"), "{drawn}");
        assert_eq!(drawn.matches("<tr>").count(), 1 + MOST_ROWS);
    }

    #[test]
    fn names_of_fields_become_words() {
        for (name, words) in
            [("dueDate", "Due date"), ("DueDate", "Due date"), ("due_date", "Due date"), ("ID", "ID")]
        {
            assert_eq!(spelled_out(name), words);
        }
    }

    #[test]
    fn where_there_is_no_list_that_is_said() {
        assert!(drawn(&json!({ "deep": 1 })).contains("There are none yet."));
    }
}
