//! `open`: the widget in a dialog over the page, and several widgets on one page. The page is the plain example.

use e2e::error::same;
use e2e::pages::{Page, PageServer};
use e2e::{Context, Journey, JourneyError, Needs, Outcome};
use serde_json::{Value, json};
use thirtyfour::Key;

use super::examples::{build_address, find_example, wait_for_event};
use super::policy;
use super::steps::{approve, check_id};

pub const JOURNEYS: &[Journey] = &[
    Journey::new(
        "a dialog closes with Escape, and the page is as it was: its elements, its place, its focus",
        |context| Box::pin(escape(context)),
    )
    .needs(Needs::Examples),
    Journey::new("the focus stays in the dialog, and its own button closes it", |context| {
        Box::pin(focus_stays(context))
    })
    .needs(Needs::Examples),
    Journey::new("a dialog connects under the strictest policy, without a violation", |context| {
        Box::pin(strict(context))
    })
    .needs(Needs::Examples),
    Journey::new("two widgets and a dialog share a page, and go in any order", |context| {
        Box::pin(several(context))
    })
    .needs(Needs::Examples),
];

/// The page, and what of it has to be as before.
const PAGE: &str = "return {\
    children: [...document.body.children].map((one) => one.localName + '#' + one.id),\
    place: document.querySelector('#connect').outerHTML,\
    sheets: document.adoptedStyleSheets.length,\
    scrolled: Math.round(scrollY),\
    overflow: getComputedStyle(document.documentElement).overflowY,\
    focus: document.activeElement.id }";

async fn open_page(context: &Context, more: &[(&str, &str)]) -> Outcome<PageServer> {
    let server = PageServer::start(vec![("/", Page::Folder(find_example("html")?))]).await?;
    context.browser.goto(&build_address(context, &server, more)?).await?;
    Ok(server)
}

/// Presses the button that opens the dialog, after the page was scrolled a little, and gives how the page was.
async fn open(context: &Context) -> Outcome<Value> {
    let browser = &context.browser;
    browser.element("#connect-button").await?;
    browser.script("scrollTo(0, 40); document.getElementById('connect-button').focus()", vec![]).await?;
    let before = browser.script(PAGE, vec![]).await?;
    browser.keys(Key::Enter).await?;
    context.widget().shows("picker").await?;
    same("modal dialogs", count_modals(context).await?, 1)?;
    Ok(before)
}

async fn count_modals(context: &Context) -> Outcome<u64> {
    let open =
        context.browser.script("return document.querySelectorAll('dialog:modal').length", vec![]).await?;
    Ok(open.as_u64().unwrap_or_default())
}

async fn wait_until_gone(context: &Context, before: &Value) -> Outcome {
    context.browser.until_script("the dialog gone", "return !document.querySelector('dialog')").await?;
    same("the page", &context.browser.script(PAGE, vec![]).await?, before)
}

async fn escape(context: &Context) -> Outcome {
    let _server = open_page(context, &[("mount", "no")]).await?;
    let before = open(context).await?;
    let style =
        context.browser.script("return getComputedStyle(document.documentElement).overflowY", vec![]).await?;
    same("the page behind", style, json!("hidden"))?;
    context.browser.keys(Key::Escape).await?;
    wait_for_event(context, "onExit", "exit").await?;
    context.browser.until_script("the dialog gone", "return !document.querySelector('dialog')").await?;
    // What the page itself wrote down is no trace of ours.
    wait_until_gone(context, &before).await?;
    // The same instance opens again.
    open(context).await?;
    context.browser.keys(Key::Escape).await?;
    wait_until_gone(context, &before).await
}

async fn focus_stays(context: &Context) -> Outcome {
    let _server = open_page(context, &[("mount", "no")]).await?;
    let before = open(context).await?;
    let browser = &context.browser;
    context.widget().has_focus("h2").await?;
    for _ in 0..30 {
        browser.keys(Key::Tab).await?;
        let script = "const at = document.activeElement;\
            return at === document.body || !!at.closest('dialog') || at.id || at.localName";
        same("where Tab leads", browser.script(script, vec![]).await?, json!(true))?;
    }
    context.widget().act("close").await?;
    wait_for_event(context, "onExit", "exit").await?;
    wait_until_gone(context, &before).await
}

async fn strict(context: &Context) -> Outcome {
    let folder = find_example("html")?;
    let html = std::fs::read_to_string(folder.join("index.html"))
        .map_err(JourneyError::io("reading the example"))?;
    let mut pages = policy::pages("/strict", &html, &context.programs()?.connect);
    pages.push(("/", Page::Folder(folder)));
    let server = PageServer::start(pages).await?;
    let address = build_address(context, &server, &[("mount", "no")])?.replacen("/?", "/strict?", 1);
    context.browser.goto(&address).await?;
    open(context).await?;
    approve(context, "quickbooks").await?;
    context.widget().shows("connected").await?;
    let payload = wait_for_event(context, "onSuccess", "authorization").await?;
    check_id("connectionUuid", "CON-", payload["connectionUuid"].as_str().unwrap_or_default())?;
    policy::nothing_was_refused(context).await
}

async fn several(context: &Context) -> Outcome {
    let _server = open_page(context, &[("second", "yes")]).await?;
    let browser = &context.browser;
    let drawn = "return ['#connect', '#second', 'dialog'].map((place) => {\
        const base = document.querySelector(place + ' [data-railz-connect]');\
        const screen = base && base.shadowRoot.querySelector('[data-screen]');\
        return screen ? screen.dataset.screen : ''; }).join()";
    let waits = |wanted: &'static str| async move {
        browser.until_script(wanted, &format!("{} === '{wanted}'", drawn.trim_end())).await.map(drop)
    };
    waits("picker,picker,").await?;
    let button = browser.element("#connect-button").await?;
    button.click().await?;
    waits("picker,picker,picker").await?;
    browser.keys(Key::Escape).await?;
    waits("picker,picker,").await?;
    button.click().await?;
    waits("picker,picker,picker").await?;
    // The page takes all three away at once, from behind the dialog.
    browser.script("document.getElementById('disconnect-button').click()", vec![]).await?;
    waits(",,").await?;
    same("dialogs", count_modals(context).await?, 0)?;
    let errors = browser.text("#mount-error").await?;
    same("mount error", errors.as_str(), "")
}
