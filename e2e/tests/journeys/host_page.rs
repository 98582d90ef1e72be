//! A host page that watches everything a widget could do to it: what stays behind after `unmount()`
//! (invariant 6), and what a strict policy with Trusted Types would forbid.

use std::time::Duration;

use e2e::error::{holds, same};
use e2e::popup::Popup;
use e2e::proxy::{Proxy, ProxyMode};
use e2e::{Context, Journey, Outcome};
use serde_json::{Value, json};

use super::steps::{SANDBOX, approve, check_success_page, start_sign_in};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("the traps catch what is put into them", |context| Box::pin(traps_catch(context))),
    Journey::new("unmounting at the picker leaves nothing behind", |context| Box::pin(at_picker(context))),
    Journey::new("unmounting while a sign-in is waited for leaves nothing behind", |context| {
        Box::pin(while_waiting(context))
    }),
    Journey::new("mounting and unmounting ten times leaves no more than none", |context| {
        Box::pin(again_and_again(context))
    }),
    Journey::new("under the strictest policy with Trusted Types all goes without markup", |context| {
        Box::pin(strict(context))
    }),
    Journey::new("no bearer token reaches the host page, its storage or its address", |context| {
        Box::pin(token_stays_inside(context))
    }),
    Journey::new("under the strictest policy the sandbox connects", |context| {
        Box::pin(strict_sandbox(context))
    }),
    Journey::new("under the strictest policy the ES module signs in", |context| {
        Box::pin(strict_module(context))
    }),
];

/// What of the widget is on the page now.
async fn read_traces(context: &Context) -> Outcome<Value> {
    let script = "const connect = document.querySelector('#connect');\
        const { innerHtml, alerts, listeners, timers, fetches, observers } = window.traps;\
        return {\
            innerHtml, alerts, listeners, timers, fetches, observers,\
            widgets: document.querySelectorAll('#railz-connect-base').length,\
            children: connect.childNodes.length,\
            styles: [connect, document.body, document.documentElement]\
                .map((element) => element.getAttribute('style') || ''),\
            sheets: document.adoptedStyleSheets.length,\
            stored: localStorage.length,\
        };";
    context.browser.script(script, vec![]).await
}

/// What is on the page when the widget refused to be drawn: the host's own.
async fn without_widget(context: &Context) -> Outcome<Value> {
    context.open_with(&[("businessName", "%"), ("traps", "1")]).await?;
    context.host().mount_error().await?;
    // The script preloads what follows the first screen a second later, on each page that it is on.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    read_traces(context).await
}

/// Unmounts the widget, and compares with a page that never had one.
async fn unmount(context: &Context, before: &Value) -> Outcome {
    same("widgets before unmounting", &read_traces(context).await?["widgets"], &json!(1))?;
    context.browser.script("window.widget.unmount()", vec![]).await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    same("what is left behind", &read_traces(context).await?, before)
}

async fn traps_catch(context: &Context) -> Outcome {
    context.open(&[("traps", "1"), ("csp", "strict")]).await?;
    context.widget().shows("picker").await?;
    let script = "addEventListener('resize', () => {});\
        setTimeout(() => {}, 60_000);\
        new MutationObserver(() => {}).observe(document, { childList: true });\
        const before = window.traps.fetches.length;\
        const held = fetch('CONNECT/widget/nothing-here');\
        const pending = window.traps.fetches.length - before;\
        try { document.createElement('p').innerHTML = '<b>bold</b>'; } catch {}\
        document.body.insertAdjacentElement('beforeend', new Image()).src = 'http://localhost:1/picture';\
        return pending;";
    let script = script.replace("CONNECT", &context.programs()?.connect);
    let pending = context.browser.script(&script, vec![]).await?;
    same("requests under way", pending, json!(1))?;
    let violated = "return window.traps.violations.some((one) => one.startsWith('img-src'))";
    context.browser.until_script("the picture's violation", violated).await?;
    let found = read_traces(context).await?;
    for (trap, what) in [
        ("listeners", "window resize"),
        ("timers", "setTimeout"),
        ("observers", "MutationObserver"),
        ("innerHtml", "innerHTML <b>bold</b>"),
    ] {
        let caught = found[trap].as_array().is_some_and(|list| list.iter().any(|entry| entry == what));
        holds(caught, trap, what, &found)?;
    }
    Ok(())
}

async fn token_stays_inside(context: &Context) -> Outcome {
    let proxy = Proxy::start(context.programs()?, ProxyMode::Transparent).await?;
    context.open(&[("endpoint", &proxy.endpoint()), ("successUrl", "")]).await?;
    let popup = start_sign_in(context, "quickbooks").await?;
    popup.press("#exchange-error").await?;
    context.widget().shows("failed").await?;
    token_is_nowhere(context, &proxy).await?;
    context.widget().act("try-again").await?;
    context.widget().shows("before").await?;
    context.widget().act("continue").await?;
    Popup::opened(&context.browser).await?.press("#approve").await?;
    context.widget().shows("connected").await?;
    token_is_nowhere(context, &proxy).await
}

async fn token_is_nowhere(context: &Context, proxy: &Proxy) -> Outcome {
    let tokens = proxy.tokens();
    holds(!tokens.is_empty(), "tokens given out", "at least one", tokens.len())?;
    let script = "return [location.href, document.cookie, document.documentElement.outerHTML,\
        document.querySelector('#railz-connect-base').shadowRoot.innerHTML,\
        JSON.stringify(window.hostEvents), JSON.stringify({ ...localStorage }),\
        JSON.stringify({ ...sessionStorage }), window.name].join('\\n');";
    let seen = context.browser.script(script, vec![]).await?;
    let seen = seen.as_str().unwrap_or_default();
    holds(seen.contains("onSuccess"), "what the page can read", "the host's events", seen.len())?;
    let leaked = tokens.iter().filter(|token| seen.contains(token.as_str())).count();
    same("tokens that the page can read", leaked, 0)
}

async fn at_picker(context: &Context) -> Outcome {
    let before = without_widget(context).await?;
    context.open(&[("traps", "1")]).await?;
    context.widget().shows("picker").await?;
    unmount(context, &before).await
}

async fn while_waiting(context: &Context) -> Outcome {
    let before = without_widget(context).await?;
    context.open(&[("traps", "1")]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    widget.pick("quickbooks").await?;
    widget.shows("before").await?;
    widget.act("continue").await?;
    let popup = Popup::opened(&context.browser).await?;
    popup.element("#approve").await?;
    context.browser.to_main().await?;
    widget.shows("waiting").await?;
    // Between two polls there is a rest.
    let busy = "return window.traps.fetches.length && window.traps.timers.length";
    context.browser.until_script("a poll and timers while the page waits", busy).await?;
    unmount(context, &before).await?;
    // Nobody is listening any more: nothing may reach the host that has taken the widget away.
    let heard = context.host().events().await?;
    holds(heard.iter().all(|heard| heard.event == "load"), "what the host heard", "only load", &heard)?;
    popup.close().await
}

async fn again_and_again(context: &Context) -> Outcome {
    let before = without_widget(context).await?;
    context.open(&[("traps", "1")]).await?;
    for _ in 0..10 {
        context.widget().shows("picker").await?;
        unmount(context, &before).await?;
        context.browser.script("window.startWidget(window.RailzConnect)", vec![]).await?;
    }
    context.widget().shows("picker").await
}

async fn strict(context: &Context) -> Outcome {
    context.open(&[("traps", "1"), ("csp", "strict"), ("successUrl", "")]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    widget.pick("quickbooks").await?;
    widget.shows("before").await?;
    widget.act("continue").await?;
    let popup = Popup::opened(&context.browser).await?;
    popup.press("#deny").await?;
    widget.shows("refused").await?;
    widget.act("try-again").await?;
    widget.shows("before").await?;
    widget.act("continue").await?;
    let popup = Popup::opened(&context.browser).await?;
    popup.press("#approve").await?;
    widget.shows("connected").await?;
    let found = "const { innerHtml: markup, violations } = window.traps; return { markup, violations };";
    let found = context.browser.script(found, vec![]).await?;
    same("markup and violations", &found, &json!({ "markup": [], "violations": [] }))?;
    let display = widget.element("[data-action='done'], h2").await?.css_value("font-family").await?;
    holds(!display.contains("Times"), "the font", "the widget's own, so its sheet is in force", display)
}

async fn strict_sandbox(context: &Context) -> Outcome {
    context.open(&[("csp", "strict")]).await?;
    let widget = context.widget();
    widget.shows("picker").await?;
    widget.pick(SANDBOX).await?;
    check_success_page(context, SANDBOX, "POST", "").await.map(drop)
}

async fn strict_module(context: &Context) -> Outcome {
    context.open(&[("csp", "strict"), ("via", "module")]).await?;
    approve(context, "quickbooks").await?;
    check_success_page(context, "quickbooks", "POST", "").await.map(drop)
}
