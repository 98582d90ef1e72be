//! A service as its pages show it: a name and a colour.
//!
//! Names stand in the list of practice services; any other id gets its own words as a name, so that a service which was added to a server's configuration a minute ago has a provider to practise with.

use super::colour::Colour;

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
        let name =
            practice_services::find(id).map_or_else(|| name_from_id(id), |known| known.name.to_owned());
        let colour = Colour::of_service(id);
        Some(Self { id: id.to_owned(), name, colour })
    }

    /// The first letter of the name, for the mark in the header.
    pub fn letter(&self) -> char {
        self.name.chars().next().unwrap_or('?')
    }
}

/// `acmeBooks` and `acme-books` as "Acme Books".
fn name_from_id(id: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

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
