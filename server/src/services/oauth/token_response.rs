//! Small liberties that services take with the access token response (RFC 6749 section 5.1), put right before it is parsed.
//!
//! Numbers sent as texts (MYOB does), scopes sent as a list, and the token type left out. What is no token response passes
//! unchanged, so that the parser's refusal is about what really came.

use std::time::Duration;

use serde_json::{Map, Value};

/// The body in RFC 6749's form. A missing token type can only be a bearer token here.
pub(super) fn normalize(body: Vec<u8>) -> Vec<u8> {
    let Ok(Value::Object(mut answer)) = serde_json::from_slice::<Value>(&body) else { return body };
    if !answer.contains_key("access_token") {
        return body;
    }
    convert_lifetime(&mut answer);
    convert_scope(&mut answer);
    if answer.get("token_type").is_none_or(Value::is_null) {
        answer.insert("token_type".to_owned(), "bearer".into());
    }
    serde_json::to_vec(&answer).unwrap_or(body)
}

/// Whether the body is an error response (RFC 6749 section 5.2).
pub(super) fn is_error(body: &[u8]) -> bool {
    serde_json::from_slice::<Value>(body)
        .is_ok_and(|answer| answer.get("error").is_some_and(Value::is_string))
}

/// An error code of a service, short and plain enough for a log line (RFC 6749 appendix A.7 allows no more).
pub(super) fn error_code_for_log(error: &str) -> String {
    error.chars().filter(char::is_ascii_graphic).take(60).collect()
}

/// The scopes in a text, by space as the standard has it or by comma.
pub(super) fn split_scopes(text: &str) -> impl Iterator<Item = String> {
    let scopes = text.split(|letter: char| letter.is_whitespace() || letter == ',');
    scopes.filter(|scope| !scope.is_empty()).map(str::to_owned)
}

/// Whole seconds; what is no such number (null, -1, "never") says nothing.
fn convert_lifetime(answer: &mut Map<String, Value>) {
    let Some(lifetime) = answer.remove("expires_in") else { return };
    let seconds = match &lifetime {
        Value::Number(number) => number.as_u64().or_else(|| whole_seconds(number.as_f64()?)),
        Value::String(text) => text.trim().parse().ok().or_else(|| whole_seconds(text.trim().parse().ok()?)),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    if let Some(seconds) = seconds {
        answer.insert("expires_in".to_owned(), seconds.into());
    }
}

/// A number of seconds without its fraction.
fn whole_seconds(seconds: f64) -> Option<u64> {
    let seconds = Duration::try_from_secs_f64(seconds).ok()?;
    Some(seconds.as_secs())
}

fn convert_scope(answer: &mut Map<String, Value>) {
    let text = match answer.get("scope") {
        None | Some(Value::String(_)) => return,
        Some(Value::Array(scopes)) => {
            let scopes: Vec<_> = scopes.iter().filter_map(Value::as_str).collect();
            Some(scopes.join(" "))
        }
        Some(_) => None,
    };
    match text {
        Some(text) => answer.insert("scope".to_owned(), text.into()),
        None => answer.remove("scope"),
    };
}
