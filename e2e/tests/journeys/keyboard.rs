//! Without a mouse: Tab and Enter alone complete the sandbox and the sign-in.

use e2e::popup::Popup;
use e2e::{Context, Journey, JourneyError, Outcome};
use thirtyfour::Key;

use super::steps::{SANDBOX, check_success_page};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("the keyboard alone connects the sandbox", |context| Box::pin(sandbox(context))),
    Journey::new("the keyboard alone signs in at a provider", |context| Box::pin(sign_in(context))),
];

const MOST_TABS: usize = 40;

async fn sandbox(context: &Context) -> Outcome {
    context.open(&[]).await?;
    context.widget().shows("picker").await?;
    tab_to(context, SANDBOX).await?;
    context.browser.keys(Key::Enter).await?;
    check_success_page(context, SANDBOX, "POST", "").await.map(drop)
}

async fn sign_in(context: &Context) -> Outcome {
    context.open(&[]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    tab_to(context, "quickbooks").await?;
    context.browser.keys(Key::Enter).await?;
    widget.shows("before").await?;
    widget.has_focus("h2").await?;
    tab_to(context, "continue").await?;
    context.browser.keys(Key::Enter).await?;
    let popup = Popup::opened(&context.browser).await?;
    popup.element("#approve").await?;
    tab_to_id(context, "approve").await?;
    context.browser.keys(Key::Enter).await?;
    popup.closes_by_itself().await?;
    check_success_page(context, "quickbooks", "POST", "").await.map(drop)
}

/// Presses Tab until this has the focus: by its action, its service, or its element's name.
pub async fn tab_to(context: &Context, goal: &str) -> Outcome {
    let mut passed = Vec::new();
    for _ in 0..MOST_TABS {
        context.browser.keys(Key::Tab).await?;
        let focused = context.widget().focused().await?;
        if focused.as_deref() == Some(goal) {
            return Ok(());
        }
        passed.push(focused.unwrap_or_else(|| "outside".to_owned()));
    }
    Err(unreachable_by_tab(goal, &passed))
}

/// The same in the page itself, by an id.
pub async fn tab_to_id(context: &Context, id: &str) -> Outcome {
    let mut passed = Vec::new();
    for _ in 0..MOST_TABS {
        context.browser.keys(Key::Tab).await?;
        let focused = context.browser.script("return document.activeElement.id", vec![]).await?;
        let focused = focused.as_str().unwrap_or_default().to_owned();
        if focused == id {
            return Ok(());
        }
        passed.push(focused);
    }
    Err(unreachable_by_tab(id, &passed))
}

fn unreachable_by_tab(goal: &str, passed: &[String]) -> JourneyError {
    JourneyError::Unexpected {
        what: format!("what {MOST_TABS} presses of Tab reach"),
        expected: goal.to_owned(),
        found: passed.join(", "),
    }
}
