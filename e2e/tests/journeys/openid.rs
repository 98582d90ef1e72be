//! An independent provider: npm's `oidc-provider`, which demands PKCE and whose `iss` the server demands.

use e2e::failure::same;
use e2e::settings::OPENID_SERVICE;
use e2e::{Context, Journey, Needs, Outcome};

use super::steps::{begin, received};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a sign-in at npm's oidc-provider connects", |context| Box::pin(approved(context)))
        .needs(Needs::OpenId),
    Journey::new("a refusal at npm's oidc-provider is told in words", |context| Box::pin(refused(context)))
        .needs(Needs::OpenId),
];

async fn approved(context: &Context) -> Outcome {
    context.world()?.openid()?;
    context.open(&[("state", "s-4")]).await?;
    let popup = begin(context, OPENID_SERVICE).await?;
    popup.press("#sign-in").await?;
    popup.press("#consent").await?;
    popup.closes_by_itself().await?;
    received(context, OPENID_SERVICE, "POST", "s-4").await.map(drop)
}

async fn refused(context: &Context) -> Outcome {
    context.world()?.openid()?;
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
