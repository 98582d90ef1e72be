//! The package on a page of its own, driven as a person does. Its shadow roots lie within each other, so
//! every look goes through all of them (`window.deep` of the page).

use e2e::browser::{TIMEOUT, truthy};
use e2e::environment::Artifact;
use e2e::error::{holds, same};
use e2e::pages::{Page, PageServer};
use e2e::popup::Popup;
use e2e::programs::WIDGET_ID;
use e2e::{Context, JourneyError, Outcome};
use serde_json::{Value, json};
use thirtyfour::prelude::WebElement;
use url::Url;

use crate::stories::steps::check_id;

/// The button that leads on, where it may be pressed.
pub const NEXT: &str = "railz-button[data-testid=railz-button-next] button:enabled";

/// A page of the host's that the package may lead to.
pub const ELSEWHERE: &str = "/elsewhere";

/// An address of the host's where the browser asks and stays, so that what the page heard can still be read.
pub const NOWHERE: &str = "/nowhere";

/// Loads a host page with the package's own build in it, for the server that the journeys share.
pub async fn open(context: &Context) -> Outcome<PageServer> {
    open_at(context, &context.programs()?.connect, &[]).await
}

/// The same for a server of any address, with further options: each by its name as text, and `options` as JSON.
pub async fn open_at(context: &Context, connect: &str, options: &[(&str, &str)]) -> Outcome<PageServer> {
    let script = Artifact::NodeModules
        .path()
        .map(|modules| modules.join("@railzai/railz-connect/dist/railz-connect.js"))
        .map_err(|reason| JourneyError::Program { program: "the old package".to_owned(), reason })?;
    let page = include_str!("../../pages/old-package.html").to_owned();
    let elsewhere = "<!doctype html><title>Elsewhere</title>".to_owned();
    let server = PageServer::start(vec![
        ("/", Page::Html(page, vec![])),
        ("/railz-connect.js", Page::File(script)),
        (ELSEWHERE, Page::Html(elsewhere, vec![])),
        (NOWHERE, Page::Stay),
    ])
    .await?;
    let mut all =
        vec![("widgetId", WIDGET_ID), ("endpoint", connect), ("businessName", context.business.as_str())];
    all.retain(|(name, _)| options.iter().all(|(given, _)| given != name));
    all.extend_from_slice(options);
    let mut address = server.at("/");
    if let Ok(mut url) = Url::parse(&address) {
        url.query_pairs_mut().extend_pairs(all);
        address = url.into();
    }
    context.browser.goto(&address).await?;
    Ok(server)
}

/// The first element that matches, wherever in its shadow roots, and has this text in it.
pub async fn element(context: &Context, selector: &str, text: &str) -> Outcome<WebElement> {
    let browser = &context.browser;
    browser
        .until(&format!("{selector} {text} in the old package"), TIMEOUT, || async {
            browser.script_element(FIND, vec![json!(selector), json!(text)]).await
        })
        .await
}

/// Presses the first element that matches, wherever in its shadow roots, and has this text in it.
pub async fn press(context: &Context, selector: &str, text: &str) -> Outcome {
    let browser = &context.browser;
    browser
        .until(&format!("{selector} {text} in the old package"), TIMEOUT, || async {
            let found = browser.script_element(FIND, vec![json!(selector), json!(text)]).await?;
            let Some(element) = found else { return Ok(None) };
            element.click().await?;
            Ok(Some(()))
        })
        .await
}

const FIND: &str = "return window.deep(arguments[0])\
    .find((element) => element.textContent.includes(arguments[1])) || null;";

/// Picks a service by its tile's title and goes on.
pub async fn pick(context: &Context, title: &str) -> Outcome {
    press(context, &format!("button[title='{title}']"), "").await?;
    press(context, NEXT, "").await
}

/// Presses "Next", which most screens have under another name.
pub async fn press_next(context: &Context) -> Outcome {
    press(context, "railz-button button:enabled", "Next").await
}

/// Says yes in the sign-in's window, which then closes by itself.
pub async fn approve(context: &Context) -> Outcome {
    sign_in(context, "#approve").await
}

/// Waits for the sign-in's window and passes its start page: the package cannot tell it who began.
pub async fn open_window(context: &Context) -> Outcome<Popup<'_>> {
    let popup = Popup::opened(&context.browser).await?;
    popup.go_on_as(&["Acme Lending", context.business.as_str()]).await?;
    Ok(popup)
}

/// Presses one of the buttons in the sign-in's window, which then closes by itself.
pub async fn sign_in(context: &Context, button: &str) -> Outcome {
    let popup = open_window(context).await?;
    press_in(popup, button).await
}

/// Presses one of the buttons at the service, behind which the window closes by itself.
pub async fn press_in(popup: Popup<'_>, button: &str) -> Outcome {
    popup.press(button).await?;
    popup.closes_by_itself().await
}

/// Chooses one of the companies that are listed, and goes on.
pub async fn choose(context: &Context, company: &str) -> Outcome {
    press(context, "button", company).await?;
    press_next(context).await
}

/// Skips the steps before this one: `Accounting`, `Banking` or `Commerce`.
pub async fn skip_to(context: &Context, step: &str) -> Outcome {
    let script = "const title = window.deep('#title')[0]?.textContent ?? '';\
        if (title === `Select ${arguments[0]} Service`) return true;\
        const skip = window.deep('#skip-button')[0];\
        if (skip && /^Select .* Service$/.test(title) && window.skipped !== title) {\
            window.skipped = title;\
            skip.click();\
        }\
        return false;";
    let browser = &context.browser;
    browser
        .until(&format!("the step {step}"), TIMEOUT, || async {
            let there = browser.script(script, vec![json!(step)]).await?;
            Ok(truthy(&there).then_some(()))
        })
        .await
}

/// Types into the field that a selector names, wherever in its shadow roots.
pub async fn fill(context: &Context, selector: &str, text: &str) -> Outcome {
    let field = element(context, selector, "").await?;
    Ok(field.send_keys(text).await?)
}

/// Waits until the package shows these words somewhere.
pub async fn says(context: &Context, words: &str) -> Outcome {
    let script = "const text = (node) => [...node.childNodes].map((child) => child.nodeType === 3 ? child.data\
        : ['STYLE', 'SCRIPT'].includes(child.nodeName) ? ''\
        : text(child) + (child.shadowRoot ? text(child.shadowRoot) : '')).join(' ');\
        return text(document.querySelector('#connect')).replace(/\\s+/g, ' ');";
    let browser = &context.browser;
    browser
        .until(&format!("the words {words:?} in the old package"), TIMEOUT, || async {
            let text = browser.script(script, vec![]).await?;
            Ok(text.as_str().unwrap_or_default().contains(words).then_some(()))
        })
        .await
}

/// Waits for the pill on a service's tile, and gives its words in small letters.
pub async fn read_pill(context: &Context) -> Outcome<String> {
    let script = "return window.deep('railz-status-pill')\
        .map((pill) => pill.shadowRoot.textContent.trim() || pill.outerHTML).join() || null;";
    let pill = context.browser.until_script("the pill of a service", script).await?;
    Ok(pill.to_string().to_lowercase())
}

/// Checks that the pill tells of a connected service.
pub async fn shows_connected(context: &Context) -> Outcome {
    let words = read_pill(context).await?;
    holds(words.contains("connected") && !words.contains("disconnected"), "the pill", "connected", &words)
}

/// Checks that the host heard of one success, with this service, and of nothing that went wrong. Gives the payload.
pub async fn check_connected(context: &Context, service: &str) -> Outcome<Value> {
    let host = context.host();
    let heard = host.hears("onSuccess", "authorization").await?;
    same("serviceName", heard.payload["serviceName"].as_str(), Some(service))?;
    same("businessName", heard.payload["businessName"].as_str(), Some(context.business.as_str()))?;
    connection_id(&heard.payload)?;
    host.check_one_outcome("onSuccess").await?;
    let wrong = host.events().await?.into_iter().filter(|heard| heard.callback == "onError").count();
    same("calls of onError", wrong, 0)?;
    same("alerts", context.browser.script("return window.alerts", vec![]).await?, json!([]))?;
    Ok(heard.payload)
}

/// The connection's id in a payload.
pub fn connection_id(payload: &Value) -> Outcome<String> {
    let id = payload["connectionUuid"].as_str().unwrap_or_default().to_owned();
    check_id("connectionUuid", "CON-", &id)?;
    Ok(id)
}
