//! The widget in a frame of a page, whose `sandbox` is inherited by the windows that it opens.

use std::path::Path;

use e2e::error::{holds, same};
use e2e::pages::{Page, PageServer};
use e2e::popup::Popup;
use e2e::programs::WIDGET_ID;
use e2e::{Context, Journey, Outcome};
use serde_json::json;
use url::form_urlencoded;

pub const JOURNEYS: &[Journey] = &[
    Journey::new(
        "a frame whose windows are sandboxed like itself connects, and its window closes",
        |context| Box::pin(connects(context, "allow-scripts allow-same-origin allow-forms allow-popups")),
    ),
    Journey::new("a frame whose windows escape its sandbox connects", |context| {
        Box::pin(connects(
            context,
            "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox",
        ))
    }),
    Journey::new("a frame that may open no window shows a link and tells no outcome", |context| {
        Box::pin(may_open_nothing(context))
    }),
];

/// A page with the widget in a frame.
async fn open(context: &Context, sandbox: &str) -> Outcome<PageServer> {
    let connect = &context.programs()?.connect;
    let inside = format!(
        "<!doctype html><html lang='en'><title>Inside</title>\
        <script src='{connect}/widget/railz-connect.js'></script><body><div id='connect-0'></div>\
        <script src='/any-host.js'></script></body></html>"
    );
    let options = [("widgetId", WIDGET_ID), ("businessName", context.business.as_str())];
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(options).finish();
    let outside = format!(
        "<!doctype html><html lang='en'><title>Outside</title><body>\
        <iframe title='Connect' width=700 height=800 sandbox='{sandbox}' \
        src='/inside?{}'></iframe></body></html>",
        query.replace('&', "&amp;")
    );
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/any-host.js");
    let server = PageServer::start(vec![
        ("/", Page::Html(outside, vec![])),
        ("/inside", Page::Html(inside, vec![])),
        ("/any-host.js", Page::File(script)),
    ])
    .await?;
    context.browser.goto(&server.at("/")).await?;
    context.browser.enter_frame(0).await?;
    Ok(server)
}

/// Passes the screens up to the window.
async fn press_continue(context: &Context) -> Outcome {
    let widget = context.widget();
    widget.shows("picker").await?;
    widget.pick("quickbooks").await?;
    widget.shows("before").await?;
    widget.act("continue").await
}

/// What the host inside heard.
async fn check_heard(context: &Context, expected: &str) -> Outcome {
    let script = "return window.heard.map(({ callback, event }) => `${callback} ${event}`).join()";
    same("what the host heard", context.browser.script(script, vec![]).await?, json!(expected))
}

/// What used to happen: the last page of a window that was sandboxed too was refused by the browser, since it had an opener
/// policy, and the window stood there with the browser's own words for it.
async fn connects(context: &Context, sandbox: &str) -> Outcome {
    let _page = open(context, sandbox).await?;
    press_continue(context).await?;
    let popup = Popup::opened(&context.browser).await?;
    popup.press("#approve").await?;
    popup.closes_by_itself().await?;
    context.browser.enter_frame(0).await?;
    context.widget().shows("connected").await?;
    check_heard(context, "onSuccess load,onSuccess authorization").await
}

async fn may_open_nothing(context: &Context) -> Outcome {
    let _page = open(context, "allow-scripts allow-same-origin allow-forms").await?;
    press_continue(context).await?;
    context.widget().shows("blocked").await?;
    let link = context.widget().element("a[data-action='open']").await?;
    let leads = link.attr("href").await?.unwrap_or_default();
    let start = format!("{}/oauth/start/", context.programs()?.connect);
    holds(leads.starts_with(&start), "where the link leads", &start, &leads)?;
    check_heard(context, "onSuccess load").await
}
