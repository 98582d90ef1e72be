//! Which of the host's adjustments count: the session says which plan the host is on (end of section 1.2 of the interface).

use railz_connect_contract::BillingPlan;

/// Whether the host's own words count.
pub(crate) fn honours_labels(plan: BillingPlan) -> bool {
    matches!(plan, BillingPlan::Custom | BillingPlan::Unknown)
}

/// Whether the host's name for who asks counts.
pub(crate) fn honours_company(plan: BillingPlan) -> bool {
    plan != BillingPlan::Free
}
