//! Services that must be asked about before the sign-in: which shop, which environment.

use e2e::error::{holds, same};
use e2e::{Context, Journey, Outcome};

use super::companies::check_kept;
use super::driving::{
    approve, check_connected, choose, fill, open_at, pick, press_next, says, shows_connected, skip_to,
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
    let server = context.programs()?.all_services_server().await?;
    let page = open_at(context, server, &[]).await?;
    skip_to(context, "Commerce").await?;
    pick(context, "Shopify").await?;
    says(context, ".myshopify.com").await?;
    // Whose shop it is depends on its name alone, so each journey has one of its own.
    let shop = context.business.to_lowercase().replace(' ', "-");
    fill(context, FIELD, &shop).await?;
    press_next(context).await?;
    approve(context).await?;
    let payload = check_connected(context, "shopify").await?;
    same("serviceAccountRef.id", payload["serviceAccountRef"]["id"].as_str(), Some(shop.as_str()))?;
    drop(page);
    let _page = open_at(context, server, &[]).await?;
    skip_to(context, "Commerce").await?;
    shows_connected(context).await
}

async fn give_environment(context: &Context, address: &str) -> Outcome {
    pick(context, FINANCE).await?;
    says(context, "Account Url").await?;
    fill(context, FIELD, address).await?;
    press_next(context).await
}

async fn environment(context: &Context) -> Outcome {
    let server = context.programs()?.all_services_server().await?;
    let _page = open_at(context, server, &[]).await?;
    give_environment(context, "https://juniper.operations.dynamics.com").await?;
    approve(context).await?;
    choose(context, "Finch Joinery").await?;
    let payload = check_connected(context, "dynamics365Finance").await?;
    check_kept(context, server, "Finch Joinery", &payload).await
}

async fn foreign_environment(context: &Context) -> Outcome {
    let server = context.programs()?.all_services_server().await?;
    let _page = open_at(context, server, &[]).await?;
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
        .until("the window to be closed again", e2e::browser::TIMEOUT, || async {
            Ok(browser.others().await?.is_empty().then_some(()))
        })
        .await
}
