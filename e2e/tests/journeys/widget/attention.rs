//! A known business comes back: what has run out stands first, with since when, and is reconnected.

use std::time::Duration;

use e2e::browser::PATIENCE;
use e2e::failure::{holds, same};
use e2e::inquiry::connections;
use e2e::{Context, Journey, Outcome};

use super::driving::{
    ACCOUNTING, authorised, begin, connection, go_to, kept, open, reconnect, sign_in, state_of, window,
};

pub const JOURNEYS: &[Journey] = &[Journey::new(
    "what has run out stands first, says since when, and is reconnected under its id",
    |context| Box::pin(run_out(context)),
)];

/// Connects by an access that ends after some seconds, waits until it has, and opens the widget again.
pub async fn lapsed(context: &Context) -> Outcome<String> {
    open(context, ACCOUNTING).await?;
    sign_in(begin(context, "quickbooks").await?, "#brief").await?;
    let id = connection(&authorised(context, "quickbooks").await?);
    let server = context.world()?.wide().await?;
    context
        .browser
        .until("the connection to run out", PATIENCE, || async {
            let kept = connections(server, &context.business).await?;
            tokio::time::sleep(Duration::from_millis(200)).await;
            Ok(kept.iter().any(|kept| kept["state"] == "expired").then_some(()))
        })
        .await?;
    context.open_wide(&[("successUrl", "")]).await?;
    context.widget().shows("attention").await?;
    Ok(id)
}

async fn run_out(context: &Context) -> Outcome {
    let id = lapsed(context).await?;
    let widget = context.widget();
    let year = "return document.querySelector('#railz-connect-base').shadowRoot\
        .querySelector('li[data-connection] .pill').innerText;";
    let since = context.browser.script(year, vec![]).await?;
    let since = since.as_str().unwrap_or_default();
    holds(since.contains("Expired since") && since.contains("20"), "the pill", "since when", since)?;
    widget.act("next").await?;
    widget.shows("overview").await?;
    go_to(context, ACCOUNTING).await?;
    same("its state in the list", state_of(context, &id).await?.as_deref(), Some("lapsed"))?;

    context.open_wide(&[("successUrl", "")]).await?;
    widget.shows("attention").await?;
    reconnect(context, &id).await?;
    widget.says("Reconnect").await?;
    sign_in(window(context).await?, "#approve").await?;
    let again = authorised(context, "quickbooks").await?;
    same("the connection", connection(&again), id)?;
    kept(context, &again).await?;
    widget.act("done").await?;
    widget.shows("overview").await
}
