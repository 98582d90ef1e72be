//! The companies that a person can connect. None of them exists, and each person has companies of their own: the ids
//! come from who signs in, so that two people never connect the same one.

use sha2::{Digest, Sha256};

/// The companies a person can pick on the consent page. The last two stand for another sign-in at the service: one with
/// another company, and one with none.
pub const COMPANIES: [&str; 4] = ["Juniper Bakery", "Finch Joinery", "Marlow Ceramics", NONE];

/// The sign-in without any company.
pub const NONE: &str = "No company";

/// The companies of the usual sign-in.
const USUAL: [&str; 2] = ["Juniper Bakery", "Finch Joinery"];

/// A company that was made up, as lists and answers name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// Its id, made of digits.
    pub id: String,
    /// Its name for people, one of [`COMPANIES`].
    pub name: String,
}

impl Company {
    /// The company of this name that belongs to this person.
    pub fn of(person: &str, name: &str) -> Self {
        let digest = Sha256::digest(format!("{person}/{name}"));
        let number = digest.iter().take(5).fold(0_u64, |number, byte| number * 256 + u64::from(*byte));
        Self { id: (number + 1_000_000).to_string(), name: name.to_owned() }
    }

    /// The company behind a choice on the consent page; nothing for the sign-in without one.
    pub fn from_choice(person: &str, name: &str) -> Option<Self> {
        (name != NONE).then(|| Self::of(person, name))
    }

    /// All companies of the sign-in that has the picked one.
    pub fn all(person: &str, name: &str) -> Vec<Self> {
        if USUAL.contains(&name) {
            USUAL.iter().map(|name| Self::of(person, name)).collect()
        } else {
            Self::from_choice(person, name).into_iter().collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_person_has_companies_of_their_own() {
        assert_eq!(Company::of("a", "Juniper Bakery"), Company::of("a", "Juniper Bakery"));
        assert_ne!(Company::of("a", "Juniper Bakery"), Company::of("b", "Juniper Bakery"));
        assert_ne!(Company::of("a", "Juniper Bakery").id, Company::of("a", "Finch Joinery").id);
    }

    #[test]
    fn the_usual_sign_in_has_two_companies_and_the_others_have_one_or_none() {
        let names =
            |picked| Company::all("", picked).into_iter().map(|company| company.name).collect::<Vec<_>>();
        assert_eq!(names("Finch Joinery"), ["Juniper Bakery", "Finch Joinery"]);
        assert_eq!(names("Marlow Ceramics"), ["Marlow Ceramics"]);
        assert!(names(NONE).is_empty());
    }
}
