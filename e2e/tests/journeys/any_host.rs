//! Host pages as they are: policies that forbid too much, scripts that break what the engine stands on, widgets in the middle of
//! a page that is still being read.

use std::path::Path;

use e2e::error::{holds, same};
use e2e::pages::{Page, PageServer};
use e2e::programs::WIDGET_ID;
use e2e::{Context, Journey, Outcome};
use serde_json::{Value, json};
use url::Url;

pub const JOURNEYS: &[Journey] = &[
    Journey::new(
        "a page that forbids WebAssembly shows a sentence and the way to the hosted page",
        |context| Box::pin(forbids_wasm(context)),
    ),
    Journey::new("a page that lets nothing be fetched shows a sentence and whom to tell", |context| {
        Box::pin(forbids_fetching(context))
    }),
    Journey::new("an engine that breaks down under a press says so, and the next mount works", |context| {
        Box::pin(breaks_down(context))
    }),
    Journey::new("five widgets mount while the document is still being read", |context| {
        Box::pin(mounts_early(context))
    }),
];

/// A page with places for widgets, its script in the middle, and this policy.
async fn open(context: &Context, policy: Option<String>, options: &[(&str, &str)]) -> Outcome<PageServer> {
    open_with_head(context, policy, "", options).await
}

/// The same, with more in its head before the widget's script.
pub async fn open_with_head(
    context: &Context,
    policy: Option<String>,
    head: &str,
    options: &[(&str, &str)],
) -> Outcome<PageServer> {
    let connect = &context.programs()?.connect;
    let places = [0, 1, 2, 3, 4].map(|place| format!("<div id='connect-{place}'></div>")).concat();
    let html = format!(
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Host</title>{head}\
        <script src='{connect}/widget/railz-connect.js'></script></head><body><h1>Host</h1>{places}\
        <script src='/any-host.js'></script><p id='last'>The end</p></body></html>"
    );
    let headers = policy.map(|policy| ("content-security-policy", policy)).into_iter().collect();
    let file = |name: &str| Page::File(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(name));
    let server = PageServer::start(vec![
        ("/", Page::Html(html, headers)),
        ("/any-host.js", file("any-host.js")),
        ("/changed-builtins.js", file("changed-builtins.js")),
    ])
    .await?;
    let mut address = server.at("/");
    if let Ok(mut url) = Url::parse(&address) {
        let own = [("widgetId", WIDGET_ID), ("businessName", context.business.as_str())];
        url.query_pairs_mut().extend_pairs(own).extend_pairs(options);
        address = url.into();
    }
    context.browser.goto(&address).await?;
    Ok(server)
}

/// What stands in the first place, when a sentence does: its words, and where its link leads.
async fn sentence(context: &Context) -> Outcome<(String, Value)> {
    let script = "const said = document.querySelector('#connect-0 > [role=alert]');\
        const link = said && said.querySelector('a');\
        return said && said.childNodes.length > 1 && [said.textContent, link && link.href];";
    let said = context.browser.until_script("a sentence and the way out", script).await?;
    Ok((said[0].as_str().unwrap_or_default().to_owned(), said[1].clone()))
}

/// What the host heard: callbacks with their events, and the codes of errors.
async fn heard(context: &Context) -> Outcome<Value> {
    let script = "return window.heard.map(({ callback, event, payload }) =>\
        [callback, event, payload.error ? payload.error.errorCode : null, payload.metadata === null])";
    context.browser.script(script, vec![]).await
}

async fn forbids_wasm(context: &Context) -> Outcome {
    let connect = &context.programs()?.connect;
    let policy = format!("default-src 'none'; script-src 'self' {connect}; connect-src {connect}");
    let hosted = "https://connect.example/hosted/#code";
    let _page = open(context, Some(policy), &[("hostedUrl", hosted)]).await?;
    let (words, link) = sentence(context).await?;
    holds(words.contains("cannot be shown on this page"), "the sentence", "about the page", &words)?;
    same("the link", link, json!(hosted))?;
    same("what the host heard", heard(context).await?, json!([["onError", "load", "general", true]]))?;
    let mounted = context.browser.script("return window.mounted", vec![]).await?;
    let told = mounted.as_str().unwrap_or_default().contains("'wasm-unsafe-eval'");
    holds(told, "what mount rejects with", "what to allow", &mounted)
}

async fn forbids_fetching(context: &Context) -> Outcome {
    let connect = &context.programs()?.connect;
    let policy = format!("default-src 'none'; script-src 'self' {connect} 'wasm-unsafe-eval'");
    let _page = open(context, Some(policy), &[]).await?;
    let (words, link) = sentence(context).await?;
    holds(words.contains("tell the people who run this page"), "the sentence", "whom to tell", &words)?;
    same("the link", link, Value::Null)?;
    same("what the host heard", heard(context).await?, json!([["onError", "load", "general", true]]))
}

/// What used to happen: the screen stood there dead, nobody was told, and the next mount got the broken engine.
async fn breaks_down(context: &Context) -> Outcome {
    let _page = open(context, None, &[]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    let break_it = "const { createElement } = Document.prototype;\
        window.mend = () => (Document.prototype.createElement = createElement);\
        Document.prototype.createElement = function (name, ...more) {\
            if (new Error().stack.includes('wasm')) throw new Error('the page broke it');\
            return createElement.call(this, name, ...more); };";
    context.browser.script(break_it, vec![]).await?;
    widget.pick("quickbooks").await?;
    let (words, _) = sentence(context).await?;
    holds(words.contains("load this page again"), "the sentence", "what to do", &words)?;
    let told = json!([["onSuccess", "load", null, true], ["onError", "load", "general", true]]);
    same("what the host heard", heard(context).await?, told)?;
    context.browser.script("window.mend(); window.mountHere('connect-0')", vec![]).await?;
    widget.shows("picker").await?;
    let left = "return document.querySelectorAll('#connect-0 > *').length";
    same("what stands in the place", context.browser.script(left, vec![]).await?, json!(1))
}

async fn mounts_early(context: &Context) -> Outcome {
    let _page = open(context, None, &[("instances", "5")]).await?;
    same(
        "the document",
        context.browser.script("return window.stateAtMount", vec![]).await?,
        json!("loading"),
    )?;
    let drawn = "return [...document.querySelectorAll('[id^=connect-] > [data-railz-connect]')]\
        .filter((one) => one.shadowRoot.querySelector('[data-screen=picker]')).length === 5";
    context.browser.until_script("five lists", drawn).await?;
    let loads = "return window.heard.length > 4 && window.heard.map(({ callback, event }) => `${callback} ${event}`).join()";
    let loads = context.browser.until_script("five loads", loads).await?;
    same("what the host heard", loads, json!(["onSuccess load"; 5].join(",")))
}
