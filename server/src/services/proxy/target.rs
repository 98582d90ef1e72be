//! Where a proxied call goes: the API's own address, and the path of the request below it.
//!
//! The path is taken as it came and only looked at: what a server somewhere on the way could read as another path (dot
//! segments, hidden separators, what is encoded twice) is refused and never put right. Then the address is parsed, and must
//! say what was written.

use url::Url;

/// The longest path with its query, in bytes.
const LONGEST: usize = 16 * 1024;

/// Why a path leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// `.` or `..`, however it is written.
    #[error("it has a dot segment")]
    DotSegment,
    /// Two slashes in a row, or one at the beginning.
    #[error("it has an empty segment")]
    EmptySegment,
    /// A slash or backslash within a segment, as itself or encoded, or a parameter (`;`).
    #[error("it has a backslash, a semicolon, or an encoded slash")]
    Separator,
    /// A percent sign that is encoded itself: another decoding would make something else of it.
    #[error("it is encoded twice")]
    EncodedTwice,
    /// A percent sign without two hexadecimal digits behind it, or bytes that are no UTF-8.
    #[error("its encoding is broken")]
    Encoding,
    /// A control character, NUL among them.
    #[error("it has a control character")]
    Control,
    /// A character that may not stand in an address as itself (RFC 3986).
    #[error("it has a character that must be encoded")]
    Unencoded,
    /// More than anybody needs.
    #[error("it has more than {LONGEST} bytes")]
    TooLong,
}

/// The address below `base` that this path and query lead to, both as they came, the path without a slash in front.
///
/// # Errors
/// [`TargetError`].
pub fn target(base: &Url, path: &str, query: Option<&str>) -> Result<Url, TargetError> {
    check(path, query)?;
    let beginning = base.path().trim_end_matches('/');
    let whole = if path.is_empty() { beginning.to_owned() } else { format!("{beginning}/{path}") };
    let mut url = base.clone();
    url.set_path(&whole);
    url.set_query(query);
    // Said once more by another reader of addresses, which would put right what was overlooked above.
    let is_as_written = url.path() == whole || (whole.is_empty() && url.path() == "/");
    let is_own = url.origin() == base.origin() && url.username().is_empty() && url.password().is_none();
    if is_as_written && is_own { Ok(url) } else { Err(TargetError::Unencoded) }
}

/// Checks a path and a query as they came, wherever they lead.
///
/// # Errors
/// [`TargetError`].
pub fn check(path: &str, query: Option<&str>) -> Result<(), TargetError> {
    if path.len() + query.map_or(0, str::len) > LONGEST {
        return Err(TargetError::TooLong);
    }
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        // A slash at the very end is another address at some services.
        let is_end = segments.peek().is_none();
        if segment.is_empty() && !(is_end && (path.is_empty() || path.len() > 1)) {
            return Err(TargetError::EmptySegment);
        }
        check_segment(segment)?;
    }
    Ok(())
}

fn check_segment(segment: &str) -> Result<(), TargetError> {
    let decoded = decode(segment)?;
    if matches!(decoded.as_str(), "." | "..") {
        return Err(TargetError::DotSegment);
    }
    if decoded.contains(['/', '\\', ';']) {
        return Err(TargetError::Separator);
    }
    if decoded.contains('%') {
        return Err(TargetError::EncodedTwice);
    }
    if decoded.chars().any(char::is_control) {
        return Err(TargetError::Control);
    }
    let may_stand = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,=:@%".contains(&byte);
    if segment.bytes().all(may_stand) { Ok(()) } else { Err(TargetError::Unencoded) }
}

/// A segment decoded once.
fn decode(segment: &str) -> Result<String, TargetError> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let [high, low, after @ ..] = rest else { return Err(TargetError::Encoding) };
        let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let (Some(high), Some(low)) = (digit(high), digit(low)) else { return Err(TargetError::Encoding) };
        bytes.push(high * 16 + low);
        rest = after;
    }
    String::from_utf8(bytes).map_err(|_| TargetError::Encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &str, query: Option<&str>) -> Result<String, TargetError> {
        let base = Url::parse("https://api.example/v3").unwrap();
        target(&base, path, query).map(Into::into)
    }

    #[test]
    fn paths_and_queries_lead_below_the_api_as_they_came() {
        for (path, query, due) in [
            ("invoices", None, "https://api.example/v3/invoices"),
            ("", None, "https://api.example/v3"),
            ("files/", None, "https://api.example/v3/files/"),
            (
                "company/1/query",
                Some("query=select%20*&x=%2F..%2F"),
                "https://api.example/v3/company/1/query?query=select%20*&x=%2F..%2F",
            ),
            ("Customers('a%20b')/$ref", None, "https://api.example/v3/Customers('a%20b')/$ref"),
            ("a@b:80", None, "https://api.example/v3/a@b:80"),
            ("caf%C3%A9", None, "https://api.example/v3/caf%C3%A9"),
            ("..x/.well", None, "https://api.example/v3/..x/.well"),
        ] {
            assert_eq!(at(path, query).as_deref(), Ok(due), "{path}");
        }
    }

    #[test]
    fn what_could_be_read_as_another_path_is_refused_and_not_put_right() {
        for (path, due) in [
            ("../x", TargetError::DotSegment),
            ("a/..", TargetError::DotSegment),
            ("a/%2e%2e/b", TargetError::DotSegment),
            ("a/.%2E/b", TargetError::DotSegment),
            ("a/./b", TargetError::DotSegment),
            ("%2e", TargetError::DotSegment),
            ("%252e%252e/x", TargetError::EncodedTwice),
            ("/evil.example/x", TargetError::EmptySegment),
            ("/", TargetError::EmptySegment),
            ("a//b", TargetError::EmptySegment),
            ("a%2Fb", TargetError::Separator),
            ("a%2f..%2fb", TargetError::Separator),
            ("a\\..\\b", TargetError::Separator),
            ("%5c%5cevil.example", TargetError::Separator),
            ("..;/admin", TargetError::Separator),
            ("a;b=c", TargetError::Separator),
            ("a%3Bb", TargetError::Separator),
            ("a%00b", TargetError::Control),
            ("a%0d%0aHost:%20x", TargetError::Control),
            ("a%7f", TargetError::Control),
            ("a%C2%85", TargetError::Control),
            ("a%zz", TargetError::Encoding),
            ("a%2", TargetError::Encoding),
            ("a%ff", TargetError::Encoding),
            ("%c0%ae%c0%ae/x", TargetError::Encoding),
            ("a b", TargetError::Unencoded),
            ("a\"b", TargetError::Unencoded),
            ("a{b}", TargetError::Unencoded),
            ("a?b", TargetError::Unencoded),
            ("a#b", TargetError::Unencoded),
            ("é", TargetError::Unencoded),
        ] {
            assert_eq!(at(path, None), Err(due), "{path}");
        }
        assert_eq!(at(&"a".repeat(LONGEST + 1), None), Err(TargetError::TooLong));
    }

    #[test]
    fn a_host_cannot_be_made_of_a_path() {
        let base = Url::parse("https://api.example").unwrap();
        for path in
            ["@evil.example/x", ":80@evil.example", ".evil.example", "https:evil.example", "evil.example:443"]
        {
            let url = target(&base, path, None).unwrap();
            assert_eq!((url.host_str(), url.username()), (Some("api.example"), ""), "{path}");
        }
    }
}
