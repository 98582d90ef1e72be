//! An independent provider: npm's `oidc-provider`, which demands PKCE, whose `iss` the server demands, and whose refresh
//! tokens are good once.

use std::time::Duration;

use e2e::connections::only_connection;
use e2e::error::{holds, same};
use e2e::settings::{BRIEF_SERVICE, OPENID_SERVICE};
use e2e::{Context, Journey, Needs, Outcome};
use serde_json::{Value, json};

use super::steps::{check_success_page, start_renewal_of_lapsed, start_sign_in};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a sign-in at npm's oidc-provider connects", |context| Box::pin(approves(context)))
        .needs(Needs::OpenId),
    Journey::new("a refusal at npm's oidc-provider is told in words", |context| {
        Box::pin(is_refused(context))
    })
    .needs(Needs::OpenId),
    Journey::new(
        "the server renews tokens by itself at npm's oidc-provider, until somebody replays one",
        |context| Box::pin(renews(context)),
    )
    .needs(Needs::OpenId)
    .chromium_only()
    .within(Duration::from_mins(6)),
];

async fn approves(context: &Context) -> Outcome {
    context.programs()?.openid.runs()?;
    context.open(&[("state", "s-4")]).await?;
    let popup = start_sign_in(context, OPENID_SERVICE).await?;
    popup.press("#sign-in").await?;
    popup.press("#consent").await?;
    popup.closes_by_itself().await?;
    check_success_page(context, OPENID_SERVICE, "POST", "s-4").await.map(drop)
}

async fn is_refused(context: &Context) -> Outcome {
    context.programs()?.openid.runs()?;
    context.open(&[]).await?;
    let popup = start_sign_in(context, OPENID_SERVICE).await?;
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

async fn renews(context: &Context) -> Outcome {
    let openid = &context.programs()?.openid;
    openid.runs()?;
    context.open(&[]).await?;
    let popup = start_sign_in(context, BRIEF_SERVICE).await?;
    popup.press("#sign-in").await?;
    popup.press("#consent").await?;
    popup.closes_by_itself().await?;
    let id = check_success_page(context, BRIEF_SERVICE, "POST", "").await?;
    wait_for_refreshes(context, 0).await?;
    check_state(context, &id, "active").await?;

    // The provider knows person and consent, asks nothing, and gives new tokens of the same grant.
    let before = openid.log().await?.len();
    context.open(&[]).await?;
    renew_at_once(context, &id).await?;
    same("connectionId after renewing", &check_success_page(context, BRIEF_SERVICE, "POST", "").await?, &id)?;
    wait_for_refreshes(context, before).await?;
    check_state(context, &id, "active").await?;

    same("a token once more", openid.replay().await?, json!({ "status": 400, "error": "invalid_grant" }))?;
    context
        .browser
        .until("the connection to end", TWO_REFRESHES, || async {
            Ok((read_state(context, &id).await? == "disconnected").then_some(()))
        })
        .await?;
    context.open(&[]).await?;
    let popup = start_renewal_of_lapsed(context, &id).await?;
    popup.press("#consent").await?;
    popup.closes_by_itself().await?;
    same("connectionId after the end", &check_success_page(context, BRIEF_SERVICE, "POST", "").await?, &id)?;
    check_state(context, &id, "active").await
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
async fn wait_for_refreshes(context: &Context, after: usize) -> Outcome {
    let openid = &context.programs()?.openid;
    let event = |entry: &Value| entry["event"].as_str().unwrap_or_default().to_owned();
    let log = context
        .browser
        .until("two refreshes after a code", TWO_REFRESHES, || async {
            let log = openid.log().await?.split_off(after);
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

async fn read_state(context: &Context, id: &str) -> Outcome<String> {
    let connection =
        only_connection(context.programs()?, &context.programs()?.connect, &context.business).await?;
    same("the connection that the server keeps", connection["connectionId"].as_str(), Some(id))?;
    Ok(connection["state"].as_str().unwrap_or_default().to_owned())
}

async fn check_state(context: &Context, id: &str, due: &str) -> Outcome {
    same("its state", read_state(context, id).await?.as_str(), due)
}
