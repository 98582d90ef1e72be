//! Half an hour without a touch, made short: the page's clock is not the widget's, its timers are.

use e2e::error::same;
use e2e::{Context, Journey, Outcome};

use super::driving::{BANKING, is_at, open};

pub const JOURNEYS: &[Journey] = &[Journey::new(
    "after half an hour without a touch the widget asks, and goes on where it was",
    |context| Box::pin(asks(context)),
)];

/// Lets the half hour pass: a wait that long is over at once, and one begins with each touch.
pub async fn half_an_hour_passes(context: &Context) -> Outcome {
    let script = "const wait = window.setTimeout;\
        window.setTimeout = (call, after, ...more) => wait(call, after === 1_800_000 ? 50 : after, ...more);\
        dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift' }));\
        window.setTimeout = wait;";
    context.browser.script(script, vec![]).await?;
    context.widget().shows("idle").await
}

async fn asks(context: &Context) -> Outcome {
    open(context, BANKING).await?;
    half_an_hour_passes(context).await?;
    let heard = context.host().hears("onError", "timeout").await?;
    same("errorCode", heard.code(), "timeout")?;
    context.widget().act("try-again").await?;
    is_at(context, BANKING).await
}
