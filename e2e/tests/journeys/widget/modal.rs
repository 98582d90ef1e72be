//! The widget in a dialog of its own (`open`): Escape closes it, and the page is as it was.

use e2e::error::{holds, same};
use e2e::{Context, Journey, Outcome};
use serde_json::{Value, json};
use thirtyfour::Key;

use super::banks::{FERNWAY, link};
use super::driving::{ACCOUNTING, BANKING, go_to, is_at};
use crate::stories::bank_frame::{press_in_bank_frame, wait_for_bank_frame};
use crate::stories::steps::SANDBOX;

pub const JOURNEYS: &[Journey] = &[
    Journey::new("Escape closes the dialog, and focus and place of the page come back", |context| {
        Box::pin(escape(context))
    }),
    Journey::new(
        "a bank is linked over a dialog, which is there again afterwards, and the host hears of no close",
        |context| Box::pin(links_bank(context)),
    ),
    Journey::new("what is connected in the dialog stays connected when it is opened again", |context| {
        Box::pin(stays_connected(context))
    }),
];

/// A page with a button far down that opens the widget in a dialog. The widget that the page brings is taken away.
async fn open_page(context: &Context) -> Outcome {
    context.open_all_services(&[("successUrl", "")]).await?;
    context.widget().shows("overview").await?;
    let script = "window.widget.unmount();\
        window.hostEvents.length = 0;\
        const options = JSON.parse(document.querySelector('#connect-options').textContent);\
        const hear = (callback) => (event, payload) => window.hostEvents.push(\
            JSON.parse(JSON.stringify({ callback, event, payload: payload ?? null })));\
        const button = document.createElement('button');\
        button.id = 'open-widget';\
        button.textContent = 'Connect';\
        button.style.margin = '150vh 0';\
        button.onclick = () => {\
            window.widget = new window.RailzConnect();\
            window.widget.open({ ...options, onSuccess: hear('onSuccess'), onError: hear('onError'),\
                onExit: hear('onExit') });\
        };\
        document.body.append(button);";
    context.browser.script(script, vec![]).await.map(drop)
}

/// Where the page stands, what has its focus, and whether a dialog is there.
async fn read_page(context: &Context) -> Outcome<Value> {
    let script = "return { top: Math.round(document.scrollingElement.scrollTop), focus: document.activeElement.id,\
        dialogs: document.querySelectorAll('dialog').length,\
        sheets: document.adoptedStyleSheets.length };";
    context.browser.script(script, vec![]).await
}

async fn press_button(context: &Context) -> Outcome {
    context.browser.element("#open-widget").await?.click().await?;
    context.widget().shows("overview").await
}

/// Waits until nothing of the dialog is left.
async fn wait_until_gone(context: &Context) -> Outcome {
    let gone = "return !document.querySelector('dialog') && !document.querySelector('#railz-connect-base')";
    context.browser.until_script("the dialog to be gone", gone).await.map(drop)
}

async fn escape(context: &Context) -> Outcome {
    open_page(context).await?;
    let script = "document.querySelector('#open-widget').focus({ preventScroll: true });\
        document.querySelector('#open-widget').scrollIntoView({ block: 'center' });";
    context.browser.script(script, vec![]).await?;
    let before = read_page(context).await?;
    holds(before["top"].as_i64() > Some(100), "the page", "scrolled down", &before)?;
    press_button(context).await?;
    let inside = "const dialog = document.querySelector('dialog');\
        return dialog.matches(':modal') && dialog.contains(document.activeElement);";
    context.browser.until_script("a modal dialog with the focus in it", inside).await?;
    go_to(context, ACCOUNTING).await?;
    context.widget().pick("quickbooks").await?;
    context.widget().shows("before").await?;
    context.browser.keys(Key::Escape).await?;
    wait_until_gone(context).await?;
    same("the page afterwards", &read_page(context).await?, &before)?;
    context.host().hears("onExit", "exit").await?;
    let heard = context.host().events().await?;
    let calls: Vec<String> =
        heard.iter().map(|heard| format!("{} {}", heard.callback, heard.event)).collect();
    same("what the host heard", calls, vec!["onSuccess load", "onExit exit"])
}

/// What used to happen: a modal dialog makes all of the page outside of it inert, the frame of the banks' script too.
async fn links_bank(context: &Context) -> Outcome {
    open_page(context).await?;
    let script = "document.querySelector('#open-widget').focus();";
    context.browser.script(script, vec![]).await?;
    let before = read_page(context).await?;
    press_button(context).await?;
    go_to(context, BANKING).await?;
    context.widget().pick("plaid").await?;
    wait_for_bank_frame(context).await?;
    let modal = "return document.querySelector('dialog').matches(':modal')";
    same("a modal dialog under the frame", context.browser.script(modal, vec![]).await?, json!(false))?;
    press_in_bank_frame(context, "#practice-bank-exit").await?;
    is_at(context, BANKING).await?;
    same("a modal dialog again", context.browser.script(modal, vec![]).await?, json!(true))?;
    link(context, FERNWAY).await?;
    context.widget().shows("connected").await?;
    same("a modal dialog again", context.browser.script(modal, vec![]).await?, json!(true))?;
    let heard = context.host().events().await?;
    let calls: Vec<String> =
        heard.iter().map(|heard| format!("{} {}", heard.callback, heard.event)).collect();
    same("what the host heard", calls, vec!["onSuccess load", "onSuccess authorization"])?;
    context.browser.keys(Key::Escape).await?;
    wait_until_gone(context).await?;
    let after = read_page(context).await?;
    same("the focus afterwards", &after["focus"], &before["focus"])
}

async fn stays_connected(context: &Context) -> Outcome {
    open_page(context).await?;
    press_button(context).await?;
    go_to(context, ACCOUNTING).await?;
    let widget = context.widget();
    widget.pick(SANDBOX).await?;
    widget.shows("connected").await?;
    widget.act("close").await?;
    wait_until_gone(context).await?;
    same("dialogs", &read_page(context).await?["dialogs"], &json!(0))?;
    press_button(context).await?;
    go_to(context, ACCOUNTING).await?;
    same("the connections of the list", widget.connections().await?.len(), 1)
}
