//! Pages that changed what the widget stands on: built-ins, direction of text, scrolling, a dialog of their own.

use e2e::error::same;
use e2e::popup::Popup;
use e2e::{Context, Journey, Outcome};
use serde_json::json;
use thirtyfour::Key;

use super::any_host::open_with_head;

pub const JOURNEYS: &[Journey] = &[
    Journey::new("on a page that changed the built-ins a sign-in connects", |context| {
        Box::pin(changed_builtins(context))
    }),
    Journey::new(
        "over a locked page, from right to left, with a dialog of its own, the widget's dialog works and goes alone",
        |context| Box::pin(over_another_dialog(context)),
    ),
    Journey::new("fifty mounts and unmounts of a page's own leave nothing on it", |context| {
        Box::pin(again_and_again(context))
    }),
];

async fn changed_builtins(context: &Context) -> Outcome {
    let changes = "<script src='/changed-builtins.js'></script>";
    let _page = open_with_head(context, None, changes, &[]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    widget.pick("quickbooks").await?;
    widget.shows("before").await?;
    widget.act("continue").await?;
    let popup = Popup::opened(&context.browser).await?;
    popup.press("#approve").await?;
    popup.closes_by_itself().await?;
    widget.shows("connected").await?;
    let heard = "return window.heard.map(({ callback, event }) => `${callback} ${event}`).join()";
    let heard = context.browser.script(heard, vec![]).await?;
    same("what the host heard", heard, json!("onSuccess load,onSuccess authorization"))
}

/// How the page is, apart from what the widget may add while it is there.
const PAGE: &str = "return {\
    own: document.querySelector('#own').matches(':modal'),\
    overflow: getComputedStyle(document.documentElement).overflowY,\
    body: document.body.getAttribute('style'),\
    direction: getComputedStyle(document.body).direction,\
    dialogs: document.querySelectorAll('dialog').length,\
    focus: document.activeElement.id }";

async fn over_another_dialog(context: &Context) -> Outcome {
    let head = "<style>html { font-size: 62.5%; overflow: hidden; direction: rtl }\
        body { position: fixed; inset: 0; overflow: hidden }</style>";
    let _page = open_with_head(context, None, head, &[("instances", "0")]).await?;
    let browser = &context.browser;
    let prepare = "document.dir = 'rtl';\
        const own = document.createElement('dialog');\
        own.id = 'own';\
        own.innerHTML = '<button id=\"inside\">Inside</button>';\
        document.body.style.top = '-10px';\
        document.body.append(own);\
        own.showModal();\
        document.querySelector('#inside').focus();";
    browser.script(prepare, vec![]).await?;
    let before = browser.script(PAGE, vec![]).await?;
    let open = "const { instances, ...settings } = Object.fromEntries(new URLSearchParams(location.search));\
        window.exits = 0;\
        window.widget = new RailzConnect();\
        window.widget.open({ ...settings, onExit: () => (window.exits += 1) });";
    browser.script(open, vec![]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    // A driver presses what lies on top at that place alone.
    widget.pick("quickbooks").await?;
    widget.shows("before").await?;
    let direction = "return getComputedStyle(document.querySelector('#railz-connect-base').shadowRoot\
        .querySelector('.card')).direction";
    same("the widget's direction", browser.script(direction, vec![]).await?, json!("ltr"))?;
    browser.keys(Key::Escape).await?;
    browser.until_script("the exit", "return window.exits").await?;
    let gone = "return document.querySelector('#railz-connect-base') === null";
    browser.until_script("the end of the widget's dialog", gone).await?;
    same("the page afterwards", browser.script(PAGE, vec![]).await?, before)?;
    same("exits", browser.script("return window.exits", vec![]).await?, json!(1))
}

async fn again_and_again(context: &Context) -> Outcome {
    let _page = open_with_head(context, None, "", &[("instances", "0")]).await?;
    let browser = &context.browser;
    // The first one leaves what every page keeps: the loaded engine.
    let mount = "const done = arguments[arguments.length - 1];\
        const repeat = async () => {\
            const before = document.documentElement.outerHTML;\
            for (let count = 0; count < arguments[0]; count += 1) {\
                await window.mountHere('connect-0');\
                window.widget.unmount();\
            }\
            await new Promise((resolve) => setTimeout(resolve, 200));\
            return before === document.documentElement.outerHTML || document.documentElement.outerHTML;\
        };\
        repeat().then(done, (error) => done(error.message));";
    browser.script_async(mount, vec![json!(1)]).await?;
    same("the page", browser.script_async(mount, vec![json!(50)]).await?, json!(true))?;
    let heard =
        "return [...new Set(window.heard.map(({ callback, event }) => `${callback} ${event}`))].join()";
    let heard = browser.script(heard, vec![]).await?;
    same("what the host heard", heard == "" || heard == "onSuccess load", true)
}
