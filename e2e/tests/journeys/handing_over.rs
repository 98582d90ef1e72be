//! Leaving for the host's next page, and what follows when the page cannot be left.

use std::time::Duration;

use e2e::browser::TIMEOUT;
use e2e::error::{holds, same};
use e2e::pages::{Page, PageServer};
use e2e::{Context, Journey, Outcome};

use super::steps::SANDBOX;

pub const JOURNEYS: &[Journey] = &[
    Journey::new("redirectUrl is a plain navigation without fields", |context| Box::pin(redirects(context))),
    Journey::new("a page whose policy forbids the POST gets a Continue button and is told", |context| {
        Box::pin(is_forbidden(context))
    }),
    Journey::new(
        "a success page that takes longer than five seconds is no error and gets one POST",
        |context| Box::pin(takes_long(context)),
    ),
    Journey::new("the close button tells the host and leads to closeRedirectUrl", |context| {
        Box::pin(closes(context))
    }),
];

async fn redirects(context: &Context) -> Outcome {
    let next = format!("{}/closed?from=widget", context.programs()?.host);
    context.open(&[("successUrl", ""), ("redirectUrl", &next)]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    widget.pick(SANDBOX).await?;
    arrives(context, &next).await
}

async fn is_forbidden(context: &Context) -> Outcome {
    // Another name for the same host program is another origin.
    let elsewhere = context.programs()?.host.replace("127.0.0.1", "localhost") + "/success";
    context.open(&[("successUrl", &elsewhere), ("csp", "form-action")]).await?;
    let page = context.browser.address().await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    widget.pick(SANDBOX).await?;
    widget.shows("handOverStuck").await?;
    widget.element("button[data-action='continue']").await?;
    same("the page", context.browser.address().await?, page)?;
    let host = context.host();
    let heard = host.hears("onError", "load").await?;
    same("errorCode", heard.code(), "general")?;
    host.check_one_outcome("onSuccess").await
}

/// It was told as an error, with a button that posted a second time.
async fn takes_long(context: &Context) -> Outcome {
    let staying = PageServer::start(vec![("/success", Page::Stay)]).await?;
    context.open(&[("successUrl", &staying.at("/success")), ("state", "s-3")]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    widget.pick(SANDBOX).await?;
    widget.shows("handingOver").await?;
    let arrived = || async {
        let posts: Vec<_> = staying.requests().into_iter().filter(|one| one.method == "POST").collect();
        Ok((!posts.is_empty()).then_some(posts))
    };
    let posts = context.browser.until("a POST", TIMEOUT, arrived).await?;
    holds(posts[0].body.contains("state=s-3"), "the POST", "all fields", &posts[0])?;
    holds(posts[0].body.contains("&connectionToken="), "the POST", "a connectionToken", &posts[0])?;
    tokio::time::sleep(Duration::from_secs(6)).await;
    widget.shows("handingOver").await?;
    let posts = staying.requests().into_iter().filter(|one| one.method == "POST").count();
    same("how many POSTs arrived", posts, 1)?;
    context.host().check_one_outcome("onSuccess").await
}

async fn closes(context: &Context) -> Outcome {
    let next = format!("{}/closed", context.programs()?.host);
    context.open(&[("closeEnabled", "true"), ("closeRedirectUrl", &next)]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    widget.act("close").await?;
    arrives(context, &next).await
}

async fn arrives(context: &Context, address: &str) -> Outcome {
    context
        .browser
        .until(address, TIMEOUT, || async { Ok((context.browser.address().await? == address).then_some(())) })
        .await
}
