//! Businesses as a back end lists them: with what became of them, filtered and by pages.

use railz_connect_contract::ServiceName;
use serde_json::Value;

use super::business::Business;

/// What became of a business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BusinessStatus {
    /// It has not connected anything yet.
    New,
    /// A connection of it works.
    Active,
    /// It connected something, and none of that works any more.
    Inactive,
}

impl BusinessStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::New, Self::Active, Self::Inactive];

    /// The status' word in answers and filters.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Active => "active",
            Self::Inactive => "inactive",
        }
    }
}

/// A business as it is listed.
#[derive(Clone, Debug)]
pub struct ListedBusiness {
    /// The business.
    pub business: Business,
    /// What became of it.
    pub status: BusinessStatus,
    /// What the back end keeps beside it, as it was given.
    pub metadata: Option<Value>,
}

/// Which businesses are listed: those for which all of it holds.
#[derive(Clone, Debug, Default)]
pub struct BusinessFilter {
    /// The name, letter by letter.
    pub name: Option<String>,
    /// The name or the number.
    pub name_or_uuid: Option<String>,
    /// Services, of which it has connected at least one; anything where nothing is given.
    pub services: Option<Vec<ServiceName>>,
    /// One of these; any where none is given.
    pub statuses: Vec<BusinessStatus>,
}

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many entries at most.
    pub limit: u32,
    /// How many are left out before them.
    pub offset: u32,
}

/// A part of a list.
#[derive(Clone, Debug)]
pub struct ListedPage<T> {
    /// How many there are on all pages.
    pub count: i64,
    /// Those of this page, oldest first.
    pub entries: Vec<T>,
}

/// Whether a business got its new name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenameOutcome {
    /// It did.
    Yes,
    /// Another business of the widget has this name.
    Taken,
    /// There is no such business.
    Unknown,
}
