//! The sign-in's window, and everything that can happen to it. Invariants 1 to 3: opened inside the press,
//! settled by the server only, at most one outcome an attempt.

use std::time::Duration;

use e2e::error::{holds, same};
use e2e::popup::Popup;
use e2e::{Context, Journey, Outcome};

use super::steps::{check_success_page, start_sign_in};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a closed window changes the words and settles nothing; reopened, it connects", |context| {
        Box::pin(closes_and_reopens(context))
    }),
    Journey::new("cancelling leads back to the services, and the host hears of no outcome", |context| {
        Box::pin(cancels(context))
    }),
    Journey::new("a blocked window becomes a link that works", |context| Box::pin(is_blocked(context))),
    Journey::new("a late answer still counts after the host has heard the timeout", |context| {
        Box::pin(late(context))
    }),
    Journey::new("a provider that cuts its window off from the opener connects", |context| {
        Box::pin(isolates_provider(context))
    }),
    Journey::new("a host page that cuts itself off from its windows connects by one press more", |context| {
        Box::pin(isolates_host(context))
    }),
];

async fn closes_and_reopens(context: &Context) -> Outcome {
    context.open(&[]).await?;
    let popup = start_sign_in(context, "quickbooks").await?;
    popup.element("#approve").await?;
    popup.close().await?;
    let widget = context.widget();
    widget.says("Window closed?").await?;
    // Long enough for a wrong conclusion to be drawn.
    tokio::time::sleep(Duration::from_secs(3)).await;
    widget.shows("waiting").await?;
    let heard = context.host().events().await?;
    holds(heard.iter().all(|heard| heard.event == "load"), "what the host heard", "only load", &heard)?;
    widget.act("reopen").await?;
    let popup = Popup::opened(&context.browser).await?;
    popup.press("#approve").await?;
    popup.closes_by_itself().await?;
    check_success_page(context, "quickbooks", "POST", "").await.map(drop)
}

async fn cancels(context: &Context) -> Outcome {
    context.open(&[]).await?;
    let popup = start_sign_in(context, "quickbooks").await?;
    popup.element("#approve").await?;
    context.browser.to_main().await?;
    let widget = context.widget();
    widget.act("cancel").await?;
    widget.shows("picker").await?;
    let heard = context.host().events().await?;
    holds(heard.iter().all(|heard| heard.event == "load"), "what the host heard", "only load", &heard)
}

async fn is_blocked(context: &Context) -> Outcome {
    context.open(&[]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    // No press by a person at all: the activation of one would last for seconds.
    widget.press_by_script("button[data-service='quickbooks']").await?;
    widget.shows("before").await?;
    widget.press_by_script("button[data-action='continue']").await?;
    widget.shows("blocked").await?;
    same("second windows", context.browser.others().await?.len(), 0)?;
    widget.press("a[data-action='open']").await?;
    let popup = Popup::opened(&context.browser).await?;
    popup.go_on_as(&["Acme Lending", &context.business]).await?;
    popup.press("#approve").await?;
    popup.closes_by_itself().await?;
    check_success_page(context, "quickbooks", "POST", "").await.map(drop)
}

async fn late(context: &Context) -> Outcome {
    context.open(&[("successUrl", ""), ("sessionTimeout", "3")]).await?;
    let popup = start_sign_in(context, "quickbooks").await?;
    context.browser.to_main().await?;
    // The screen stands for two seconds, in which a busy machine may not get to look at it.
    let watch = "const root = document.querySelector('#railz-connect-base').shadowRoot;\
        window.screens = [];\
        const look = () => window.screens.push(root.querySelector('[data-screen]')?.dataset.screen);\
        new MutationObserver(look).observe(root, { subtree: true, childList: true, attributes: true });\
        look();";
    context.browser.script(watch, vec![]).await?;
    popup.press("#late").await?;
    let widget = context.widget();
    let host = context.host();
    let heard = host.hears("onError", "timeout").await?;
    same("errorCode", heard.code(), "timeout")?;
    widget.shows("connected").await?;
    let screens = context.browser.script("return window.screens", vec![]).await?;
    let expired = screens.as_array().is_some_and(|screens| screens.iter().any(|screen| screen == "expired"));
    holds(expired, "the screens on the way", "expired", &screens)?;
    let heard = host.events().await?;
    let calls: Vec<String> =
        heard.iter().map(|heard| format!("{} {}", heard.callback, heard.event)).collect();
    same("what the host heard", calls, vec!["onSuccess load", "onError timeout", "onSuccess authorization"])
}

async fn isolates_provider(context: &Context) -> Outcome {
    context.open(&[]).await?;
    let popup = start_sign_in(context, "quickbooks").await?;
    popup.press("#coop").await?;
    // The switch is the practice provider's and not what is tried here: a press that got lost is made again. One that
    // was only slow is not taken back.
    let (on, off) = ("#coop[href$='coop=same-origin']", "#coop[href$='coop=off']");
    let switched = popup.element_within(off, Duration::from_secs(4)).await;
    if switched.is_err() && popup.press(on).await.is_err() {
        context.browser.to_main().await?;
    }
    popup.element(off).await?;
    context.browser.to_main().await?;
    // The window now looks closed to the host page, though it is not.
    tokio::time::sleep(Duration::from_secs(2)).await;
    context.widget().shows("waiting").await?;
    popup.press("#approve").await?;
    popup.closes_by_itself().await?;
    check_success_page(context, "quickbooks", "POST", "").await.map(drop)
}

async fn isolates_host(context: &Context) -> Outcome {
    context.open(&[("coop", "same-origin")]).await?;
    let popup = start_sign_in(context, "quickbooks").await?;
    let site = context.programs()?.host.trim_start_matches("https://");
    popup.go_on_as(&["Acme Lending", site, &context.business]).await?;
    popup.press("#approve").await?;
    popup.closes_by_itself().await?;
    check_success_page(context, "quickbooks", "POST", "").await.map(drop)
}
