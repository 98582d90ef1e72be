//! A known business comes back: what has run out stands first, with since when, and is reconnected.

use std::time::Duration;

use e2e::browser::TIMEOUT;
use e2e::connections::list_connections;
use e2e::error::{holds, same};
use e2e::{Context, Journey, Outcome};

use super::driving::{
    ACCOUNTING, check_connected, check_kept, connection_id, go_to, open, open_window, read_state, reconnect,
    sign_in, start_sign_in,
};

pub const JOURNEYS: &[Journey] = &[Journey::new(
    "what has run out stands first, says since when, and is reconnected under its id",
    |context| Box::pin(run_out(context)),
)];

/// Connects by an access that ends after some seconds, waits until it has, and opens the widget again.
pub async fn connect_and_lapse(context: &Context) -> Outcome<String> {
    open(context, ACCOUNTING).await?;
    sign_in(start_sign_in(context, "quickbooks").await?, "#brief").await?;
    let id = connection_id(&check_connected(context, "quickbooks").await?);
    let server = context.programs()?.all_services_server().await?;
    context
        .browser
        .until("the connection to run out", TIMEOUT, || async {
            let kept = list_connections(context.programs()?, server, &context.business).await?;
            tokio::time::sleep(Duration::from_millis(200)).await;
            Ok(kept.iter().any(|kept| kept["state"] == "expired").then_some(()))
        })
        .await?;
    context.open_all_services(&[("successUrl", "")]).await?;
    context.widget().shows("attention").await?;
    Ok(id)
}

async fn run_out(context: &Context) -> Outcome {
    let id = connect_and_lapse(context).await?;
    let widget = context.widget();
    let year = "return document.querySelector('#railz-connect-base').shadowRoot\
        .querySelector('li[data-connection] .pill').innerText;";
    let since = context.browser.script(year, vec![]).await?;
    let since = since.as_str().unwrap_or_default();
    holds(since.contains("Expired since") && since.contains("20"), "the pill", "since when", since)?;
    widget.act("next").await?;
    widget.shows("overview").await?;
    go_to(context, ACCOUNTING).await?;
    same("its state in the list", read_state(context, &id).await?.as_deref(), Some("lapsed"))?;

    context.open_all_services(&[("successUrl", "")]).await?;
    widget.shows("attention").await?;
    reconnect(context, &id).await?;
    widget.says("Reconnect").await?;
    sign_in(open_window(context).await?, "#approve").await?;
    let again = check_connected(context, "quickbooks").await?;
    same("the connection", connection_id(&again), id)?;
    check_kept(context, &again).await?;
    widget.act("done").await?;
    widget.shows("overview").await
}
