//! Services at which a person chooses one of several companies after the sign-in: the package asks for the list in each
//! service's own way, posts the choice, and looks in the status for how it ended.

use e2e::failure::{holds, same};
use e2e::inquiry::only_connection;
use e2e::{Context, Journey, Outcome};
use serde_json::Value;

use super::driving::{
    approve, authorised, choose, connection, open_at, pick, says, shows_connected, skip_to,
};
use super::journey;

pub const JOURNEYS: &[Journey] = &[
    journey("the package we replace chooses a company at FreshBooks", |context| {
        Box::pin(held(context, "freshbooks", "Freshbooks", "Finch Joinery"))
    }),
    journey("the package we replace chooses a company at Sage Business Cloud", |context| {
        Box::pin(held(context, "sageBusinessCloud", "Sage Business Cloud", "Finch Joinery"))
    }),
    journey("the package we replace chooses a company at Zoho Books", |context| {
        Box::pin(held(context, "zohoBooks", "Zoho Books", "Finch Joinery"))
    }),
    // Consent is for one company file there, and that one is still to be confirmed.
    journey("the package we replace confirms the company file of MYOB", |context| {
        Box::pin(held(context, "myob", "MYOB", "Juniper Bakery"))
    }),
    journey("the package we replace chooses a company at Business Central", |context| {
        Box::pin(held(context, "dynamicsBusinessCentral", BUSINESS_CENTRAL, "Finch Joinery"))
    }),
    journey("the package we replace chooses a location at Square", |context| {
        Box::pin(held(context, "square", "Square", "Finch Joinery"))
    }),
];

const BUSINESS_CENTRAL: &str = "MS Dynamics 365 Business Central";

async fn held(context: &Context, service: &str, title: &str, company: &str) -> Outcome {
    let wide = context.world()?.wide().await?;
    let page = open_at(context, wide, &[]).await?;
    skip_to(context, title).await?;
    pick(context, title).await?;
    approve(context).await?;
    choose(context, company).await?;
    let payload = authorised(context, service).await?;
    kept(context, wide, company, &payload).await?;
    drop(page);
    let _page = open_at(context, wide, &[]).await?;
    skip_to(context, title).await?;
    shows_connected(context).await
}

/// Checks that the success screen is there, and that the server lists what the host was told.
pub async fn kept(context: &Context, server: &str, company: &str, payload: &Value) -> Outcome {
    says(context, "has been securely linked").await?;
    let kept = only_connection(server, &context.business).await?;
    same("connectionId", kept["connectionId"].as_str(), Some(connection(payload)?.as_str()))?;
    same("state", kept["state"].as_str(), Some("active"))?;
    same("accountName", kept["accountName"].as_str(), Some(company))?;
    let told = &payload["serviceAccountRef"]["id"];
    holds(told.is_string(), "serviceAccountRef.id", "the company's id", told)?;
    same("serviceAccountRef", &kept["serviceAccountRef"]["id"], told)
}
