//! The sandbox: one press, no authorisation, and the success page has the connection.

use e2e::error::{holds, same};
use e2e::{Context, Journey, Outcome};
use serde_json::json;

use super::steps::{SANDBOX, check_id, check_success_page};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("one press connects the sandbox, and the success page receives it by POST", |context| {
        Box::pin(by_post(context))
    }),
    Journey::new("with successMethod=get the success page receives the same fields by GET", |context| {
        Box::pin(by_get(context))
    }),
    Journey::new(
        "without a success page the widget's own screen stays and the host hears it once",
        |context| Box::pin(without_success_page(context)),
    ),
    Journey::new("the ES module connects the sandbox like the script tag", |context| {
        Box::pin(by_module(context))
    }),
];

async fn by_post(context: &Context) -> Outcome {
    let state = "order 17 & \u{e9}t\u{e9}";
    context.open(&[("state", state)]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    widget.pick(SANDBOX).await?;
    check_success_page(context, SANDBOX, "POST", state).await?;
    // The host page keeps what it heard for the page that comes after it in the same tab.
    let script = "return JSON.parse(sessionStorage.getItem('hostEvents'))\
        .map(({ callback, event }) => callback + ' ' + event);";
    let heard = context.browser.script(script, vec![]).await?;
    same("what the host heard first", heard, json!(["onSuccess load", "onSuccess authorization"]))?;
    let address = context.browser.address().await?;
    holds(!address.contains('?'), "the success page's address", "no fields in it", &address)
}

async fn by_get(context: &Context) -> Outcome {
    context.open(&[("state", "s-1"), ("successMethod", "get")]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    widget.pick(SANDBOX).await?;
    let id = check_success_page(context, SANDBOX, "GET", "s-1").await?;
    let address = context.browser.address().await?;
    holds(address.contains(&format!("connectionId={id}")), "the address", "the connectionId", &address)
}

async fn without_success_page(context: &Context) -> Outcome {
    context.open(&[("successUrl", "")]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    widget.pick(SANDBOX).await?;
    widget.shows("connected").await?;
    context.host().hears("onSuccess", "authorization").await?;
    let heard = context.host().events().await?;
    let calls: Vec<String> =
        heard.iter().map(|heard| format!("{} {}", heard.callback, heard.event)).collect();
    same("what the host heard", calls, vec!["onSuccess load", "onSuccess authorization"])?;
    let payload = &heard[1].payload;
    check_id("connectionUuid", "CON-", payload["connectionUuid"].as_str().unwrap_or_default())?;
    same("serviceName", payload["serviceName"].as_str(), Some(SANDBOX))?;
    same("businessName", payload["businessName"].as_str(), Some(context.business.as_str()))
}

async fn by_module(context: &Context) -> Outcome {
    context.open(&[("via", "module")]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    widget.pick(SANDBOX).await?;
    check_success_page(context, SANDBOX, "POST", "").await.map(drop)
}
