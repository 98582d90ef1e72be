//! Renewing a connection that the business has: the same connectionId, and the old credentials stay until
//! the new ones are there. Each journey has a service of its own, so that the provider's log is its own.

use e2e::failure::{holds, same};
use e2e::{Context, Journey, Outcome};

use super::steps::{connect_and_stay, received, renewal};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a known business renews its connection under the same connectionId", |context| {
        Box::pin(renewed(context))
    }),
    Journey::new("a refused renewal leaves the connection and its credentials alone", |context| {
        Box::pin(refused(context))
    }),
];

async fn renewed(context: &Context) -> Outcome {
    let id = connect_and_stay(context, "xero").await?;
    context.open(&[]).await?;
    renew(context, &id, "#approve").await?;
    let again = received(context, "xero", "POST", "").await?;
    same("connectionId after renewing", &again, &id)?;
    same("codes exchanged at the provider", exchanged(context, "xero").await?, 2)?;
    context.open(&[]).await?;
    context.widget().shows("picker").await?;
    same("connections in a later list", context.widget().connections().await?, vec![id])
}

async fn refused(context: &Context) -> Outcome {
    let id = connect_and_stay(context, "wave").await?;
    context.open(&[]).await?;
    renew(context, &id, "#deny").await?;
    let widget = context.widget();
    widget.shows("refused").await?;
    let host = context.host();
    let heard = host.hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "insufficientPermission")?;
    host.heard_one_outcome("onError").await?;
    let log = context.world()?.provider_log("wave").await?;
    holds(log.iter().all(|entry| entry["event"] != "revoke"), "the provider's log", "no revocation", &log)?;
    same("codes exchanged at the provider", exchanged(context, "wave").await?, 1)?;
    context.open(&[]).await?;
    widget.shows("picker").await?;
    same("connections in a later list", widget.connections().await?, vec![id.clone()])?;
    let state = widget.attribute(&format!("li[data-connection='{id}']"), "data-state").await?;
    same("its state", state.as_deref(), Some("active"))
}

/// Renews the connection with this answer on the consent page.
async fn renew(context: &Context, id: &str, answer: &str) -> Outcome {
    let popup = renewal(context, id).await?;
    popup.press(answer).await?;
    popup.closes_by_itself().await
}

async fn exchanged(context: &Context, service: &str) -> Outcome<usize> {
    let log = context.world()?.provider_log(service).await?;
    Ok(log.iter().filter(|entry| entry["event"] == "token" && entry["outcome"] == "ok").count())
}
