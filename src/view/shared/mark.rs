//! The mark of a service: one family of lettered marks of our own with a colour a service, or the picture that the
//! operator supplies. The name stands in text beside it, so the mark says nothing to a screen reader.

use railz_connect_flow::screen::ServiceLabel;

use super::element::{View, element};
use crate::text::service_label;

/// How many colours the stylesheet has, `data-tint="0"` and up.
const TINTS: u32 = 12;

/// A service's mark.
pub(crate) fn mark(service: &ServiceLabel) -> View {
    if let Some(url) = &service.logo_url {
        let picture = element("IMG")
            .attribute("src", url.clone())
            .attribute("alt", "")
            .attribute("referrerpolicy", "no-referrer");
        return element("SPAN").class("mark picture").hidden().child(picture.done()).done();
    }
    let tint = tint(service.name.as_str()).to_string();
    let letters = letters(&service_label(service));
    element("SPAN").class("mark").attribute("data-tint", tint).hidden().text(letters).done()
}

/// The first letters of the first two words, or the first two of one: `Xero` → `Xe`, `Zoho Books` → `ZB`.
fn letters(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    let initial = |word: &str| word.chars().next();
    match words.next().and_then(initial) {
        Some(second) => initial(first).into_iter().chain([second]).collect(),
        None => first.chars().take(2).collect(),
    }
}

fn tint(service: &str) -> u32 {
    match service {
        "railzSandbox" => 0,
        "quickbooks" | "quickbooksDesktop" => 1,
        "xero" => 2,
        "freshbooks" => 3,
        "sageBusinessCloud" | "sageIntacct" => 4,
        "zohoBooks" => 5,
        "wave" => 6,
        "myob" => 7,
        "oracleNetsuite" => 8,
        "dynamicsBusinessCentral" | "dynamics365Finance" => 9,
        other => {
            other.bytes().fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % TINTS
        }
    }
}
