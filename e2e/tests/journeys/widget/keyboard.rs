//! Without a mouse through the steps: skip, a question, the sign-in, and on to the summary; and a form of credentials.

use e2e::popup::Popup;
use e2e::{Context, Journey, Outcome};
use thirtyfour::Key;

use super::driving::{ACCOUNTING, BANKING, SALES, check_connected, is_at};
use super::questions::shop_of;
use crate::stories::keyboard::{tab_to, tab_to_id};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("the keyboard alone goes through the steps, answers a question and signs in", |context| {
        Box::pin(question(context))
    }),
    Journey::new("the keyboard alone searches, fills in credentials and connects", |context| {
        Box::pin(credentials(context))
    }),
];

/// Goes to something with Tab, and presses it with Enter.
async fn press(context: &Context, goal: &str) -> Outcome {
    tab_to(context, goal).await?;
    context.browser.keys(Key::Enter).await
}

/// On a new screen the focus comes to its heading.
async fn begins_at_its_heading(context: &Context) -> Outcome {
    context.widget().has_focus("h2").await
}

async fn question(context: &Context) -> Outcome {
    context.open_all_services(&[("successUrl", "")]).await?;
    let widget = context.widget();
    widget.shows("overview").await?;
    press(context, "next").await?;
    for step in [ACCOUNTING, BANKING] {
        is_at(context, step).await?;
        begins_at_its_heading(context).await?;
        press(context, "skip").await?;
    }
    is_at(context, SALES).await?;
    press(context, "shopify").await?;
    widget.shows("before").await?;
    begins_at_its_heading(context).await?;
    tab_to(context, "input").await?;
    context.browser.keys(shop_of(context)).await?;
    context.browser.keys(Key::Enter).await?;
    let popup = Popup::opened(&context.browser).await?;
    popup.element("#approve").await?;
    tab_to_id(context, "approve").await?;
    context.browser.keys(Key::Enter).await?;
    popup.closes_by_itself().await?;
    check_connected(context, "shopify").await?;
    begins_at_its_heading(context).await?;
    press(context, "done").await?;
    widget.shows("summary").await
}

async fn credentials(context: &Context) -> Outcome {
    context.open_all_services(&[("successUrl", "")]).await?;
    let widget = context.widget();
    widget.shows("overview").await?;
    press(context, "next").await?;
    is_at(context, ACCOUNTING).await?;
    tab_to(context, "input").await?;
    context.browser.keys("intact").await?;
    widget.says("1 service found").await?;
    press(context, "sageIntacct").await?;
    widget.shows("credentials").await?;
    begins_at_its_heading(context).await?;
    let number: String = context.business.chars().filter(char::is_ascii_digit).collect();
    for text in [format!("solo-keys-{number}"), "owner".to_owned(), "practice-password".to_owned()] {
        tab_to(context, "input").await?;
        context.browser.keys(text).await?;
    }
    context.browser.keys(Key::Enter).await?;
    check_connected(context, "sageIntacct").await.map(drop)
}
