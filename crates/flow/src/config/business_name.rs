//! The rule for business names, as the vendor documents it: 2 to 40 characters, none of `% [ ] \ * | ( ) { } "`.

use railz_connect_contract::BusinessName;

use super::{ConfigError, GivenValue};

const EXPECTED: &str = "2 to 40 characters without % [ ] \\ * | ( ) { } \"";

pub(super) fn read(given: &GivenValue) -> Result<Option<BusinessName>, ConfigError> {
    let Some(name) = given.text("businessName", EXPECTED)? else { return Ok(None) };
    let forbidden =
        |letter: char| matches!(letter, '%' | '[' | ']' | '\\' | '*' | '|' | '(' | ')' | '{' | '}' | '"');
    if !(2..=40).contains(&name.chars().count()) || name.contains(forbidden) {
        return Err(ConfigError::wrong("businessName", &name, EXPECTED));
    }
    Ok(Some(BusinessName::new(name)))
}
