//! Services that must be asked about before the sign-in: which shop, which environment.

use e2e::failure::{holds, same};
use e2e::{Context, Journey, Outcome};

use super::companies::kept;
use super::driving::{
    approve, authorised, choose, fill, next, open_at, pick, says, shows_connected, skip_to,
};
use super::journey;

pub const JOURNEYS: &[Journey] = &[
    journey("the package we replace asks for the shop, and connects Shopify", |context| {
        Box::pin(shop(context))
    }),
    journey(
        "the package we replace asks for the environment, and connects Dynamics 365 Finance",
        |context| Box::pin(environment(context)),
    ),
    journey("the package we replace is refused an environment that is not Microsoft's", |context| {
        Box::pin(foreign_environment(context))
    }),
];

/// The field that stands alone on its screen; the picker's has an id of its own.
const FIELD: &str = "input[type=text]:not(#search)";

const FINANCE: &str = "MS Dynamics 365 Finance";

async fn shop(context: &Context) -> Outcome {
    let wide = context.world()?.wide().await?;
    let page = open_at(context, wide, &[]).await?;
    skip_to(context, "Commerce").await?;
    pick(context, "Shopify").await?;
    says(context, ".myshopify.com").await?;
    // Whose shop it is depends on its name alone, so each journey has one of its own.
    let shop = context.business.to_lowercase().replace(' ', "-");
    fill(context, FIELD, &shop).await?;
    next(context).await?;
    approve(context).await?;
    let payload = authorised(context, "shopify").await?;
    same("serviceAccountRef.id", payload["serviceAccountRef"]["id"].as_str(), Some(shop.as_str()))?;
    drop(page);
    let _page = open_at(context, wide, &[]).await?;
    skip_to(context, "Commerce").await?;
    shows_connected(context).await
}

async fn give_environment(context: &Context, address: &str) -> Outcome {
    pick(context, FINANCE).await?;
    says(context, "Account Url").await?;
    fill(context, FIELD, address).await?;
    next(context).await
}

async fn environment(context: &Context) -> Outcome {
    let wide = context.world()?.wide().await?;
    let _page = open_at(context, wide, &[]).await?;
    give_environment(context, "https://juniper.operations.dynamics.com").await?;
    approve(context).await?;
    choose(context, "Finch Joinery").await?;
    let payload = authorised(context, "dynamics365Finance").await?;
    kept(context, wide, "Finch Joinery", &payload).await
}

async fn foreign_environment(context: &Context) -> Outcome {
    let wide = context.world()?.wide().await?;
    let _page = open_at(context, wide, &[]).await?;
    give_environment(context, "https://books.example.com").await?;
    let heard = context.host().hears("onError", "load").await?;
    same("errorCode", heard.code(), "general")?;
    let told = heard.payload["error"]["rawError"].to_string();
    holds(
        told.contains("operations.dynamics.com"),
        "rawError",
        "the server's words, with what is right",
        told,
    )?;
    let browser = &context.browser;
    browser
        .until("the window to be closed again", e2e::browser::PATIENCE, || async {
            Ok(browser.others().await?.is_empty().then_some(()))
        })
        .await
}
