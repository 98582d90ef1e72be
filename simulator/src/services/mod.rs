//! The services this provider can pose as: each service id in the path wears that service's name and colour.
//!
//! What is known stands as data in [`known`]; any other id gets its own words as a name and a colour of a small set,
//! so that a service which was added to a server's configuration a minute ago has a provider to practise with.

pub mod company;
pub mod habits;
mod known;

use known::KNOWN;

/// A colour as `#rrggbb`, dark enough for white text on it (WCAG 2.2 AA, 4.5:1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub &'static str);

/// A service as its pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The id in the path, such as `quickbooks`.
    pub id: String,
    /// The name people read.
    pub name: String,
    /// The colour of the header and of the main button.
    pub colour: Colour,
}

const FALLBACK_COLOURS: [Colour; 5] =
    [Colour("#8a3b12"), Colour("#6b3fa0"), Colour("#2f5d3a"), Colour("#8b2252"), Colour("#35506b")];

/// Ids that the program's own paths need.
const RESERVED: [&str; 2] = ["assets", "control"];

impl Service {
    /// The service of this id; `None` when the id is reserved or is not 1–64 letters, digits, `-` or `_`.
    pub fn find(id: &str) -> Option<Self> {
        let well_formed = (1..=64).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if !well_formed || RESERVED.contains(&id) {
            return None;
        }
        let (name, colour) = KNOWN
            .iter()
            .find(|known| known.id == id)
            .map_or_else(|| (words(id), picked(id)), |known| (known.name.to_owned(), known.colour));
        Some(Self { id: id.to_owned(), name, colour })
    }

    /// The letter of the service's mark.
    pub fn letter(&self) -> char {
        self.name.chars().next().unwrap_or('?')
    }
}

/// `acmeBooks` and `acme-books` as "Acme Books".
fn words(id: &str) -> String {
    let mut name = String::new();
    let mut start = true;
    for c in id.chars() {
        if c == '-' || c == '_' {
            start = true;
            continue;
        }
        if !name.is_empty() && (start || c.is_ascii_uppercase()) {
            name.push(' ');
        }
        name.push(if start { c.to_ascii_uppercase() } else { c });
        start = false;
    }
    if name.is_empty() { id.to_owned() } else { name }
}

fn picked(id: &str) -> Colour {
    let sum: usize = id.bytes().map(usize::from).sum();
    FALLBACK_COLOURS[sum % FALLBACK_COLOURS.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Colour) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour.0[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    #[test]
    fn white_text_is_readable_on_every_colour() {
        for colour in KNOWN.iter().map(|known| known.colour).chain(FALLBACK_COLOURS) {
            let contrast = 1.05 / (luminance(colour) + 0.05);
            assert!(contrast >= 4.5, "{colour:?} has only {contrast:.2}:1");
        }
    }

    #[test]
    fn a_known_id_wears_its_name() {
        assert_eq!(Service::find("sageBusinessCloud").unwrap().name, "Sage Business Cloud");
    }

    #[test]
    fn an_unknown_id_is_named_by_its_own_words() {
        for (id, name) in [
            ("acmeBooks", "Acme Books"),
            ("acme-books", "Acme Books"),
            ("acme_Books", "Acme Books"),
            ("x", "X"),
            ("--", "--"),
        ] {
            assert_eq!(Service::find(id).unwrap().name, name);
        }
    }

    #[test]
    fn ids_that_are_reserved_or_malformed_are_no_services() {
        let long = "a".repeat(65);
        for id in ["control", "assets", "", "a b", "<b>", "..", long.as_str()] {
            assert_eq!(Service::find(id), None, "{id}");
        }
    }
}
