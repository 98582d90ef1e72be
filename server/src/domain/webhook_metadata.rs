//! Metadata of a visit that its webhooks carry: entries of the form `{name, value, webhookLocation: […]}`.
//!
//! Metadata may have any shape; what has no `webhookLocation` is not meant for webhooks. Minted sessions are refused where an
//! entry cannot be placed as it says; of an open session such an entry is passed over, since a page of 2.23 may have any.

use serde::Serialize;
use serde_json::Value;

/// The longest name of an entry, and the longest value that a header can have here, in bytes.
const LONGEST_NAME: usize = 64;
const LONGEST_HEADER_VALUE: usize = 1024;

/// Headers that belong to the delivery, to HTTP or to whoever stands in between, and beginnings of such.
const RESERVED: [&str; 17] = [
    "accept",
    "authorization",
    "connection",
    "cookie",
    "date",
    "expect",
    "forwarded",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "via",
];
const RESERVED_BEGINNINGS: [&str; 8] =
    ["accept-", "content-", "if-", "proxy-", "railz-", "sec-", "webhook-", "x-forwarded-"];

/// Headers by which servers are told who asks, for what, and by which method, and beginnings of such. A back end may send
/// them to itself; of a page, whose visitor may be anybody, none is placed.
const NOT_A_PAGES: [&str; 18] = [
    "client-ip",
    "fastly-client-ip",
    "front-end-https",
    "max-forwards",
    "priority",
    "proxy",
    "range",
    "remote-user",
    "true-client-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-host",
    "x-method-override",
    "x-scheme",
    "x-sendfile",
    "x-url-scheme",
    "x-user",
    "x-wap-profile",
];
const NOT_A_PAGES_BEGINNINGS: [&str; 21] = [
    "cdn-",
    "cf-",
    "remote-",
    "x-accel-",
    "x-amzn-",
    "x-api-",
    "x-arr-",
    "x-auth",
    "x-azure-",
    "x-client-",
    "x-csrf-",
    "x-envoy-",
    "x-forward",
    "x-goog-",
    "x-http-",
    "x-internal-",
    "x-ms-",
    "x-original",
    "x-real-",
    "x-remote-",
    "x-rewrite",
];

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MetadataItem {
    /// Its name: of the header, of the parameter, or beside the value in the body.
    pub name: String,
    /// Its value, as text.
    pub value: String,
    /// Where it is put.
    #[serde(skip)]
    pub locations: Vec<MetadataLocation>,
}

/// Where an entry is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetadataLocation {
    /// Among the headers.
    Header,
    /// In the body, in the list `metadata`.
    Body,
    /// In the query of the webhook's address.
    Query,
}

/// Why an entry cannot be placed as it says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MetadataError {
    /// Without a name, or with one that is too long.
    #[error("metadata: an entry with webhookLocation needs a name, in at most {LONGEST_NAME} bytes")]
    Name,
    /// Without a value that can be written as text.
    #[error("metadata {0:?}: value must be a text, a number, true or false")]
    Value(String),
    /// A word that is no place.
    #[error("metadata {0:?}: webhookLocation must be a list of \"header\", \"body\" and \"query\"")]
    Location(String),
    /// A name that is no header's.
    #[error("metadata {0:?}: the name of a header has letters, digits and hyphens only")]
    HeaderName(String),
    /// A header that is not the host's to set.
    #[error("metadata {0:?}: this header is reserved; take another name, such as x-{0}")]
    Reserved(String),
    /// A value that no header can have.
    #[error(
        "metadata {0:?}: the value of a header has at most {LONGEST_HEADER_VALUE} letters, all of them printable ASCII"
    )]
    HeaderValue(String),
}

/// Checks that every entry with a `webhookLocation` can be placed.
///
/// # Errors
/// [`MetadataError`] of the first one that cannot.
pub fn check(metadata: &Value) -> Result<(), MetadataError> {
    entries(metadata).try_for_each(|entry| read(entry).map(drop))
}

/// The entries that can be placed: those that the back end said, and behind them those of the page, as far as a page may
/// say them. Where several lists have the same name, the first list's entry counts.
pub fn placeable<'a>(
    back_end: impl IntoIterator<Item = &'a Value>,
    page: Option<&'a Value>,
) -> Vec<MetadataItem> {
    let of_back_end = back_end.into_iter().flat_map(entries).filter_map(|entry| read(entry).ok());
    let of_page = page.into_iter().flat_map(entries).filter_map(|entry| read(entry).ok());
    let mut items: Vec<MetadataItem> = Vec::new();
    for item in of_back_end.chain(of_page.filter(may_be_a_pages)) {
        if !items.iter().any(|earlier| earlier.name.eq_ignore_ascii_case(&item.name)) {
            items.push(item);
        }
    }
    items
}

fn entries(metadata: &Value) -> impl Iterator<Item = &Value> {
    let list = metadata.as_array().into_iter().flatten();
    list.filter(|entry| entry.get("webhookLocation").is_some_and(|places| !places.is_null()))
}

fn read(entry: &Value) -> Result<MetadataItem, MetadataError> {
    let name = entry.get("name").and_then(Value::as_str).filter(|name| !name.is_empty());
    let name = name.filter(|name| name.len() <= LONGEST_NAME).ok_or(MetadataError::Name)?.to_owned();
    let value = match entry.get("value") {
        Some(Value::String(text)) => text.clone(),
        Some(value @ (Value::Number(_) | Value::Bool(_))) => value.to_string(),
        Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => {
            return Err(MetadataError::Value(name));
        }
    };
    let places = entry.get("webhookLocation").and_then(Value::as_array);
    let locations: Option<Vec<_>> = places.and_then(|places| places.iter().map(location).collect());
    let locations = locations.ok_or_else(|| MetadataError::Location(name.clone()))?;
    if locations.contains(&MetadataLocation::Header) {
        check_header(&name, &value)?;
    }
    Ok(MetadataItem { name, value, locations })
}

fn location(word: &Value) -> Option<MetadataLocation> {
    match word.as_str()? {
        "header" => Some(MetadataLocation::Header),
        "body" => Some(MetadataLocation::Body),
        "query" => Some(MetadataLocation::Query),
        _ => None,
    }
}

/// A token (RFC 9110 section 5.6.2), though of its signs the hyphen alone: others are dropped by servers on the way.
fn check_header(name: &str, value: &str) -> Result<(), MetadataError> {
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Err(MetadataError::HeaderName(name.to_owned()));
    }
    let lower = name.to_ascii_lowercase();
    if RESERVED.contains(&lower.as_str()) || RESERVED_BEGINNINGS.iter().any(|begin| lower.starts_with(begin))
    {
        return Err(MetadataError::Reserved(lower));
    }
    let is_plain = value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if value.len() > LONGEST_HEADER_VALUE || !is_plain || value.trim() != value {
        return Err(MetadataError::HeaderValue(name.to_owned()));
    }
    Ok(())
}

/// Whether a page may say it. Into the body it may put what it likes; what frameworks take for another method (`_method`) or
/// for part of another parameter (`a[]`, `a.b`) is no name in a query of it.
fn may_be_a_pages(item: &MetadataItem) -> bool {
    let lower = item.name.to_ascii_lowercase();
    let is_steering = NOT_A_PAGES.contains(&lower.as_str())
        || NOT_A_PAGES_BEGINNINGS.iter().any(|begin| lower.starts_with(begin));
    let is_plain = !lower.starts_with('_')
        && lower.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let is_in_body_alone = item.locations.iter().all(|location| *location == MetadataLocation::Body);
    is_in_body_alone || (is_plain && !is_steering)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn header(name: &str) -> Result<(), MetadataError> {
        check(&json!([{"name": name, "value": "1", "webhookLocation": ["header"]}]))
    }

    #[test]
    fn no_entry_takes_the_place_of_a_header_that_is_the_deliverys_or_https_own() {
        for name in [
            "Railz-Signature",
            "railz-api-version",
            "Content-Type",
            "content-length",
            "AUTHORIZATION",
            "webhook-id",
            "Webhook-Signature",
            "host",
            "Connection",
            "transfer-encoding",
            "X-Forwarded-For",
            "cookie",
            "te",
        ] {
            assert!(matches!(header(name), Err(MetadataError::Reserved(_))), "{name}");
        }
        for name in ["a b", "x:y", "x\r\ny", "naïve", "x_y"] {
            assert_eq!(header(name), Err(MetadataError::HeaderName(name.to_owned())), "{name}");
        }
        assert_eq!(header("x-tenant"), Ok(()));
    }

    #[test]
    fn what_has_no_place_in_webhooks_may_have_any_shape() {
        for metadata in [json!("text"), json!({"a": 1}), json!([1, {"name": "Content-Type"}]), json!(null)] {
            assert_eq!(check(&metadata), Ok(()), "{metadata}");
            assert_eq!(placeable([&metadata], Some(&metadata)), []);
        }
    }

    #[test]
    fn an_entry_that_cannot_be_placed_is_named_or_passed_over() {
        let good = json!({"name": "plan", "value": 7, "webhookLocation": ["body"]});
        for (bad, due) in [
            (json!({"value": "1", "webhookLocation": ["body"]}), MetadataError::Name),
            (json!({"name": "a", "webhookLocation": ["body"]}), MetadataError::Value("a".to_owned())),
            (
                json!({"name": "a", "value": "1", "webhookLocation": "body"}),
                MetadataError::Location("a".to_owned()),
            ),
            (
                json!({"name": "a", "value": "1", "webhookLocation": ["footer"]}),
                MetadataError::Location("a".to_owned()),
            ),
            (
                json!({"name": "a", "value": "line\r\nbreak", "webhookLocation": ["header"]}),
                MetadataError::HeaderValue("a".to_owned()),
            ),
        ] {
            let metadata = json!([bad, good]);
            assert_eq!(check(&metadata), Err(due), "{bad}");
            let [left] = &placeable([], Some(&metadata))[..] else { panic!("{bad}") };
            assert_eq!((left.name.as_str(), left.value.as_str()), ("plan", "7"));
        }
    }

    #[test]
    fn of_two_entries_of_one_name_the_one_of_the_first_list_counts() {
        let one = json!([{"name": "Plan", "value": "a", "webhookLocation": ["query"]}]);
        let two = json!([{"name": "plan", "value": "b", "webhookLocation": ["query"]}]);
        let items = placeable([&one, &two], None);
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].value, "a");
    }
}
