//! An independent client: npm's `@railzai/railz-connect` 2.23.0, unmodified, against our server. It knows
//! nothing of our additions, so it shows that the server speaks the contract without them.

use e2e::browser::PATIENCE;
use e2e::environment::Handed;
use e2e::failure::{holds, same};
use e2e::pages::{Page, PageServer};
use e2e::popup::Popup;
use e2e::world::WIDGET_ID;
use e2e::{Context, Failure, Journey, Needs, Outcome};
use serde_json::json;
use url::Url;

use super::steps::is_id;

pub const JOURNEYS: &[Journey] = &[
    Journey::new("the package we replace connects the sandbox with our server", |context| {
        Box::pin(sandbox(context))
    })
    .needs(Needs::OldPackage)
    .chromium_only(),
    Journey::new("the package we replace shows a duplicate of the sandbox", |context| {
        Box::pin(duplicate(context))
    })
    .needs(Needs::OldPackage)
    .chromium_only(),
    Journey::new("the package we replace signs in at a provider, and lists the connection", |context| {
        Box::pin(sign_in(context))
    })
    .needs(Needs::OldPackage)
    .chromium_only(),
    Journey::new("the package we replace tells of a denied sign-in", |context| Box::pin(denied(context)))
        .needs(Needs::OldPackage)
        .chromium_only(),
    Journey::new("the package we replace tells of a failed token exchange", |context| {
        Box::pin(failed(context))
    })
    .needs(Needs::OldPackage)
    .chromium_only(),
];

const NEXT: &str = "railz-button[data-testid=railz-button-next] button:enabled";

/// Loads a host page with the package's own build in it.
async fn open(context: &Context) -> Outcome<PageServer> {
    let script = Handed::NodeModules
        .path()
        .map(|modules| modules.join("@railzai/railz-connect/dist/railz-connect.js"))
        .map_err(|reason| Failure::Program { program: "the old package".to_owned(), reason })?;
    let page = include_str!("../pages/old-package.html").to_owned();
    let server =
        PageServer::start(vec![("/", Page::Html(page, vec![])), ("/railz-connect.js", Page::File(script))])
            .await?;
    let mut address = server.at("/");
    if let Ok(mut url) = Url::parse(&address) {
        url.query_pairs_mut()
            .append_pair("widgetId", WIDGET_ID)
            .append_pair("endpoint", &context.world()?.connect)
            .append_pair("businessName", &context.business);
        address = url.into();
    }
    context.browser.goto(&address).await?;
    Ok(server)
}

/// Presses the first element that matches, wherever in its shadow roots, and has this text in it.
async fn press(context: &Context, selector: &str, text: &str) -> Outcome {
    let browser = &context.browser;
    let script = "return window.deep(arguments[0])\
        .find((element) => element.textContent.includes(arguments[1])) || null;";
    browser
        .until(&format!("{selector} {text} in the old package"), PATIENCE, || async {
            let found = browser.script_element(script, vec![json!(selector), json!(text)]).await?;
            let Some(element) = found else { return Ok(None) };
            element.click().await?;
            Ok(Some(()))
        })
        .await
}

async fn fill_form(context: &Context, use_case: &str) -> Outcome {
    press(context, "button[title='Mock Sandbox']", "").await?;
    press(context, NEXT, "").await?;
    press(context, "#usecase", "").await?;
    press(context, "[role=option]", use_case).await?;
    press(context, "#provider", "").await?;
    press(context, "[role=option]", "Quickbooks Online").await?;
    press(context, NEXT, "").await
}

async fn sandbox(context: &Context) -> Outcome {
    let _server = open(context).await?;
    fill_form(context, "Successful Connection").await?;
    authorised(context).await
}

async fn duplicate(context: &Context) -> Outcome {
    let _server = open(context).await?;
    fill_form(context, "Duplicate Connection").await?;
    let heard = context.host().hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "duplicateAccount")
}

async fn begin(context: &Context) -> Outcome<(PageServer, Popup<'_>)> {
    let server = open(context).await?;
    press(context, "button[title='Quickbooks Online']", "").await?;
    press(context, NEXT, "").await?;
    let popup = Popup::opened(&context.browser).await?;
    Ok((server, popup))
}

async fn sign_in(context: &Context) -> Outcome {
    let (server, popup) = begin(context).await?;
    popup.press("#approve").await?;
    popup.closes_by_itself().await?;
    authorised(context).await?;
    drop(server);
    let _server = open(context).await?;
    let pill = "return window.deep('railz-status-pill')\
        .map((pill) => pill.shadowRoot.textContent.trim() || pill.outerHTML).join() || null;";
    let pill = context.browser.until_script("the pill of a connected service", pill).await?;
    let words = pill.to_string().to_lowercase();
    holds(words.contains("connected") && !words.contains("disconnected"), "the pill", "connected", &pill)
}

async fn denied(context: &Context) -> Outcome {
    let (_server, popup) = begin(context).await?;
    popup.press("#deny").await?;
    popup.closes_by_itself().await?;
    let heard = context.host().hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "insufficientPermission")?;
    context.host().heard_one_outcome("onError").await
}

async fn failed(context: &Context) -> Outcome {
    let (_server, popup) = begin(context).await?;
    popup.press("#exchange-error").await?;
    popup.closes_by_itself().await?;
    let heard = context.host().hears("onError", "load").await?;
    same("errorCode", heard.code(), "general")
}

/// Checks that the host heard of one success, and of nothing that went wrong.
async fn authorised(context: &Context) -> Outcome {
    let host = context.host();
    let heard = host.hears("onSuccess", "authorization").await?;
    same("serviceName", heard.payload["serviceName"].as_str(), Some("quickbooks"))?;
    is_id("connectionUuid", "CON-", heard.payload["connectionUuid"].as_str().unwrap_or_default())?;
    host.heard_one_outcome("onSuccess").await?;
    let wrong = host.heard().await?.into_iter().filter(|heard| heard.callback == "onError").count();
    same("calls of onError", wrong, 0)?;
    same("alerts", context.browser.script("return window.alerts", vec![]).await?, json!([]))
}
