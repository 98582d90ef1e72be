//! Services that ask something before their window: which shop, which environment.

use e2e::error::{holds, same};
use e2e::{Context, Journey, Outcome};

use super::driving::{
    ACCOUNTING, SALES, check_connected, check_kept, choose, fill, open, open_window, sign_in,
};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("Shopify asks for the shop, helps with a wrong answer, and connects", |context| {
        Box::pin(shop(context))
    }),
    Journey::new("Dynamics 365 Finance asks for the environment, then for the company", |context| {
        Box::pin(environment(context))
    }),
    Journey::new("an environment that the server does not take is told in its words", |context| {
        Box::pin(foreign_environment(context))
    }),
];

const FINANCE: &str = "dynamics365Finance";

/// A shop of the journey's own: whose it is depends on its name alone.
pub fn shop_of(context: &Context) -> String {
    context.business.to_lowercase().replace(' ', "-")
}

async fn shop(context: &Context) -> Outcome {
    open(context, SALES).await?;
    let widget = context.widget();
    widget.pick("shopify").await?;
    widget.shows("before").await?;
    fill(context, "answer", "our shop").await?;
    widget.act("continue").await?;
    widget.says("letters, digits and hyphens").await?;
    same("windows for a wrong answer", context.browser.others().await?.len(), 0)?;
    let shop = shop_of(context);
    fill(context, "answer", &format!("https://{shop}.myshopify.com/admin")).await?;
    sign_in(open_window(context).await?, "#approve").await?;
    let payload = check_connected(context, "shopify").await?;
    same("the shop", payload["serviceAccountRef"]["id"].as_str(), Some(shop.as_str()))?;
    check_kept(context, &payload).await.map(drop)
}

async fn environment(context: &Context) -> Outcome {
    open(context, ACCOUNTING).await?;
    context.widget().pick(FINANCE).await?;
    fill(context, "answer", "juniper.operations.dynamics.com").await?;
    sign_in(open_window(context).await?, "#approve").await?;
    choose(context, "Finch Joinery").await?;
    let payload = check_connected(context, FINANCE).await?;
    let kept = check_kept(context, &payload).await?;
    same("accountName", kept["accountName"].as_str(), Some("Finch Joinery"))
}

/// It looks right to a form; the server knows better.
async fn foreign_environment(context: &Context) -> Outcome {
    open(context, ACCOUNTING).await?;
    let widget = context.widget();
    widget.pick(FINANCE).await?;
    fill(context, "answer", "https://juniper.crm.dynamics.com").await?;
    widget.act("continue").await?;
    widget.says("give the environment's address").await?;
    let browser = &context.browser;
    browser
        .until("the window to be closed again", e2e::browser::TIMEOUT, || async {
            Ok(browser.others().await?.is_empty().then_some(()))
        })
        .await?;
    let typed = widget.element("input[name='answer']").await?.value().await?;
    holds(
        typed.is_some_and(|typed| typed.contains("juniper")),
        "the answer",
        "still there",
        widget.words().await?,
    )?;
    fill(context, "answer", "https://juniper.operations.dynamics.com").await?;
    sign_in(open_window(context).await?, "#approve").await?;
    choose(context, "Juniper Bakery").await?;
    context.widget().shows("connected").await
}
