//! The person who finishes a sign-in is the one who began it: what an ordinary one looks like, and what becomes of a start
//! address in a browser that it was sent to.

use std::time::Duration;

use e2e::axe::Axe;
use e2e::connections::list_connections;
use e2e::error::{Outcome, holds, same};
use e2e::pages::{Page, PageServer};
use e2e::popup::Popup;
use e2e::widget::Widget;
use e2e::{Context, Journey, Needs};
use serde_json::json;

use super::by_hand::{self, BegunByHand};
use super::steps::{check_success_page, start_sign_in};

const LIGHT: &[Journey] = &[
    Journey::new(
        "a start link opened elsewhere names whose sign-in it is and goes nowhere by itself",
        |context| Box::pin(is_lured(context)),
    )
    .needs(Needs::Axe),
    Journey::new("an ordinary sign-in asks for no press, and its window cannot reach back", |context| {
        Box::pin(proves_itself(context))
    }),
    Journey::new("a page that is busy for longer than a second proves itself all the same", |context| {
        Box::pin(answers_late(context))
    }),
    Journey::new(
        "a page of another site that opens a start link is not believed, whatever it knows",
        |context| Box::pin(is_not_believed(context)),
    ),
    Journey::new("a start link in a frame shows nothing", |context| Box::pin(is_framed(context))),
];

/// All of them, and the start page in dark.
pub fn journeys() -> Vec<Journey> {
    let dark = Journey { name: "a start link opened elsewhere, dark", ..LIGHT[0].dark() };
    LIGHT.iter().copied().chain([dark]).collect()
}

/// Longer than the start page waits for its opener.
const LONG_ENOUGH: Duration = Duration::from_millis(2500);

async fn is_lured(context: &Context) -> Outcome {
    let browser = &context.browser;
    let start = by_hand::begin(context, &context.business).await?.start;
    browser.goto(&start).await?;
    let naming = browser.element("#naming").await?;
    tokio::time::sleep(LONG_ENOUGH).await;
    same("where the browser is", browser.address().await?, start.clone())?;
    let text = naming.text().await?;
    for named in
        ["Acme Lending", "127.0.0.1", context.business.as_str(), "QuickBooks", "Did you not ask for this?"]
    {
        holds(text.contains(named), "the words of the start page", named, &text)?;
    }
    Axe::load()?.check(browser, "start page").await?;
    // A reload is another look, and changes nothing either.
    browser.goto(&start).await?;
    browser.element("#naming button:enabled").await?.click().await?;
    browser.element("#approve").await?.click().await?;
    let done = "return /You are connected/.test(document.body?.innerText) || null";
    // Its window closes by itself where a script may close it.
    browser.until_script("the page that says how it ended", done).await.ok();
    let kept = list_connections(context.programs()?, &context.programs()?.connect, &context.business).await?;
    same("connections after the press", kept.len(), 1)
}

async fn proves_itself(context: &Context) -> Outcome {
    context.open(&[]).await?;
    let popup = start_sign_in(context, "quickbooks").await?;
    popup.element("#approve").await?;
    let opener = context.browser.script("return window.opener === null", vec![]).await?;
    same("whether the opener is cut", opener, json!(true))?;
    popup.press("#approve").await?;
    popup.closes_by_itself().await?;
    check_success_page(context, "quickbooks", "POST", "").await.map(drop)
}

async fn answers_late(context: &Context) -> Outcome {
    context.open(&[]).await?;
    // Stands before the widget's own listener, which hears on the way down too, and lets the question through when the page names whose sign-in it is.
    let hold = "addEventListener('message', (event) => {\
        if (event.data?.type !== 'railz-connect:start' || window.letThrough) return;\
        event.stopImmediatePropagation();\
        const { data, origin, source } = event;\
        window.letThrough = () => dispatchEvent(new MessageEvent('message', { data, origin, source }));\
    }, true);";
    context.browser.script(hold, vec![]).await?;
    let popup = start_sign_in(context, "quickbooks").await?;
    popup.element("html.naming #naming button").await?;
    context.browser.to_main().await?;
    context.browser.script("window.letThrough()", vec![]).await?;
    popup.press("#approve").await?;
    popup.closes_by_itself().await?;
    check_success_page(context, "quickbooks", "POST", "").await.map(drop)
}

async fn is_not_believed(context: &Context) -> Outcome {
    let BegunByHand { start, proof } = by_hand::begin(context, &context.business).await?;
    let page = format!(
        "<!doctype html><title>Prizes</title><div id='railz-connect-base'></div><script>
        const root = document.querySelector('#railz-connect-base').attachShadow({{ mode: 'open' }});
        const button = document.createElement('button');
        button.dataset.action = 'open';
        button.textContent = 'Your prize';
        button.addEventListener('click', () => {{
            const popup = window.open('{start}', 'prize', 'popup,width=600,height=700');
            const message = {{ type: 'railz-connect:proof', proof: '{proof}' }};
            setInterval(() => popup.postMessage(message, '*'), 50);
        }});
        root.append(button);
        window.heard = [];
        addEventListener('message', (event) => window.heard.push(event.data));
        </script>"
    );
    let server = PageServer::start(vec![("/", Page::Html(page, vec![]))]).await?;
    let browser = &context.browser;
    browser.goto(&server.at("/")).await?;
    Widget::of(browser).act("open").await?;
    let popup = Popup::opened(browser).await?;
    popup.element("html.naming #naming button").await?;
    tokio::time::sleep(LONG_ENOUGH).await;
    same("where the window is", browser.address().await?, start)?;
    browser.to_main().await?;
    let heard = browser.script("return window.heard", vec![]).await?;
    same("what the page was asked", heard, json!([]))?;
    popup.close().await
}

async fn is_framed(context: &Context) -> Outcome {
    let start = by_hand::begin(context, &context.business).await?.start;
    let page =
        format!("<!doctype html><title>Frame</title><iframe src='{start}' width=600 height=700></iframe>");
    let server = PageServer::start(vec![("/", Page::Html(page, vec![]))]).await?;
    let browser = &context.browser;
    browser.goto(&server.at("/")).await?;
    tokio::time::sleep(LONG_ENOUGH).await;
    browser.enter_frame(0).await?;
    let shown =
        browser.script("return document.querySelectorAll('#naming, form, button').length", vec![]).await;
    browser.to_main().await?;
    // An engine may let nobody look into what it put in the place of the page.
    shown.map_or(Ok(()), |shown| same("what is in the frame", shown, json!(0)))
}
