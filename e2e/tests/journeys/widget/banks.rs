//! Banks, linked by the practice script that stands where Plaid's would: new, mended, left, failed, and never loaded.

use e2e::browser::TIMEOUT;
use e2e::error::same;
use e2e::{Context, Journey, Outcome};

use super::driving::{
    BANKING, SALES, check_connected, check_kept, connection_id, is_at, open, open_as, open_with, reconnect,
};
use crate::stories::bank_frame::press_in_bank_frame;
use crate::stories::outside_browser::break_bank;

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a bank is linked, asks for a sign-in later, and is mended under the same id", |context| {
        Box::pin(links_and_updates(context))
    }),
    Journey::new("a bank link that is left or fails leads back, and a second bank can be added", |context| {
        Box::pin(leaves_and_adds(context))
    }),
    Journey::new("a bank script that cannot be loaded is told, and nothing hangs", |context| {
        Box::pin(fails_to_load(context))
    }),
    Journey::new("a bank that another business has linked is told and not connected", |context| {
        Box::pin(duplicate(context))
    }),
];

pub const FERNWAY: &str = "#practice-bank-1";
const LANTERN: &str = "#practice-bank-2";
/// Has the same accounts for everybody.
const COMMONS: &str = "#practice-bank-4";

/// Presses the bank tile, and a button of the script's.
pub async fn link(context: &Context, button: &str) -> Outcome {
    context.widget().pick("plaid").await?;
    press_in_bank_frame(context, button).await
}

async fn links_and_updates(context: &Context) -> Outcome {
    open(context, BANKING).await?;
    let loaded = "return typeof window.Plaid";
    let before = context.browser.script(loaded, vec![]).await?;
    same("the script before the press", before.as_str(), Some("undefined"))?;
    link(context, FERNWAY).await?;
    let payload = check_connected(context, "plaid").await?;
    same(
        "its bank",
        check_kept(context, &payload).await?["institution"]["name"].as_str(),
        Some("Fernway Bank"),
    )?;
    break_bank(context, &payload, "ITEM_LOGIN_REQUIRED").await?;

    context.open_all_services(&[("successUrl", "")]).await?;
    let widget = context.widget();
    widget.shows("attention").await?;
    widget.says("Fernway Bank").await?;
    reconnect(context, &connection_id(&payload)).await?;
    press_in_bank_frame(context, "#practice-bank-mend").await?;
    let again = check_connected(context, "plaid").await?;
    same("the connection that was mended", connection_id(&again), connection_id(&payload))?;
    check_kept(context, &payload).await.map(drop)
}

async fn leaves_and_adds(context: &Context) -> Outcome {
    open(context, BANKING).await?;
    let widget = context.widget();
    link(context, "#practice-bank-exit").await?;
    is_at(context, BANKING).await?;
    let heard = context.host().events().await?;
    same("what the host heard of the link that was left", heard.len(), 1)?;

    link(context, "#practice-bank-error").await?;
    widget.shows("failed").await?;
    let heard = context.host().hears("onError", "load").await?;
    same("errorCode", heard.code(), "general")?;
    widget.act("try-again").await?;
    press_in_bank_frame(context, LANTERN).await?;
    widget.shows("connected").await?;

    widget.act("add-another").await?;
    is_at(context, BANKING).await?;
    widget.says("Lantern Credit Union").await?;
    link(context, FERNWAY).await?;
    widget.shows("connected").await?;
    widget.act("add-another").await?;
    is_at(context, BANKING).await?;
    same("the banks of the list", widget.connections().await?.len(), 2)
}

/// The host's policy lets scripts in from itself and the server alone.
async fn fails_to_load(context: &Context) -> Outcome {
    open_with(context, BANKING, &[("csp", "strict")]).await?;
    let widget = context.widget();
    widget.pick("plaid").await?;
    widget.shows("notLoaded").await?;
    widget.says("Nothing has changed").await?;
    let heard = context.host().hears("onError", "load").await?;
    same("errorCode", heard.code(), "general")?;
    same("serviceName", heard.payload["serviceName"].as_str(), Some("plaid"))?;
    widget.act("try-again").await?;
    widget.shows("notLoaded").await?;
    widget.act("back").await?;
    is_at(context, BANKING).await?;
    widget.act("skip").await?;
    is_at(context, SALES).await
}

async fn duplicate(context: &Context) -> Outcome {
    open(context, BANKING).await?;
    link(context, COMMONS).await?;
    // Journeys share the server, and another one may have linked the bank before.
    let widget = context.widget();
    context
        .browser
        .until("the first link's end", TIMEOUT, || async {
            let screen = widget.screen().await?.unwrap_or_default();
            Ok((screen == "connected" || screen == "duplicate").then_some(()))
        })
        .await?;
    open_as(context, &format!("{} again", context.business), BANKING).await?;
    link(context, COMMONS).await?;
    widget.shows("duplicate").await?;
    let heard = context.host().hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "duplicateAccount")?;
    context.host().check_one_outcome("onError").await?;
    let gone = "return !document.querySelector('#practice-bank')";
    context.browser.until_script("the script's frame to be gone", gone).await.map(drop)
}
