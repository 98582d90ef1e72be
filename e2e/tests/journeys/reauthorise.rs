//! Renewing a connection that the business has: the same connectionId, and the old credentials stay until
//! the new ones are there. Each journey has a service of its own, so that the provider's log is its own.

use e2e::error::{holds, same};
use e2e::{Context, Journey, Outcome};

use super::steps::{check_success_page, connect_and_stay, start_renewal};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a known business renews its connection under the same connectionId", |context| {
        Box::pin(renews(context))
    }),
    Journey::new("a refused renewal leaves the connection and its credentials alone", |context| {
        Box::pin(is_refused(context))
    }),
];

async fn renews(context: &Context) -> Outcome {
    let id = connect_and_stay(context, "xero").await?;
    context.open(&[]).await?;
    renew(context, &id, "#approve").await?;
    let again = check_success_page(context, "xero", "POST", "").await?;
    same("connectionId after renewing", &again, &id)?;
    same("codes exchanged at the provider", count_exchanges(context, "xero").await?, 2)?;
    context.open(&[]).await?;
    context.widget().shows("picker").await?;
    same("connections in a later list", context.widget().connections().await?, vec![id])
}

async fn is_refused(context: &Context) -> Outcome {
    let id = connect_and_stay(context, "wave").await?;
    context.open(&[]).await?;
    renew(context, &id, "#deny").await?;
    let widget = context.widget();
    widget.shows("refused").await?;
    let host = context.host();
    let heard = host.hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "insufficientPermission")?;
    host.check_one_outcome("onError").await?;
    let log = context.programs()?.provider_log("wave").await?;
    holds(log.iter().all(|entry| entry["event"] != "revoke"), "the provider's log", "no revocation", &log)?;
    same("codes exchanged at the provider", count_exchanges(context, "wave").await?, 1)?;
    context.open(&[]).await?;
    widget.shows("picker").await?;
    same("connections in a later list", widget.connections().await?, vec![id.clone()])?;
    let state = widget.attribute(&format!("li[data-connection='{id}']"), "data-state").await?;
    same("its state", state.as_deref(), Some("active"))
}

/// Renews the connection with this answer on the consent page.
async fn renew(context: &Context, id: &str, answer: &str) -> Outcome {
    let popup = start_renewal(context, id).await?;
    popup.press(answer).await?;
    popup.closes_by_itself().await
}

async fn count_exchanges(context: &Context, service: &str) -> Outcome<usize> {
    let log = context.programs()?.provider_log(service).await?;
    Ok(log.iter().filter(|entry| entry["event"] == "token" && entry["outcome"] == "ok").count())
}
