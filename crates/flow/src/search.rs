//! Finding a service by what a person types: case, accents, the order of words and a typing slip do not matter.
//!
//! A service is found when every typed word begins one of its words, one slip allowed from four letters on. It is fast
//! enough for a thousand services at each key (the figure is in the tests), so nothing is indexed.

use railz_connect_contract::Integration;

/// From how many letters on a slip is forgiven.
const FORGIVING_FROM: usize = 4;

/// What is searched for, made ready once.
pub(crate) struct Query(Vec<Vec<char>>);

impl Query {
    pub(crate) fn new(typed: &str) -> Self {
        Self(words(typed))
    }

    /// Whether this service is meant.
    pub(crate) fn finds(&self, service: &Integration) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let mut names = words(&spelled_out(service.service.as_str()));
        names.extend(words(service.display_name.as_deref().unwrap_or_default()));
        let found = |typed: &Vec<char>| {
            (0..names.len()).any(|at| begins(&names[at], typed) || names[at..].concat().starts_with(typed))
        };
        self.0.iter().all(found)
    }
}

/// `sageBusinessCloud` as `sage Business Cloud`.
fn spelled_out(id: &str) -> String {
    let mut text = String::new();
    for letter in id.chars() {
        if letter.is_ascii_uppercase() {
            text.push(' ');
        }
        text.push(letter);
    }
    text
}

fn words(text: &str) -> Vec<Vec<char>> {
    let mut words = vec![Vec::new()];
    for letter in text.chars().map(lower).filter(|letter| !is_mark(*letter)) {
        match (plain(letter), words.last_mut()) {
            (Some(plain), Some(word)) => word.extend(plain.chars()),
            (None, Some(word)) if is_letter(letter) => word.push(letter),
            _ => words.push(Vec::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The small letter, for Latin, Greek and Cyrillic. The full tables of Unicode would cost the engine some kilobytes.
fn lower(letter: char) -> char {
    let code = u32::from(letter);
    let small = match letter {
        'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ω' | 'А'..='Я' => code + 32,
        'Ѐ'..='Џ' => code + 80,
        'Ā'..='ķ' | 'Ŋ'..='ŷ' | 'Ș'..='ț' if code.is_multiple_of(2) => code + 1,
        'Ĺ'..='ň' | 'Ź'..='ž' if !code.is_multiple_of(2) => code + 1,
        _ => return letter.to_ascii_lowercase(),
    };
    char::from_u32(small).unwrap_or(letter)
}

/// Beyond ASCII everything counts as part of a word.
fn is_letter(letter: char) -> bool {
    !letter.is_ascii() || letter.is_ascii_alphanumeric()
}

/// A combining accent, as some keyboards type them after their letter.
fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

/// Letters with an accent, and what stands for each of them. As a match it would be a table of every letter between the
/// first and the last.
const ACCENTED: [(&str, &str); 18] = [
    ("àáâãäåāăą", "a"),
    ("çćč", "c"),
    ("ďđ", "d"),
    ("èéêëēėęě", "e"),
    ("ğ", "g"),
    ("ìíîïīı", "i"),
    ("ł", "l"),
    ("ñńň", "n"),
    ("òóôõöøōő", "o"),
    ("ř", "r"),
    ("śşšș", "s"),
    ("ťţț", "t"),
    ("ùúûüūůű", "u"),
    ("ýÿ", "y"),
    ("źżž", "z"),
    ("ß", "ss"),
    ("æ", "ae"),
    ("œ", "oe"),
];

/// A letter without its accent.
fn plain(letter: char) -> Option<&'static str> {
    if letter.is_ascii() {
        return None;
    }
    let mut rows = ACCENTED.iter();
    rows.find(|(letters, _)| letters.chars().any(|one| one == letter)).map(|(_, plain)| *plain)
}

/// Whether a word begins like this, give or take one slip: a letter wrong, missing, too many, or two changed over.
fn begins(word: &[char], typed: &[char]) -> bool {
    if word.starts_with(typed) {
        return true;
    }
    if typed.len() < FORGIVING_FROM {
        return false;
    }
    let Some(at) = (0..typed.len()).find(|&at| word.get(at) != Some(&typed[at])) else { return false };
    let rest = |from: usize| word.get(from..).unwrap_or_default();
    let typed_rest = &typed[at..];
    rest(at + 1).starts_with(&typed_rest[1..])
        || rest(at).starts_with(&typed_rest[1..])
        || rest(at + 1).starts_with(typed_rest)
        || (typed_rest.len() > 1
            && word.get(at) == Some(&typed_rest[1])
            && word.get(at + 1) == Some(&typed_rest[0])
            && rest(at + 2).starts_with(&typed_rest[2..]))
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use railz_connect_contract::{Integration, IntegrationUuid, ServiceKind, ServiceName};

    use super::Query;

    fn service(id: &str, name: &str) -> Integration {
        Integration {
            service: ServiceName::new(id),
            service_kind: ServiceKind::Accounting,
            uuid: IntegrationUuid::new(id),
            is_mock_data: false,
            display_name: Some(name.to_owned()),
            logo_url: None,
            extra_configurations: None,
        }
    }

    fn finds(typed: &str, name: &str) -> bool {
        Query::new(typed).finds(&service("anything", name))
    }

    #[test]
    fn case_accents_and_the_order_of_words_do_not_matter() {
        for typed in ["quick", "QUICKBOOKS", "online", "Quíckbõoks", "Qui\u{301}ck", "  quick  ", ""] {
            assert!(finds(typed, "QuickBooks Online"), "{typed}");
        }
        assert!(finds("online quick", "QuickBooks Online"));
        assert!(finds("societe generale", "Société Générale"));
        assert!(finds("ŠKODA", "škoda") && finds("łódź", "ŁÓDŹ") && finds("БУХГАЛТЕР", "Бухгалтер"));
        assert!(finds("strasse", "Straße"));
    }

    #[test]
    fn one_slip_is_forgiven_from_four_letters_on() {
        for typed in ["quik", "qiuck", "quickk", "quuck", "quickboks", "xerro", "zero"] {
            let name = if typed.starts_with('q') { "QuickBooks" } else { "Xero" };
            assert!(finds(typed, name), "{typed}");
        }
        for typed in ["xor", "qb", "sage", "quiz books"] {
            assert!(!finds(typed, "Xero"), "{typed}");
        }
    }

    #[test]
    fn the_words_of_an_id_and_a_name_written_as_one_word_are_found_too() {
        assert!(Query::new("business cloud").finds(&service("sageBusinessCloud", "Sage")));
        assert!(finds("freshbooks", "Fresh Books"));
    }

    #[test]
    fn a_thousand_services_are_searched_between_two_keys() {
        let services: Vec<_> = (0..1000)
            .map(|n| service(&format!("service{n}"), &format!("Ledger Número {n} of the North")))
            .collect();
        let begun = Instant::now();
        let query = Query::new("numero 99");
        let found = services.iter().filter(|one| query.finds(one)).count();
        let taken = begun.elapsed();
        assert_eq!(found, 11);
        println!("{taken:?}");
        assert!(taken.as_millis() < 500, "{taken:?}");
    }
}
