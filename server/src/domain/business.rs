//! A business: whom a connection belongs to. Found by its number, else by its name, else made.

use jiff::Timestamp;
use railz_connect_contract::{BusinessName, BusinessNameError, BusinessUuid, WidgetId};
use uuid::Uuid;

use super::folded_name::fold;

/// A business of one customer, found again by name or id at each visit.
#[derive(Clone, Debug)]
pub struct Business {
    /// `BIZ-<uuid>`; hosts keep it to name the business again.
    pub id: BusinessUuid,
    /// The widget it came through.
    pub widget: WidgetId,
    /// Unique within the widget, as is every name that looks like it (`folded_name.rs`).
    pub name: BusinessName,
    /// When it was first seen; one that connects nothing within a day is forgotten.
    pub created_at: Timestamp,
}

/// How a host says which business it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BusinessLookup {
    /// By the number that an earlier session told.
    ByUuid(BusinessUuid),
    /// By the host's own name for it.
    ByName(BusinessName),
    /// Not at all: a new business is made, with a name of ours.
    Unnamed,
}

impl BusinessLookup {
    /// Reads the session call's two parameters; an empty one is an absent one, and the number goes before the name.
    ///
    /// # Errors
    /// [`BusinessNameError`] where the name breaks the contract's rule.
    pub fn from_query(uuid: Option<&str>, name: Option<&str>) -> Result<Self, BusinessNameError> {
        if let Some(uuid) = uuid.filter(|uuid| !uuid.is_empty()) {
            return Ok(Self::ByUuid(BusinessUuid::new(uuid)));
        }
        match name.filter(|name| !name.is_empty()) {
            Some(name) => Ok(Self::ByName(parse_name(name)?)),
            None => Ok(Self::Unnamed),
        }
    }
}

/// Reads a business's name, whoever gives it: a page or a back end. Beside the contract's rule it must hold something to be
/// seen; joiners and the like are no control characters, and are not seen either.
///
/// # Errors
/// [`BusinessNameError`] where the name breaks the rule.
pub fn parse_name(text: &str) -> Result<BusinessName, BusinessNameError> {
    let name = BusinessName::parse(text)?;
    if fold(&name).is_empty() { Err(BusinessNameError::Invisible) } else { Ok(name) }
}

/// The id of a new business: `BIZ-` and this number.
pub fn new_id(number: Uuid) -> BusinessUuid {
    BusinessUuid::new(format!("BIZ-{number}"))
}

/// A name for a business whose host gave none. Its 48 random bits keep it from colliding; the store checks.
pub fn new_name(number: Uuid) -> BusinessName {
    let digits = number.simple().to_string();
    BusinessName::new(format!("Business {}", digits.get(..12).unwrap_or(&digits)))
}
