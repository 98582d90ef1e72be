//! All three kinds in one visit: on, past, back, by the progress bar, and over the summary to the success page.

use e2e::browser::TIMEOUT;
use e2e::connections::list_connections;
use e2e::error::{holds, same};
use e2e::pages::{Page, PageServer};
use e2e::{Context, Journey, Outcome};
use url::form_urlencoded;

use super::banks::{FERNWAY, link};
use super::driving::{
    ACCOUNTING, BANKING, SALES, SUMMARY, choose, go_to, is_at, open, read_steps, sign_in, start_sign_in,
};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("books, bank and shop are handed over together at the end of the summary", |context| {
        Box::pin(all_kinds(context))
    }),
    Journey::new("each step can be skipped, come back to and pressed in the progress bar", |context| {
        Box::pin(ways(context))
    }),
    Journey::new("a kind that the host requires has no skip, and nothing behind it opens", |context| {
        Box::pin(required(context))
    }),
];

async fn all_kinds(context: &Context) -> Outcome {
    let thanks = Page::Html("<!doctype html><title>Thanks</title>".to_owned(), vec![]);
    let success = PageServer::start(vec![("/success", thanks)]).await?;
    context.open_all_services(&[("successUrl", &success.at("/success")), ("state", "s-4")]).await?;
    let widget = context.widget();
    widget.shows("overview").await?;
    widget.act("next").await?;
    is_at(context, ACCOUNTING).await?;
    sign_in(start_sign_in(context, "freshbooks").await?, "#approve").await?;
    choose(context, "Juniper Bakery").await?;
    widget.shows("connected").await?;
    same("what arrived before the end", success.requests().len(), 0)?;
    widget.act("done").await?;
    is_at(context, BANKING).await?;
    link(context, FERNWAY).await?;
    widget.shows("connected").await?;
    widget.act("done").await?;
    is_at(context, SALES).await?;
    sign_in(start_sign_in(context, "square").await?, "#approve").await?;
    choose(context, "Finch Joinery").await?;
    widget.shows("connected").await?;
    widget.act("done").await?;
    widget.shows("summary").await?;
    same("the steps", read_steps(context).await?, ["success", "success", "success", "success", "current"])?;
    for words in ["Juniper Bakery", "Fernway Bank", "Finch Joinery"] {
        widget.says(words).await?;
    }
    let heard = context.host().events().await?;
    let told: Vec<_> = heard.iter().filter(|heard| heard.event == "authorization").collect();
    let services: Vec<_> = told.iter().filter_map(|heard| heard.payload["serviceName"].as_str()).collect();
    same("what the host heard", &services, &vec!["freshbooks", "plaid", "square"])?;
    let made: Vec<_> = told.iter().filter_map(|heard| heard.payload["connectionUuid"].as_str()).collect();
    widget.act("finish").await?;
    check_success_page(context, &success, &services, &made).await?;
    let server = context.programs()?.all_services_server().await?;
    same(
        "connections that the server keeps",
        list_connections(context.programs()?, server, &context.business).await?.len(),
        3,
    )
}

/// Checks the one POST at the success page: each connection as a pair of fields, in the order in which they were made.
async fn check_success_page(
    context: &Context,
    page: &PageServer,
    services: &[&str],
    made: &[&str],
) -> Outcome {
    let post = context
        .browser
        .until("the POST at the success page", TIMEOUT, || async {
            Ok(page.requests().into_iter().find(|arrived| arrived.method == "POST"))
        })
        .await?;
    let fields: Vec<(String, String)> = form_urlencoded::parse(post.body.as_bytes()).into_owned().collect();
    let all = |name: &str| -> Vec<&str> {
        fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    };
    same("serviceName", all("serviceName"), services)?;
    same("connectionId", all("connectionId"), made)?;
    same("businessName", all("businessName"), vec![context.business.as_str()])?;
    same("state", all("state"), vec!["s-4"])
}

async fn ways(context: &Context) -> Outcome {
    context
        .open_all_services(&[("successUrl", ""), ("closeEnabled", "true"), ("closeRedirectUrl", "/closed")])
        .await?;
    let widget = context.widget();
    widget.shows("overview").await?;
    widget.act("next").await?;
    for step in [ACCOUNTING, BANKING, SALES] {
        is_at(context, step).await?;
        widget.act("skip").await?;
    }
    widget.shows("summary").await?;
    same("the steps", read_steps(context).await?, ["success", "skipped", "skipped", "skipped", "current"])?;
    widget.says("Not connected").await?;
    widget.act("back").await?;
    is_at(context, SALES).await?;
    widget.act("back").await?;
    is_at(context, BANKING).await?;
    go_to(context, SUMMARY).await?;
    go_to(context, ACCOUNTING).await?;
    let heard = context.host().events().await?;
    holds(heard.iter().all(|heard| heard.event == "load"), "what the host heard", "only load", &heard)?;
    go_to(context, SUMMARY).await?;
    widget.act("finish").await?;
    context
        .browser
        .until("the way to closeRedirectUrl", TIMEOUT, || async {
            Ok(context.browser.address().await?.ends_with("/closed").then_some(()))
        })
        .await
}

async fn required(context: &Context) -> Outcome {
    let options = "{\"components\":{\"bankingRequired\":true}}";
    context.open_all_services(&[("successUrl", ""), ("options", options)]).await?;
    let widget = context.widget();
    widget.shows("overview").await?;
    let far = widget.find(&format!("button.step[aria-label^='{SALES}']")).await?;
    holds(far.is_none(), "the step behind a required one", "no button", "a button")?;
    go_to(context, BANKING).await?;
    holds(widget.find("[data-action='skip']").await?.is_none(), "skip at a required kind", "none", "one")?;
    link(context, FERNWAY).await?;
    widget.shows("connected").await?;
    widget.act("done").await?;
    is_at(context, SALES).await?;
    open(context, SALES).await
}
