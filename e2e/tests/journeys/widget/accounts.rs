//! Services at which a company is chosen after the sign-in, and Business Central, which may be given addresses then.

use e2e::connections::only_connection;
use e2e::error::same;
use e2e::{Context, Journey, Outcome};

use super::driving::{
    ACCOUNTING, SALES, check_connected, check_kept, choose, connection_id, fill, open, sign_in, start_sign_in,
};
use crate::stories::steps::{approve, check_success_page};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("of several companies behind a sign-in the chosen one is connected", |context| {
        Box::pin(company(context, ACCOUNTING, "zohoBooks"))
    }),
    Journey::new("of several shops behind a sign-in the chosen one is connected", |context| {
        Box::pin(company(context, SALES, "square"))
    }),
    Journey::new("Business Central takes the addresses of its web services, and only good ones", |context| {
        Box::pin(web_services(context))
    }),
];

const COMPANY: &str = "Finch Joinery";

async fn company(context: &Context, step: &str, service: &str) -> Outcome {
    open(context, step).await?;
    sign_in(start_sign_in(context, service).await?, "#approve").await?;
    choose(context, COMPANY).await?;
    let payload = check_connected(context, service).await?;
    let kept = check_kept(context, &payload).await?;
    same("accountName", kept["accountName"].as_str(), Some(COMPANY))?;
    same("the company's id", &kept["serviceAccountRef"]["id"], &payload["serviceAccountRef"]["id"])?;
    open(context, step).await?;
    // A page of nobody's naming is not told the company again.
    let listed = context.widget().connections().await?;
    same("the connections of the list", listed, vec![connection_id(&payload)])
}

/// The usual server asks for both kinds of addresses. It offers accounting alone, so there are no steps.
async fn web_services(context: &Context) -> Outcome {
    context.open(&[]).await?;
    approve(context, "dynamicsBusinessCentral").await?;
    choose(context, COMPANY).await?;
    let widget = context.widget();
    widget.shows("webServices").await?;
    fill(context, "vendorBankAccountList", "http://api.businesscentral.dynamics.com/vendors").await?;
    widget.act("submit").await?;
    widget.says("begins with https://").await?;
    for (field, page) in [("vendorBankAccountList", "vendors"), ("customerBankAccountCard", "customer")] {
        fill(context, field, &format!("https://api.businesscentral.dynamics.com/{page}")).await?;
    }
    widget.act("submit").await?;
    let id = check_success_page(context, "dynamicsBusinessCentral", "POST", "").await?;
    let kept = only_connection(context.programs()?, &context.programs()?.connect, &context.business).await?;
    same("connectionId", kept["connectionId"].as_str(), Some(id.as_str()))?;
    same("accountName", kept["accountName"].as_str(), Some(COMPANY))
}
