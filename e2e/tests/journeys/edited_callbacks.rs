//! Callbacks that are not the sign-in's own answer: with the state or the code of somebody else's, or a second time. Each ends
//! in a page or a screen that says so, connects nothing, and leaves what was connected as it was.

use e2e::connections::list_connections;
use e2e::error::{JourneyError, Outcome, holds, same};
use e2e::popup::Popup;
use e2e::{Context, Journey};
use serde_json::Value;
use url::Url;

use super::by_hand;
use super::steps::{approve, check_success_page, start_renewal, start_sign_in};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a callback with the state of somebody else's sign-in connects nothing", |context| {
        Box::pin(state_of_another(context))
    }),
    Journey::new("a callback with the code of somebody else's sign-in connects nothing", |context| {
        Box::pin(code_of_another(context))
    }),
    Journey::new("a callback that comes a second time connects nothing more", |context| {
        Box::pin(second_time(context))
    }),
];

/// What the server lists for a business.
async fn listed(context: &Context, business: &str) -> Outcome<Vec<Value>> {
    let programs = context.programs()?;
    list_connections(programs, &programs.connect, business).await
}

/// The business of whoever edits callbacks.
fn stranger(context: &Context) -> String {
    format!("{} next door", context.business)
}

/// The address that ends a sign-in of the stranger's, as nobody has opened it yet.
async fn strangers_callback(context: &Context) -> Outcome<Url> {
    let begun = by_hand::begin(context, &stranger(context)).await?;
    by_hand::consent(context.programs()?, &begun).await
}

/// Connects, so that there is something to lose, and begins to sign in again: the window at the provider, and what is
/// listed meanwhile.
async fn begin_again(context: &Context) -> Outcome<(Popup<'_>, Vec<Value>)> {
    context.open(&[]).await?;
    approve(context, "quickbooks").await?;
    let id = check_success_page(context, "quickbooks", "POST", "").await?;
    context.open(&[]).await?;
    let popup = start_renewal(context, &id).await?;
    popup.element("#approve").await?;
    Ok((popup, listed(context, &context.business).await?))
}

/// Says yes to what the window at the provider shows, without the window: the address that would end this sign-in.
async fn own_callback(context: &Context) -> Outcome<Url> {
    let request = "return document.querySelector('input[name=request]').value";
    let request = context.browser.script(request, vec![]).await?;
    by_hand::approve(context.programs()?, request.as_str().unwrap_or_default()).await
}

fn parameter(callback: &Url, name: &str) -> Outcome<String> {
    let found = callback.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    found.ok_or_else(|| JourneyError::Unexpected {
        what: "the callback".to_owned(),
        expected: name.to_owned(),
        found: callback.to_string(),
    })
}

/// The page that stands in the window says this.
async fn says(context: &Context, words: &[&str]) -> Outcome {
    let text = context.browser.until_script("a page", "return document.body?.innerText || null").await?;
    let text = text.as_str().unwrap_or_default();
    words.iter().try_for_each(|said| holds(text.contains(said), "the page", said, text))
}

async fn state_of_another(context: &Context) -> Outcome {
    let (popup, before) = begin_again(context).await?;
    let foreign = strangers_callback(context).await?;
    context.browser.goto(foreign.as_str()).await?;
    says(context, &["This sign-in began somewhere else", "Nothing was changed"]).await?;
    same("the stranger's connections", listed(context, &stranger(context)).await?, Vec::<Value>::new())?;
    same("the connections", listed(context, &context.business).await?, before.clone())?;
    // A state that nobody gave out.
    let mut made_up = foreign.clone();
    made_up.query_pairs_mut().clear().append_pair("code", "made-up").append_pair("state", "made-up");
    context.browser.goto(made_up.as_str()).await?;
    says(context, &["This sign-in is not waiting for an answer", "Nothing was changed"]).await?;
    same("the connections", listed(context, &context.business).await?, before)?;
    popup.close().await?;
    // The sign-in itself is not harmed.
    let widget = context.widget();
    widget.shows("waiting").await?;
    widget.act("reopen").await?;
    Popup::opened(&context.browser).await?.press("#approve").await?;
    check_success_page(context, "quickbooks", "POST", "").await.map(drop)
}

async fn code_of_another(context: &Context) -> Outcome {
    let (popup, before) = begin_again(context).await?;
    let foreign = strangers_callback(context).await?;
    let own = own_callback(context).await?;
    let mut edited = own.clone();
    let (code, state) = (parameter(&foreign, "code")?, parameter(&own, "state")?);
    edited.query_pairs_mut().clear().append_pair("code", &code).append_pair("state", &state);
    // The window closes by itself, perhaps before the driver has answered.
    context.browser.goto(edited.as_str()).await.ok();
    popup.closes_by_itself().await?;
    context.widget().shows("failed").await?;
    same("the connections", listed(context, &context.business).await?, before)?;
    same("the stranger's connections", listed(context, &stranger(context)).await?, Vec::<Value>::new())
}

async fn second_time(context: &Context) -> Outcome {
    context.open(&[]).await?;
    let popup = start_sign_in(context, "quickbooks").await?;
    popup.element("#approve").await?;
    let callback = own_callback(context).await?;
    context.browser.goto(callback.as_str()).await.ok();
    popup.closes_by_itself().await?;
    let id = check_success_page(context, "quickbooks", "POST", "").await?;
    let before = listed(context, &context.business).await?;
    same("the connection", before[0]["connectionId"].as_str(), Some(id.as_str()))?;
    context.browser.goto(callback.as_str()).await?;
    says(context, &["This sign-in", "Nothing was changed"]).await?;
    same("the connections", listed(context, &context.business).await?, before)
}
