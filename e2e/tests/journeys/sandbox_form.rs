//! The sandbox form, which the widget shows with a server that lacks our addition: the way of the contract
//! that we are compatible with, and the way to a duplicate.

use e2e::error::{holds, same};
use e2e::proxy::{Proxy, ProxyMode};
use e2e::{Context, Journey, Outcome};

use super::steps::{SANDBOX, check_success_page};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("with a server of the old contract the sandbox form connects", |context| {
        Box::pin(good(context))
    }),
    Journey::new("a duplicate is shown and never handed over", |context| Box::pin(duplicate(context))),
    Journey::new("refused credentials of the sandbox are told to person and host", |context| {
        Box::pin(is_refused(context))
    }),
    Journey::new("beside the one press each outcome of the sandbox can be played", |context| {
        Box::pin(plays_each(context))
    }),
];

/// Fills the form in for one service with this use case, and sends it. The proxy lives as long as its value.
pub async fn connect(context: &Context, use_case: &str) -> Outcome<Proxy> {
    let proxy = Proxy::start(context.programs()?, ProxyMode::NoFeatures).await?;
    context.open(&[("endpoint", &proxy.endpoint())]).await?;
    context.widget().shows("picker").await?;
    context.widget().pick(SANDBOX).await?;
    fill_in(context, use_case).await?;
    Ok(proxy)
}

async fn fill_in(context: &Context, use_case: &str) -> Outcome {
    let widget = context.widget();
    widget.shows("sandboxForm").await?;
    widget.press(&format!("#use-case option[value='{use_case}']")).await?;
    let script = "const root = document.querySelector('#railz-connect-base').shadowRoot;\
        const option = [...root.querySelectorAll('#provider option')]\
            .find((option) => option.textContent.includes('QuickBooks Online'));\
        return option ? option.value : null;";
    let provider = context.browser.until_script("QuickBooks among the providers", script).await?;
    let provider = provider.as_str().unwrap_or_default();
    widget.press(&format!("#provider option[value='{provider}']")).await?;
    widget.act("submit").await
}

async fn plays_each(context: &Context) -> Outcome {
    for (use_case, screen) in [
        ("invalid_credentials", "refused"),
        ("failed_connection", "refused"),
        ("duplicate_connection", "duplicate"),
    ] {
        context.open(&[]).await?;
        context.widget().shows("picker").await?;
        context.widget().act("sandbox-form").await?;
        fill_in(context, use_case).await?;
        context.widget().shows(screen).await?;
    }
    context.open(&[]).await?;
    context.widget().shows("picker").await?;
    context.widget().act("sandbox-form").await?;
    fill_in(context, "data_empty").await?;
    check_success_page(context, "quickbooks", "POST", "").await.map(drop)
}

async fn good(context: &Context) -> Outcome {
    let _proxy = connect(context, "user_good").await?;
    check_success_page(context, "quickbooks", "POST", "").await.map(drop)
}

async fn duplicate(context: &Context) -> Outcome {
    let _proxy = connect(context, "duplicate_connection").await?;
    let widget = context.widget();
    widget.shows("duplicate").await?;
    let host = context.host();
    let heard = host.hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "duplicateAccount")?;
    // Longer than any handing over would take.
    tokio::time::sleep(std::time::Duration::from_secs(6)).await;
    widget.shows("duplicate").await?;
    host.check_one_outcome("onError").await?;
    let address = context.browser.address().await?;
    holds(!address.contains("/success"), "where the browser is", "still the host page", address)
}

async fn is_refused(context: &Context) -> Outcome {
    let _proxy = connect(context, "invalid_credentials").await?;
    context.widget().shows("refused").await?;
    let heard = context.host().hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "unauthorizedCredentials")
}
