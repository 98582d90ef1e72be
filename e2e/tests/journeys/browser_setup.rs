//! The ground that all other journeys stand on: popup blocking is on, a person's press opens a window,
//! a press by script does not, the three names are three sites, and storage is partitioned between them.

use std::time::Duration;

use e2e::error::{holds, same};
use e2e::pages::{Page, PageServer};
use e2e::popup::Popup;
use e2e::widget::Widget;
use e2e::{Context, Journey, Needs, Outcome};
use serde_json::json;

pub const JOURNEYS: &[Journey] = &[
    Journey::new("popup blocking is on: a window from a timer is refused", |context| {
        Box::pin(a_timer_opens_nothing(context))
    })
    .needs(Needs::Nothing),
    Journey::new("a press in a shadow root opens a window, a press by script does not", |context| {
        Box::pin(presses(context))
    })
    .needs(Needs::Nothing),
    Journey::new(
        "storage partitioning is on: a frame does not see what its site stored outside",
        |context| Box::pin(is_partitioned(context)),
    )
    .needs(Needs::Nothing),
    Journey::new("names below localhost lead to this machine", |context| Box::pin(names(context)))
        .needs(Needs::Nothing),
];

const PAGE: &str = "<!doctype html><title>Ground</title><div id='railz-connect-base'></div><script>
    window.opened = 'not tried';
    window.tries = [];
    const root = document.querySelector('#railz-connect-base').attachShadow({ mode: 'open' });
    const button = document.createElement('button');
    button.dataset.action = 'open';
    button.textContent = 'Open';
    button.addEventListener('click', () => {
        const popup = window.open('/second', 'second', 'popup,width=500,height=500');
        window.tries.push(popup === null ? 'blocked' : 'opened');
    });
    root.append(button);
    window.later = () => setTimeout(() => {
        const popup = window.open('/second', 'second', 'popup,width=500,height=500');
        window.opened = popup === null ? 'blocked' : 'opened';
    }, 100);
</script>";

const SECOND: &str = "<!doctype html><title>Second</title>
    <button id='end' onclick='window.close()'>Close</button>";

async fn serve() -> Outcome<PageServer> {
    PageServer::start(vec![
        ("/", Page::Html(PAGE.to_owned(), vec![])),
        ("/second", Page::Html(SECOND.to_owned(), vec![])),
    ])
    .await
}

async fn a_timer_opens_nothing(context: &Context) -> Outcome {
    let server = serve().await?;
    let browser = &context.browser;
    browser.goto(&server.at("/")).await?;
    // WebDriver's own scripts may count as a press; a timer that the page starts later does not.
    browser.script("window.later()", vec![]).await?;
    let opened = browser
        .until_script("the timer", "return window.opened === 'not tried' ? null : window.opened")
        .await?;
    same("window.open from a timer", opened, json!("blocked"))?;
    same("second windows", browser.others().await?.len(), 0)
}

async fn presses(context: &Context) -> Outcome {
    let server = serve().await?;
    let browser = &context.browser;
    browser.goto(&server.at("/")).await?;
    let widget = Widget::of(browser);
    widget.press_by_script("[data-action='open']").await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    same("window.open by script", browser.script("return window.tries", vec![]).await?, json!(["blocked"]))?;
    widget.act("open").await?;
    let popup = Popup::opened(browser).await?;
    same(
        "window.open by a person",
        browser.script("return window.tries", vec![]).await?,
        json!(["blocked", "opened"]),
    )?;
    popup.press("#end").await?;
    popup.closes_by_itself().await
}

async fn names(context: &Context) -> Outcome {
    let server = serve().await?;
    let browser = &context.browser;
    for name in ["connect.localhost", "provider.localhost"] {
        browser.goto(&format!("http://{name}:{}/second", server.port)).await?;
        let title = browser.script("return document.title", vec![]).await?;
        holds(title == "Second", name, "the page of this machine", title)?;
    }
    Ok(())
}

/// What browsers do by themselves, and drivers were seen to switch off.
async fn is_partitioned(context: &Context) -> Outcome {
    let store = "<!doctype html><title>Store</title><script>localStorage.setItem('kept', 'outside')</script>";
    let read = "<!doctype html><title>Read</title><script>\
        let found; try { found = String(localStorage.getItem('kept')); } catch (error) { found = error.name; }\
        parent.postMessage(found, '*');</script>";
    let framing = "<!doctype html><title>Framing</title><script>\
        addEventListener('message', ({ data }) => (window.found = data));\
        const frame = document.createElement('iframe');\
        frame.src = location.origin.replace('127.0.0.1', 'connect.localhost') + '/read';\
        addEventListener('load', () => document.body.append(frame), { once: true });</script>";
    let pages = [("/store", store), ("/read", read), ("/framing", framing)]
        .map(|(path, page)| (path, Page::Html(page.to_owned(), vec![])));
    let server = PageServer::start(pages.into()).await?;
    let browser = &context.browser;
    browser.goto(&format!("http://connect.localhost:{}/store", server.port)).await?;
    let kept = browser.script("return localStorage.getItem('kept')", vec![]).await?;
    same("what the site stored", kept, json!("outside"))?;
    browser.goto(&server.at("/framing")).await?;
    let found = browser.until_script("the frame's word", "return window.found").await?;
    holds(found != "outside", "what the frame sees of it", "nothing", &found)
}
