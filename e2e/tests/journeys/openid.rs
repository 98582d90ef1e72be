//! An independent provider: npm's `oidc-provider`, which demands PKCE, whose `iss` the server demands, and whose refresh
//! tokens are good once.

use std::time::Duration;

use e2e::failure::{holds, same};
use e2e::inquiry::only_connection;
use e2e::settings::{BRIEF_SERVICE, OPENID_SERVICE};
use e2e::{Context, Journey, Needs, Outcome};
use serde_json::{Value, json};

use super::steps::{begin, received, renewal_of_lapsed};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a sign-in at npm's oidc-provider connects", |context| Box::pin(approved(context)))
        .needs(Needs::OpenId),
    Journey::new("a refusal at npm's oidc-provider is told in words", |context| Box::pin(refused(context)))
        .needs(Needs::OpenId),
    Journey::new(
        "the server renews tokens by itself at npm's oidc-provider, until somebody replays one",
        |context| Box::pin(renewed(context)),
    )
    .needs(Needs::OpenId)
    .chromium_only()
    .within(Duration::from_mins(6)),
];

async fn approved(context: &Context) -> Outcome {
    context.world()?.openid.runs()?;
    context.open(&[("state", "s-4")]).await?;
    let popup = begin(context, OPENID_SERVICE).await?;
    popup.press("#sign-in").await?;
    popup.press("#consent").await?;
    popup.closes_by_itself().await?;
    received(context, OPENID_SERVICE, "POST", "s-4").await.map(drop)
}

async fn refused(context: &Context) -> Outcome {
    context.world()?.openid.runs()?;
    context.open(&[]).await?;
    let popup = begin(context, OPENID_SERVICE).await?;
    popup.press("#refuse").await?;
    popup.closes_by_itself().await?;
    let widget = context.widget();
    widget.shows("refused").await?;
    widget.says("not granted").await?;
    let heard = context.host().hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "insufficientPermission")
}

/// Tokens live for four seconds and are due after two.
const TWO_REFRESHES: Duration = Duration::from_mins(1);

async fn renewed(context: &Context) -> Outcome {
    let openid = &context.world()?.openid;
    openid.runs()?;
    context.open(&[]).await?;
    let popup = begin(context, BRIEF_SERVICE).await?;
    popup.press("#sign-in").await?;
    popup.press("#consent").await?;
    popup.closes_by_itself().await?;
    let id = received(context, BRIEF_SERVICE, "POST", "").await?;
    refreshed(context, 0).await?;
    state_is(context, &id, "active").await?;

    // The provider knows person and consent, asks nothing, and gives new tokens of the same grant.
    let before = openid.happened().await?.len();
    context.open(&[]).await?;
    renew_at_once(context, &id).await?;
    same("connectionId after renewing", &received(context, BRIEF_SERVICE, "POST", "").await?, &id)?;
    refreshed(context, before).await?;
    state_is(context, &id, "active").await?;

    same("a token once more", openid.replay().await?, json!({ "status": 400, "error": "invalid_grant" }))?;
    context
        .browser
        .until("the connection to end", TWO_REFRESHES, || async {
            Ok((state(context, &id).await? == "disconnected").then_some(()))
        })
        .await?;
    context.open(&[]).await?;
    let popup = renewal_of_lapsed(context, &id).await?;
    popup.press("#consent").await?;
    popup.closes_by_itself().await?;
    same("connectionId after the end", &received(context, BRIEF_SERVICE, "POST", "").await?, &id)?;
    state_is(context, &id, "active").await
}

/// Renews where the provider asks nothing: its window may be gone before anybody could look.
async fn renew_at_once(context: &Context, id: &str) -> Outcome {
    let widget = context.widget();
    widget.shows("picker").await?;
    widget.press(&format!("li[data-connection='{id}'] button[data-action='reauthorise']")).await?;
    widget.shows("before").await?;
    widget.act("continue").await
}

/// Waits until, after so many entries, a code was exchanged and two refreshes followed, each with a new refresh token
/// and nothing refused.
async fn refreshed(context: &Context, after: usize) -> Outcome {
    let openid = &context.world()?.openid;
    let event = |entry: &Value| entry["event"].as_str().unwrap_or_default().to_owned();
    let log = context
        .browser
        .until("two refreshes after a code", TWO_REFRESHES, || async {
            let log = openid.happened().await?.split_off(after);
            let code = log.iter().position(|entry| event(entry) == "authorization_code");
            let since = code
                .map(|code| log[code..].iter().filter(|entry| event(entry) != "authorization_code").count());
            Ok((since.unwrap_or_default() >= 2).then_some(log))
        })
        .await?;
    let fine = |entry: &Value| match event(entry).as_str() {
        "authorization_code" => true,
        "refresh_token" => entry["rotated"] == true,
        _ => false,
    };
    holds(log.iter().all(fine), "what happened at the provider", "a code, and rotated refresh tokens", &log)
}

async fn state(context: &Context, id: &str) -> Outcome<String> {
    let connection = only_connection(&context.world()?.connect, &context.business).await?;
    same("the connection that the server keeps", connection["connectionId"].as_str(), Some(id))?;
    Ok(connection["state"].as_str().unwrap_or_default().to_owned())
}

async fn state_is(context: &Context, id: &str, due: &str) -> Outcome {
    same("its state", state(context, id).await?.as_str(), due)
}
