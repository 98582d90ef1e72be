//! The page on which the server shows the widget itself: a link from a mail, a press, a connection, and what is left of it.

use e2e::axe::Axe;
use e2e::connections::list_connections;
use e2e::error::{holds, same};
use e2e::host::SuccessPage;
use e2e::links::{Link, make_link, revoke_link};
use e2e::{Context, Journey, Needs, Outcome};
use serde_json::{Value, json};

use super::bank_frame::press_in_bank_frame;
use super::steps::SANDBOX;

const LIGHT: &[Journey] = &[
    Journey::new(
        "a link that was sent is opened by a press, reloaded, and over when the sandbox is connected",
        |context| Box::pin(sandbox(context)),
    )
    .needs(Needs::Axe),
    Journey::new("a link signs in to a service without a press on the naming page", |context| {
        Box::pin(service(context))
    }),
    Journey::new("a link leads on to the success page that the back end named", |context| {
        Box::pin(success_page(context))
    }),
    Journey::new("a link to the hosted page links a bank, whose script its policy lets in", |context| {
        Box::pin(bank(context))
    }),
    Journey::new("a link that is incomplete, or revoked, says so in words", |context| {
        Box::pin(words(context))
    }),
];

/// All of them, and the pages in dark.
pub fn journeys() -> Vec<Journey> {
    let dark = Journey { name: "a link that was sent is opened by a press, dark", ..LIGHT[0].dark() };
    LIGHT.iter().copied().chain([dark]).collect()
}

const PRESS: &str = "#continue:not([hidden]):enabled";

/// A link to the usual server's page.
async fn link_with(context: &Context, more: &Value) -> Outcome<Link> {
    let programs = context.programs()?;
    make_link(programs, &programs.connect, &context.business, more).await
}

/// Opens a link as from a mail, and presses.
async fn open(context: &Context, link: &Link) -> Outcome {
    context.browser.goto(&link.url).await?;
    context.browser.element(PRESS).await?.click().await?;
    context.widget().shows("picker").await
}

async fn connections(context: &Context) -> Outcome<usize> {
    let programs = context.programs()?;
    Ok(list_connections(programs, &programs.connect, &context.business).await?.len())
}

async fn sandbox(context: &Context) -> Outcome {
    let browser = &context.browser;
    let link = link_with(context, &json!({})).await?;
    browser.goto(&link.url).await?;
    let text = browser.text("#begin").await?;
    holds(text.contains("Acme Lending"), "the words of the page", "who sent the link", &text)?;
    holds(!text.contains("JavaScript"), "the words of the page", "nothing for browsers without", &text)?;
    browser.element(PRESS).await?;
    Axe::load()?.check(browser, "hosted page").await?;
    browser.element(PRESS).await?.click().await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    let address = browser.address().await?;
    holds(!address.contains('#'), "the address after the press", "no code in it", &address)?;
    same("the address", Some(address.as_str()), link.url.split('#').next())?;

    // A reload asks for no press and no code.
    browser.goto(&address).await?;
    widget.shows("picker").await?;
    // The link of the mail once more.
    browser.goto("about:blank").await?;
    browser.goto(&link.url).await?;
    widget.shows("picker").await?;

    widget.pick(SANDBOX).await?;
    widget.shows("connected").await?;
    let said =
        "return /is connected. You can close this page/.test(document.querySelector('#done')?.textContent)";
    browser.until_script("the closing sentence", said).await?;
    same("connections", connections(context).await?, 1)?;
    // A reload before the success page used to end here, though the person was not there yet.
    browser.goto(&address).await?;
    widget.shows("picker").await?;
    let text = browser.text("#whose").await?;
    holds(text.contains(&context.business), "whose books they are", "the business's name", &text)?;
    browser
        .script("return fetch(location.href, { credentials: 'omit' }).then((one) => one.status)", vec![])
        .await
        .and_then(|status| same("any other browser", status, json!(410)))
}

async fn service(context: &Context) -> Outcome {
    let link = link_with(context, &json!({ "services": ["quickbooks"] })).await?;
    open(context, &link).await?;
    let popup = super::steps::start_sign_in(context, "quickbooks").await?;
    // No press on the naming page: the window asked the hosted page.
    popup.press("#approve").await?;
    popup.closes_by_itself().await?;
    context.widget().shows("connected").await?;
    same("connections", connections(context).await?, 1)
}

async fn success_page(context: &Context) -> Outcome {
    let programs = context.programs()?;
    let success = format!("{}/success", programs.host);
    let more = json!({ "successUrl": success, "state": "letter 7" });
    open(context, &link_with(context, &more).await?).await?;
    context.widget().pick(SANDBOX).await?;
    let received = SuccessPage::read(&context.browser).await?;
    same("serviceName", received.service_name.as_str(), SANDBOX)?;
    same("businessName", received.business_name.as_str(), context.business.as_str())
}

async fn bank(context: &Context) -> Outcome {
    let programs = context.programs()?;
    let server = programs.all_services_server().await?;
    let link = make_link(programs, server, &context.business, &json!({ "services": ["plaid"] })).await?;
    open(context, &link).await?;
    context.widget().pick("plaid").await?;
    press_in_bank_frame(context, "#practice-bank-1").await?;
    context.widget().shows("connected").await?;
    same("connections", list_connections(programs, server, &context.business).await?.len(), 1)
}

async fn words(context: &Context) -> Outcome {
    let browser = &context.browser;
    let link = link_with(context, &json!({})).await?;
    let (incomplete, _) = link.url.split_once('#').unwrap_or_default();
    browser.goto(incomplete).await?;
    browser.element(PRESS).await?.click().await?;
    let said = "return /A part of the link is missing/.test(document.querySelector('#problem')?.textContent)";
    browser.until_script("what is missing", said).await?;
    browser.goto("about:blank").await?;
    open(context, &link).await?;
    revoke_link(context.programs()?, &link).await?;
    browser.goto(incomplete).await?;
    let text = browser.text("main").await?;
    holds(text.contains("This link was withdrawn"), "the words of a revoked link", "that", &text)
}
