//! The way to the list of services: the shape that stands there first, the one session call for all of it, and what need
//! not travel twice.

use e2e::engines::Engine;
use e2e::error::{holds, same};
use e2e::pages::{Page, PageServer};
use e2e::programs::WIDGET_ID;
use e2e::proxy::{Proxy, ProxyMode};
use e2e::{Context, Journey, Outcome};
use serde_json::{Value, json};

pub const JOURNEYS: &[Journey] = &[
    Journey::new(
        "the call that the loader makes is the one that the engine wants: there is no second",
        |context| Box::pin(one_call(context)),
    ),
    Journey::new("from the shape of the list nothing jumps when the engine draws it", |context| {
        Box::pin(nothing_jumps(context))
    }),
    Journey::new("a second visit shows the list without a byte of the engine travelling", |context| {
        Box::pin(second_visit(context))
    }),
];

async fn one_call(context: &Context) -> Outcome {
    for via in ["script", "module"] {
        let proxy = Proxy::start(context.programs()?, ProxyMode::Transparent).await?;
        context.open(&[("endpoint", &proxy.endpoint()), ("via", via)]).await?;
        context.widget().shows("picker").await?;
        same("sessions that were opened", proxy.tokens().len(), 1)?;
    }
    Ok(())
}

/// Where the card and the tiles are, whoever has drawn them.
const SHAPE: &str = "const roots = [...document.querySelectorAll('#connect > *')].map((one) => one.shadowRoot);\
    return roots.flatMap((root) => [...root.querySelectorAll('.card, .screen, .bones > *')]).map((one) => {\
        const { x, y, width, height } = one.getBoundingClientRect();\
        return [x, y, width, height].map(Math.round).join(); })";

async fn nothing_jumps(context: &Context) -> Outcome {
    let proxy = Proxy::start(context.programs()?, ProxyMode::Hold("/widget/session/")).await?;
    context.open(&[("endpoint", &proxy.endpoint())]).await?;
    context.widget().shows("loading").await?;
    let drawn = context.browser.script(SHAPE, vec![]).await?;
    // A second widget in the same place, whose engine is there already: its shape is the loader's for one moment.
    let script = format!(
        "window.widget.unmount();\
        const shape = () => {{ {SHAPE} }};\
        const mounting = window.startWidget(window.RailzConnect);\
        return shape();"
    );
    let first = context.browser.script(&script, vec![]).await?;
    holds(
        first.as_array().is_some_and(|parts| parts.len() == 8),
        "the shape",
        "a card, a screen, six tiles",
        &first,
    )?;
    same("the shape that the engine draws", &drawn, &first)?;
    proxy.release();
    context.widget().shows("picker").await?;
    let left = "return [document.querySelectorAll('#connect > *').length, document.querySelector('#connect [role=status]')]";
    let expected: Value = json!([1, null]);
    same("what stands in the place of the widget", context.browser.script(left, vec![]).await?, expected)
}

async fn second_visit(context: &Context) -> Outcome {
    let proxy = Proxy::start(context.programs()?, ProxyMode::Transparent).await?;
    let (server, business) = (proxy.endpoint(), &context.business);
    let html = format!(
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Twice</title></head>\
        <body><div id='connect'></div><script src='{server}/widget/railz-connect.js'></script><script>\
        new RailzConnect().mount({{ parentElement: document.querySelector('#connect'),\
        widgetId: '{WIDGET_ID}', businessName: '{business}' }});</script></body></html>"
    );
    let page = PageServer::start(vec![("/", Page::Html(html, vec![]))]).await?;
    for visit in 1..=2 {
        context.browser.goto(&page.at(&format!("/?visit={visit}"))).await?;
        context.widget().shows("picker").await?;
        let complete = "return performance.getEntriesByType('resource')\
            .some(({ name, responseEnd }) => name.includes('engine_deferred') && responseEnd > 0) || null";
        context.browser.until_script("the rest of the engine", complete).await?;
        same("sessions that were opened", proxy.tokens().len(), visit)?;
        // While it is driven `WebKitGTK` keeps nothing on disk.
        if context.browser.engine != Engine::WebKit {
            let engine = proxy.paths().into_iter().filter(|path| path.starts_with("/widget/engine"));
            same("files of the engine that travelled", engine.count(), 3)?;
        }
    }
    Ok(())
}
