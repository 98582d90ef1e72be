//! Each OAuth service once, wearing its own habits, at the server that has every service there is (`World::wide`).

use e2e::failure::holds;
use e2e::{Context, Journey, Outcome};

pub const JOURNEYS: &[Journey] =
    &[Journey::new("a server with every service there is shows them all", |context| {
        Box::pin(all_shown(context))
    })
    .chromium_only()];

/// What the wide server offers, beside the sandbox.
const OFFERED: [&str; 15] = [
    "quickbooks",
    "xero",
    "freshbooks",
    "sageBusinessCloud",
    "zohoBooks",
    "wave",
    "myob",
    "dynamicsBusinessCentral",
    "dynamics365Finance",
    "shopify",
    "square",
    "oracleNetsuite",
    "sageIntacct",
    "quickbooksDesktop",
    "harbourLedger",
];

async fn all_shown(context: &Context) -> Outcome {
    context.open_wide(&[]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    for service in OFFERED {
        let tile = widget.find(&format!("button[data-service=\"{service}\"]")).await?;
        holds(tile.is_some(), service, "a tile", widget.words().await?)?;
    }
    Ok(())
}
