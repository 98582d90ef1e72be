//! The frame that the banks' practice script lays over the page, as Plaid's own does.

use e2e::error::JourneyError;
use e2e::{Context, Outcome};
use serde_json::json;
use thirtyfour::Key;

/// Waits until the frame is there.
pub async fn wait_for_bank_frame(context: &Context) -> Outcome {
    context.browser.element("#practice-bank").await.map(drop)
}

/// Presses a button in the frame.
pub async fn press_in_bank_frame(context: &Context, button: &str) -> Outcome {
    wait_for_bank_frame(context).await?;
    context.browser.enter_frame(0).await?;
    let pressed = context.browser.element(button).await?.click().await;
    leave_bank_frame(context, pressed.map_err(JourneyError::from)).await
}

/// Presses Escape in the frame, when its buttons are there.
pub async fn escape_bank_frame(context: &Context) -> Outcome {
    wait_for_bank_frame(context).await?;
    context.browser.enter_frame(0).await?;
    context.browser.element("#practice-bank-exit").await?.focus().await?;
    let pressed = context.browser.keys(Key::Escape).await;
    leave_bank_frame(context, pressed).await
}

/// Goes on in the page. What was pressed may have taken the frame away before the driver could answer: then the page tells
/// whether it was.
async fn leave_bank_frame(context: &Context, pressed: Outcome) -> Outcome {
    context.browser.to_main().await?;
    let gone = "return !document.querySelector('#practice-bank')";
    match pressed {
        Ok(()) => Ok(()),
        Err(_) if context.browser.script(gone, vec![]).await? == json!(true) => Ok(()),
        Err(error) => Err(error),
    }
}
