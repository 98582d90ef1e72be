//! Each OAuth service, wearing its own profile, at the server that has every service there is (`Programs::all_services_server`).
//! `profile.rs` is what shows of them from outside, `company.rs` the story that each service goes through.
//!
//! The services that ask something before the sign-in are walked through by the package we replace (`old_package`).

mod company;
mod profile;

use e2e::error::holds;
use e2e::{Context, Journey, Outcome};

use super::widget::driving::{ACCOUNTING, BANKING, SALES, go_to};
use company::keeps_to_its_company;
use profile::{
    BUSINESS_CENTRAL, FRESHBOOKS, HARBOUR_LEDGER, KINDS, MYOB, QUICKBOOKS, SAGE, SQUARE, WAVE, XERO, ZOHO,
    ids_of_kind,
};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a server with every service there is shows them all", |context| {
        Box::pin(shows_all(context))
    })
    .chromium_only(),
    Journey::new("QuickBooks Online keeps to its company", |context| {
        Box::pin(keeps_to_its_company(context, &QUICKBOOKS))
    })
    .chromium_only(),
    Journey::new("Xero keeps to its organisation", |context| Box::pin(keeps_to_its_company(context, &XERO)))
        .chromium_only(),
    Journey::new("FreshBooks keeps to the business that was chosen", |context| {
        Box::pin(keeps_to_its_company(context, &FRESHBOOKS))
    }),
    Journey::new("Sage Business Cloud keeps to the business that was chosen", |context| {
        Box::pin(keeps_to_its_company(context, &SAGE))
    })
    .chromium_only(),
    Journey::new(
        "Zoho Books keeps to its organisation, in the data centre that the callback names",
        |context| Box::pin(keeps_to_its_company(context, &ZOHO)),
    )
    .chromium_only(),
    Journey::new("Wave keeps to its business", |context| Box::pin(keeps_to_its_company(context, &WAVE)))
        .chromium_only(),
    Journey::new("MYOB keeps to its company file", |context| Box::pin(keeps_to_its_company(context, &MYOB)))
        .chromium_only(),
    Journey::new("Business Central keeps to its company in its environment", |context| {
        Box::pin(keeps_to_its_company(context, &BUSINESS_CENTRAL))
    })
    .chromium_only(),
    Journey::new("Square keeps to the location that was chosen", |context| {
        Box::pin(keeps_to_its_company(context, &SQUARE))
    })
    .chromium_only(),
    Journey::new("a service of the configuration alone keeps to the company that was chosen", |context| {
        Box::pin(keeps_to_its_company(context, &HARBOUR_LEDGER))
    })
    .chromium_only(),
];

/// The steps in which they are offered.
const STEPS: [&str; 3] = [ACCOUNTING, BANKING, SALES];

async fn shows_all(context: &Context) -> Outcome {
    context.open_all_services(&[]).await?;
    let widget = context.widget();
    widget.shows("overview").await?;
    for (step, kind) in STEPS.into_iter().zip(KINDS) {
        go_to(context, step).await?;
        for service in ids_of_kind(kind) {
            let tile = widget.find(&format!("button[data-service=\"{service}\"]")).await?;
            holds(tile.is_some(), service, "a tile", widget.words().await?)?;
        }
    }
    Ok(())
}
