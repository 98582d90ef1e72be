//! Which business is meant: found by its number, found or made by its name, or made with a name of ours.

use crate::app::App;
use crate::domain::business::{self, Business, BusinessLookup};
use crate::domain::widget::Widget;
use crate::random::{self, RandomnessError};
use crate::store::{Added, StoreError};

/// Why there is no business.
#[derive(Debug, thiserror::Error)]
pub enum FindBusinessError {
    /// None of this widget has the number.
    #[error("no business of this widget has this businessUuid")]
    Unknown,
    /// No number for a new one.
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Finds the business, or makes it, unless it was to be found by its number.
///
/// # Errors
/// [`FindBusinessError`].
pub async fn find_or_make(
    app: &App,
    widget: &Widget,
    lookup: BusinessLookup,
) -> Result<Business, FindBusinessError> {
    let name = match lookup {
        BusinessLookup::ByUuid(id) => {
            let found = app.store.business(&widget.id, &id).await?;
            return found.ok_or(FindBusinessError::Unknown);
        }
        BusinessLookup::ByName(name) => Some(name),
        BusinessLookup::Unnamed => None,
    };
    loop {
        if let Some(name) = &name
            && let Some(found) = app.store.find_business_by_name(&widget.id, name).await?
        {
            return Ok(found);
        }
        let number = random::uuid()?;
        let business = Business {
            id: business::new_id(number),
            widget: widget.id.clone(),
            name: match &name {
                Some(name) => name.clone(),
                None => business::new_name(random::uuid()?),
            },
            created_at: app.now(),
        };
        match app.store.add_business(&business).await? {
            Added::New => return Ok(business),
            // Somebody else made it just now, so it is found; should a sweep take it away meanwhile, it is made after all.
            Added::Taken => {}
        }
    }
}
