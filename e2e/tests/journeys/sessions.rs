//! Sessions that the host's back end made, and what becomes of a sign-in whose session runs out in the middle of it.

use e2e::error::{holds, same};
use e2e::host::SuccessPage;
use e2e::programs::MINTED_WIDGET_ID;
use e2e::proxy::{Proxy, ProxyMode};
use e2e::{Context, Journey, Outcome};

use super::steps::{SANDBOX, check_id, check_success_page, start_sign_in};

pub const JOURNEYS: &[Journey] = &[
    Journey::new(
        "a session of the back end connects, and its success page receives the connection",
        |context| Box::pin(connects(context)),
    ),
    Journey::new("a widget of minted sessions opens none for a page that brings no token", |context| {
        Box::pin(is_refused(context))
    }),
    Journey::new(
        "a minted session that runs out in the middle of a sign-in is renewed by the host",
        |context| Box::pin(minted_runs_out(context)),
    ),
    Journey::new(
        "an open session that runs out in the middle of a sign-in goes on in another one",
        |context| Box::pin(open_runs_out(context)),
    ),
    Journey::new("a session that the page opened ends when the widget is unmounted", |context| {
        Box::pin(ends(context))
    }),
    Journey::new(
        "mounted twice with one session, as React's strict mode does, the widget connects",
        |context| Box::pin(mounts_twice(context)),
    ),
];

/// The page of the host that holds a secret key.
async fn open_minted(context: &Context, options: &[(&str, &str)]) -> Outcome {
    let mut all = vec![("businessName", context.business.as_str())];
    all.extend_from_slice(options);
    let host = context.programs()?.minted_host().await?;
    context.browser.goto(&context.programs()?.page_of(host, &all)).await
}

/// The success page of that host, with the connection.
async fn is_connected(context: &Context, service: &str) -> Outcome {
    let received = SuccessPage::read(&context.browser).await?;
    let address = context.browser.address().await?;
    let host = context.programs()?.minted_host().await?;
    let landed = address.starts_with(&format!("{host}/success"));
    holds(landed, "where the browser landed", "the success page of the session", &address)?;
    same("serviceName", received.service_name.as_str(), service)?;
    same("businessName", received.business_name.as_str(), context.business.as_str())?;
    check_id("connectionId", "CON-", &received.connection_id)
}

async fn connects(context: &Context) -> Outcome {
    open_minted(context, &[]).await?;
    context.widget().shows("picker").await?;
    context.widget().pick(SANDBOX).await?;
    is_connected(context, SANDBOX).await
}

async fn is_refused(context: &Context) -> Outcome {
    context.open(&[("widgetId", MINTED_WIDGET_ID)]).await?;
    context.widget().shows("unavailable").await?;
    let heard = context.host().hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "authentication")
}

/// Begins a sign-in, lets the session run out, closes the window, so that the server is asked at once, and goes on in another
/// window as if nothing had been.
async fn sign_in_while_it_runs_out(context: &Context, proxy: &Proxy) -> Outcome {
    let popup = start_sign_in(context, "quickbooks").await?;
    popup.element("#approve").await?;
    proxy.end_sessions();
    popup.close().await?;
    let widget = context.widget();
    widget.says("Window closed?").await?;
    context
        .browser
        .until("another session", e2e::browser::TIMEOUT, || async {
            Ok((proxy.tokens().len() > 1).then_some(()))
        })
        .await?;
    widget.shows("waiting").await?;
    let heard = context.host().events().await?;
    holds(
        heard.iter().all(|one| one.callback != "onError"),
        "what the host heard",
        "no error",
        format!("{heard:?}"),
    )?;
    widget.act("reopen").await?;
    let popup = e2e::popup::Popup::opened(&context.browser).await?;
    popup.press("#approve").await?;
    popup.closes_by_itself().await
}

async fn minted_runs_out(context: &Context) -> Outcome {
    let proxy = Proxy::start(context.programs()?, ProxyMode::Transparent).await?;
    open_minted(context, &[("endpoint", &proxy.endpoint())]).await?;
    sign_in_while_it_runs_out(context, &proxy).await?;
    is_connected(context, "quickbooks").await?;
    let mut tokens = proxy.tokens();
    tokens.dedup();
    same("tokens that the host gave", tokens.len(), 2)
}

async fn open_runs_out(context: &Context) -> Outcome {
    let proxy = Proxy::start(context.programs()?, ProxyMode::Transparent).await?;
    context.open(&[("endpoint", &proxy.endpoint())]).await?;
    sign_in_while_it_runs_out(context, &proxy).await?;
    check_success_page(context, "quickbooks", "POST", "").await.map(drop)
}

/// What the server answers to a call with a token.
async fn status_of(context: &Context, proxy: &Proxy, token: &str) -> Outcome<u16> {
    let address = format!("{}/widget/status", proxy.endpoint());
    let call =
        reqwest::Client::new().get(address).bearer_auth(token).header("origin", &context.programs()?.host);
    Ok(call.send().await?.status().as_u16())
}

async fn ends(context: &Context) -> Outcome {
    let proxy = Proxy::start(context.programs()?, ProxyMode::Transparent).await?;
    context.open(&[("endpoint", &proxy.endpoint())]).await?;
    context.widget().shows("picker").await?;
    let token = proxy.tokens().pop().unwrap_or_default();
    same("the status before", status_of(context, &proxy, &token).await?, 200)?;
    context.browser.script("window.widget.unmount();", vec![]).await?;
    context
        .browser
        .until("the end of the session", e2e::browser::TIMEOUT, || async {
            Ok((status_of(context, &proxy, &token).await? == 401).then_some(()))
        })
        .await
}

async fn mounts_twice(context: &Context) -> Outcome {
    open_minted(context, &[]).await?;
    context.widget().shows("picker").await?;
    // The first one has opened its session by now, and takes it away with it if it may.
    let again = "window.widget.unmount(); window.startWidget(window.RailzConnect);";
    context.browser.script(again, vec![]).await?;
    context.widget().shows("picker").await?;
    context.widget().pick(SANDBOX).await?;
    is_connected(context, SANDBOX).await
}
