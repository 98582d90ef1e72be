//! The services that have a name and a colour of their own. The colours are this project's, one a service, and no
//! brand's.

use super::colour::Colour;

/// One known service.
pub(super) struct Known {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) colour: Colour,
}

const fn known(id: &'static str, name: &'static str, colour: &'static str) -> Known {
    Known { id, name, colour: Colour(colour) }
}

pub(super) const KNOWN: [Known; 11] = [
    known("quickbooks", "QuickBooks Online", "#1d7a3e"),
    known("xero", "Xero", "#0b6e8f"),
    known("freshbooks", "FreshBooks", "#1f5fbf"),
    known("sageBusinessCloud", "Sage Business Cloud", "#17695a"),
    known("zohoBooks", "Zoho Books", "#a8432b"),
    known("wave", "Wave", "#3a4fb8"),
    known("myob", "MYOB", "#7a2f9e"),
    known("dynamicsBusinessCentral", "Dynamics 365 Business Central", "#0f5e73"),
    known("dynamics365Finance", "Dynamics 365 Finance", "#2b4c8c"),
    known("shopify", "Shopify", "#3f6b1f"),
    known("square", "Square", "#3a3f47"),
];
