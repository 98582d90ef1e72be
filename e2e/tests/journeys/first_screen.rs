//! The first screen stands before all of the engine is there; what is done with it meanwhile is kept until then.

use e2e::error::same;
use e2e::pages::{Page, PageServer};
use e2e::programs::WIDGET_ID;
use e2e::widget::Widget;
use e2e::{Context, Journey, Outcome};
use serde_json::json;

pub const JOURNEYS: &[Journey] = &[
    Journey::new(
        "an ordinary first screen is drawn before the engine's deferred module is there, and a press meanwhile is kept",
        |context| Box::pin(draws_early(context)),
    ),
    Journey::new("a deferred module that never comes is told, and nothing hangs", |context| {
        Box::pin(is_told(context))
    }),
];

/// A page with a widget, where the deferred module waits for `letThrough()`, or fails where the page says so.
async fn open(context: &Context, overview: bool) -> Outcome<PageServer> {
    let connect = context.programs()?.all_services_server().await?;
    let options = json!({ "components": { "overview": overview } });
    let given = json!({ "widgetId": WIDGET_ID, "businessName": context.business, "endpoint": connect, "options": options });
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Books</title><h1>Books</h1><main></main>
        <script>
            const real = fetch;
            const wait = new Promise((resolve) => (window.letThrough = resolve));
            window.fetch = async (address, request) => {{
                if (String(address).includes('engine_deferred')) {{
                    window.isAskedFor = true;
                    await wait;
                    if (window.fails) throw new TypeError('no network');
                }}
                return real(address, request);
            }};
        </script>
        <script src=\"{connect}/widget/railz-connect.js\"></script>
        <script>
            window.heard = [];
            const given = {given};
            new RailzConnect().mount({{
                ...given,
                parentElement: document.querySelector('main'),
                onError: (type, what) => heard.push(what.error.errorMessage),
            }});
        </script></html>"
    );
    let server = PageServer::start(vec![("/", Page::Html(html, vec![]))]).await?;
    context.browser.goto(&server.at("/")).await?;
    Ok(server)
}

async fn draws_early(context: &Context) -> Outcome {
    let widget = Widget::of(&context.browser);
    let complete = || context.browser.script("window.letThrough()", vec![]);
    for (first, next) in [("overview", "picker"), ("picker", "before")] {
        let _page = open(context, first == "overview").await?;
        widget.shows(first).await?;
        if first == "overview" {
            widget.act("next").await?;
        } else {
            widget.pick("quickbooks").await?;
            // Only the first press counts, on the list as it was seen.
            widget.pick("xero").await?;
        }
        let busy = "return document.querySelector('#railz-connect-base').ariaBusy === 'true' || null";
        context.browser.until_script("the press waits", busy).await?;
        same("screen", widget.screen().await?.as_deref(), Some(first))?;
        same("asked for", context.browser.script("return window.isAskedFor", vec![]).await?, json!(true))?;
        complete().await?;
        widget.shows(next).await?;
        let heading = "const root = document.querySelector('#railz-connect-base').shadowRoot;
            return root.activeElement?.localName === 'h2' || null";
        context.browser.until_script("the focus on its heading", heading).await?;
        if next == "before" {
            widget.says("QuickBooks").await?;
        }
        same("errors", context.browser.script("return window.heard", vec![]).await?, json!([]))?;
    }
    let _page = open(context, false).await?;
    widget.shows("picker").await?;
    widget.element("#search").await?.send_keys("quickbooks online").await?;
    complete().await?;
    let found = "const base = document.querySelector('#railz-connect-base');
        return base.shadowRoot.querySelectorAll('[data-service]').length === 1 || null";
    context.browser.until_script("what was searched for", found).await.map(drop)
}

async fn is_told(context: &Context) -> Outcome {
    let _page = open(context, true).await?;
    Widget::of(&context.browser).shows("overview").await?;
    context
        .browser
        .until_script("the deferred module is asked for", "return window.isAskedFor || null")
        .await?;
    context.browser.script("window.fails = true; window.letThrough()", vec![]).await?;
    let told = "return /cannot be shown/.test(document.querySelector('main').innerText) || null";
    context.browser.until_script("the sentence that says so", told).await?;
    let heard = context.browser.script("return window.heard.length", vec![]).await?;
    same("what the host heard", heard, json!(1))
}
