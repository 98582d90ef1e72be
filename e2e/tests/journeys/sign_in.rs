//! Signing in at a provider: yes, no, and the ways in which the provider itself fails.

use e2e::axe::Axe;
use e2e::error::{holds, same};
use e2e::settings::UNKNOWN_SERVICE;
use e2e::{Context, Journey, Outcome};

use super::steps::{approve, check_success_page, start_sign_in};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("an approved sign-in closes its window and lands on the success page", |context| {
        Box::pin(approves(context))
    }),
    Journey::new("a service that no widget knows is shown by the server's name and connects", |context| {
        Box::pin(unknown_service(context))
    }),
    Journey::new(
        "where a sign-in reaches several companies the person chooses one, and axe-core agrees",
        |context| Box::pin(chosen_company(context)),
    ),
    Journey::new("a denied sign-in is told in words, and no later list shows it", |context| {
        Box::pin(is_denied(context))
    }),
    Journey::new("an error of the provider is told in words, and can be tried again", |context| {
        Box::pin(provider_error(context))
    }),
    Journey::new("a failed token exchange is told in words without the provider's own", |context| {
        Box::pin(exchange_error(context))
    }),
];

async fn approves(context: &Context) -> Outcome {
    context.open(&[("state", "s-2")]).await?;
    approve(context, "quickbooks").await?;
    check_success_page(context, "quickbooks", "POST", "s-2").await.map(drop)
}

async fn chosen_company(context: &Context) -> Outcome {
    let axe = Axe::load()?;
    context.open(&[]).await?;
    approve(context, "freshbooks").await?;
    let widget = context.widget();
    widget.shows("accounts").await?;
    axe.check(&context.browser, "accounts").await?;
    widget.press("[data-account]").await?;
    check_success_page(context, "freshbooks", "POST", "").await.map(drop)
}

async fn unknown_service(context: &Context) -> Outcome {
    context.open(&[]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    widget.says("Harbour Books").await?;
    approve(context, UNKNOWN_SERVICE).await?;
    check_success_page(context, UNKNOWN_SERVICE, "POST", "").await.map(drop)
}

async fn is_denied(context: &Context) -> Outcome {
    context.open(&[]).await?;
    let popup = start_sign_in(context, "quickbooks").await?;
    popup.press("#deny").await?;
    popup.closes_by_itself().await?;
    let widget = context.widget();
    widget.shows("refused").await?;
    widget.says("not granted").await?;
    let host = context.host();
    let heard = host.hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "insufficientPermission")?;
    same("serviceName", heard.payload["serviceName"].as_str(), Some("quickbooks"))?;
    host.check_one_outcome("onError").await?;
    context.open(&[]).await?;
    widget.shows("picker").await?;
    same("connections in a later list", widget.connections().await?, Vec::<String>::new())
}

async fn provider_error(context: &Context) -> Outcome {
    context.open(&[("successUrl", "")]).await?;
    fails(context, "#server-error").await?;
    let widget = context.widget();
    widget.act("try-again").await?;
    widget.shows("before").await?;
    widget.act("continue").await?;
    let popup = e2e::popup::Popup::opened(&context.browser).await?;
    popup.press("#approve").await?;
    widget.shows("connected").await
}

async fn exchange_error(context: &Context) -> Outcome {
    context.open(&[]).await?;
    fails(context, "#exchange-error").await?;
    let words = context.widget().words().await?;
    holds(!words.contains("invalid_grant"), "the words", "no code of the provider's", &words)?;
    context.open(&[]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    same("connections in a later list", widget.connections().await?, Vec::<String>::new())
}

/// Signs in with a press that makes the provider fail, and checks what person and host are told.
async fn fails(context: &Context, press: &str) -> Outcome {
    let popup = start_sign_in(context, "quickbooks").await?;
    popup.press(press).await?;
    popup.closes_by_itself().await?;
    let widget = context.widget();
    widget.shows("failed").await?;
    let words = widget.words().await?;
    holds(words.split_whitespace().count() > 5, "the words", "sentences", &words)?;
    let host = context.host();
    let heard = host.hears("onError", "load").await?;
    same("errorCode", heard.code(), "general")?;
    let errors = host.events().await?.into_iter().filter(|heard| heard.callback == "onError").count();
    same("calls of onError", errors, 1)
}
