//! The frame that the banks' practice script lays over the page, as Plaid's own does.

use e2e::{Context, Outcome};
use thirtyfour::Key;

/// Waits until the frame is there.
pub async fn wait_for_bank_frame(context: &Context) -> Outcome {
    context.browser.element("#practice-bank").await.map(drop)
}

/// Presses a button in the frame.
pub async fn press_in_bank_frame(context: &Context, button: &str) -> Outcome {
    wait_for_bank_frame(context).await?;
    context.browser.enter_frame(0).await?;
    context.browser.element(button).await?.click().await?;
    context.browser.to_main().await
}

/// Presses Escape in the frame, when its buttons are there.
pub async fn escape_bank_frame(context: &Context) -> Outcome {
    wait_for_bank_frame(context).await?;
    context.browser.enter_frame(0).await?;
    context.browser.element("#practice-bank-exit").await?.focus().await?;
    context.browser.keys(Key::Escape).await?;
    context.browser.to_main().await
}
