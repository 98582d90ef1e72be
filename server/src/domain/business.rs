//! A business: whom a connection belongs to. Found by its number, else by its name, else made.

use jiff::Timestamp;
use railz_connect_contract::{BusinessName, BusinessUuid, WidgetId};
use uuid::Uuid;

/// A business of one customer.
#[derive(Clone, Debug)]
pub struct Business {
    /// `BIZ-<uuid>`.
    pub id: BusinessUuid,
    /// The widget it came through.
    pub widget: WidgetId,
    /// Unique within the widget.
    pub name: BusinessName,
    /// When it was first seen.
    pub created_at: Timestamp,
}

/// How a host says which business it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// By the number that an earlier session told.
    ByUuid(BusinessUuid),
    /// By the host's own name for it.
    ByName(BusinessName),
    /// Not at all: a new one, with a name of ours.
    Unnamed,
}

/// Why a business name is not one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameRefused {
    /// Too short or too long.
    #[error("businessName must have 2 to 40 characters; this one has {0}")]
    Length(usize),
    /// A character that is not allowed.
    #[error(r#"businessName must not contain any of % [ ] \ * | ( ) {{ }} " and this one contains {0}"#)]
    Character(char),
}

const FORBIDDEN: &str = r#"%[]\*|(){}""#;

impl Named {
    /// Reads the session call's two parameters; an empty one is an absent one, and the number goes before the name.
    ///
    /// # Errors
    /// [`NameRefused`] where the name breaks the contract's rule.
    pub fn from_query(uuid: Option<&str>, name: Option<&str>) -> Result<Self, NameRefused> {
        if let Some(uuid) = uuid.filter(|uuid| !uuid.is_empty()) {
            return Ok(Self::ByUuid(BusinessUuid::new(uuid)));
        }
        match name.filter(|name| !name.is_empty()) {
            Some(name) => Ok(Self::ByName(checked(name)?)),
            None => Ok(Self::Unnamed),
        }
    }
}

fn checked(name: &str) -> Result<BusinessName, NameRefused> {
    let length = name.chars().count();
    if !(2..=40).contains(&length) {
        return Err(NameRefused::Length(length));
    }
    if let Some(character) = name.chars().find(|character| FORBIDDEN.contains(*character)) {
        return Err(NameRefused::Character(character));
    }
    Ok(BusinessName::new(name))
}

/// A number for a new business.
pub fn made_id(number: Uuid) -> BusinessUuid {
    BusinessUuid::new(format!("BIZ-{number}"))
}

/// A name for a business whose host gave none. Its 48 random bits keep it from colliding; the store checks.
pub fn made_name(number: Uuid) -> BusinessName {
    let digits = number.simple().to_string();
    BusinessName::new(format!("Business {}", digits.get(..12).unwrap_or(&digits)))
}
