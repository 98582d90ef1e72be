//! Services behind OAuth: a sign-in that goes well, one that is denied, one whose exchange fails, one that leads on.

use e2e::connections::only_connection;
use e2e::error::same;
use e2e::pages::PageServer;
use e2e::popup::Popup;
use e2e::{Context, Journey, Outcome};

use super::driving::{
    ELSEWHERE, approve, check_connected, open, open_at, open_window, pick, shows_connected,
};
use super::journey;

pub const JOURNEYS: &[Journey] = &[
    journey("the package we replace signs in at a provider, and lists the connection", |context| {
        Box::pin(sign_in(context))
    }),
    journey("the package we replace tells of a denied sign-in", |context| Box::pin(is_denied(context))),
    journey("the package we replace tells of a failed token exchange", |context| Box::pin(fails(context))),
    journey("the package we replace goes to redirectUrl as it is after a sign-in", |context| {
        Box::pin(redirects(context))
    }),
];

async fn begin(context: &Context) -> Outcome<(PageServer, Popup<'_>)> {
    let server = open(context).await?;
    pick(context, "Quickbooks Online").await?;
    let popup = open_window(context).await?;
    Ok((server, popup))
}

async fn sign_in(context: &Context) -> Outcome {
    let (server, popup) = begin(context).await?;
    popup.press("#approve").await?;
    popup.closes_by_itself().await?;
    check_connected(context, "quickbooks").await?;
    drop(server);
    let _server = open(context).await?;
    shows_connected(context).await
}

async fn is_denied(context: &Context) -> Outcome {
    let (_server, popup) = begin(context).await?;
    popup.press("#deny").await?;
    popup.closes_by_itself().await?;
    let heard = context.host().hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "insufficientPermission")?;
    context.host().check_one_outcome("onError").await
}

async fn fails(context: &Context) -> Outcome {
    let (_server, popup) = begin(context).await?;
    popup.press("#exchange-error").await?;
    popup.closes_by_itself().await?;
    let heard = context.host().hears("onError", "load").await?;
    same("errorCode", heard.code(), "general")
}

/// Of the page that it leads to, nobody has heard: what is kept is the server's to tell.
async fn redirects(context: &Context) -> Outcome {
    let connect = context.programs()?.connect.as_str();
    let server = open_at(context, connect, &[("redirectUrl", ELSEWHERE)]).await?;
    pick(context, "Quickbooks Online").await?;
    approve(context).await?;
    context.browser.until_script("the host's other page", "return document.title === 'Elsewhere'").await?;
    same("where the browser is", context.browser.address().await?, server.at(ELSEWHERE))?;
    let kept = only_connection(context.programs()?, connect, &context.business).await?;
    same("state", kept["state"].as_str(), Some("active"))
}
