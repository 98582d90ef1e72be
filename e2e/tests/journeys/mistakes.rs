//! A host's mistakes: refused by name, at once, with what would be right (invariant 7).

use e2e::error::{holds, same};
use e2e::{Context, Journey, Outcome};
use serde_json::json;

pub const JOURNEYS: &[Journey] = &[
    Journey::new("an invalid businessName rejects mount() by name and leaves nothing behind", |context| {
        Box::pin(invalid_name(context))
    }),
    Journey::new("successUrl and redirectUrl together are refused", |context| {
        Box::pin(both_addresses(context))
    }),
    Journey::new("an address that is no web address is refused", |context| Box::pin(script_address(context))),
    Journey::new("a success page that is not registered with the widget is refused in words", |context| {
        Box::pin(foreign_success_page(context))
    }),
    Journey::new("an unknown businessUuid is told to person and host", |context| {
        Box::pin(unknown_business(context))
    }),
];

async fn invalid_name(context: &Context) -> Outcome {
    context.open_with(&[("businessName", "Bakery 100%")]).await?;
    is_refused(context, "businessName", "Bakery 100%").await
}

async fn both_addresses(context: &Context) -> Outcome {
    let redirect = format!("{}/closed", context.programs()?.host);
    context.open(&[("successUrl", "/success"), ("redirectUrl", &redirect)]).await?;
    is_refused(context, "redirectUrl", &redirect).await
}

async fn script_address(context: &Context) -> Outcome {
    context.open(&[("successUrl", ""), ("redirectUrl", "javascript:alert(1)")]).await?;
    is_refused(context, "redirectUrl", "javascript:alert(1)").await
}

async fn is_refused(context: &Context, option: &str, received: &str) -> Outcome {
    let host = context.host();
    let error = host.mount_error().await?;
    same("option", &error["option"], &json!(option))?;
    same("received", &error["received"], &json!(received))?;
    let expected = error["expected"].as_str().unwrap_or_default();
    holds(expected.len() > 10, "expected", "what would be right, in words", &error)?;
    let heard = host.events().await?;
    same("what the host heard", heard.len(), 1)?;
    same("the callback", heard[0].callback.as_str(), "onError")?;
    same("the event", heard[0].event.as_str(), "load")?;
    same("errorCode", heard[0].code(), "general")?;
    let left = "return document.querySelectorAll('#railz-connect-base').length";
    same("widgets left behind", context.browser.script(left, vec![]).await?, json!(0))
}

async fn foreign_success_page(context: &Context) -> Outcome {
    for foreign in ["https://127.0.0.1.evil.example/success", "http://evil.example/success"] {
        context.open(&[("successUrl", foreign)]).await?;
        let widget = context.widget();
        widget.shows("unavailable").await?;
        let words = widget.words().await?;
        holds(words.split_whitespace().count() > 3, "the words", "a sentence", &words)?;
        let heard = context.host().events().await?;
        same("what the host heard", heard.len(), 1)?;
        same("the callback", heard[0].callback.as_str(), "onError")?;
        let told = heard[0].payload.to_string();
        holds(told.contains("successUrl"), "what the host heard", "the option by name", &told)?;
        let address = context.browser.address().await?;
        let stays = address.starts_with(&context.programs()?.host);
        holds(stays, "where the browser is", "the page of the widget", &address)?;
    }
    Ok(())
}

async fn unknown_business(context: &Context) -> Outcome {
    let nobody = "BIZ-00000000-0000-4000-8000-000000000000";
    context.open_with(&[("businessUuid", nobody)]).await?;
    let widget = context.widget();
    widget.shows("unavailable").await?;
    let words = widget.words().await?;
    holds(words.split_whitespace().count() > 3, "the words", "a sentence", &words)?;
    let host = context.host();
    let heard = host.hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "businessNotFound")?;
    same("what the host heard", host.events().await?.len(), 1)
}
