//! Steps that many journeys take.

use e2e::error::{holds, same};
use e2e::host::SuccessPage;
use e2e::popup::Popup;
use e2e::{Context, Outcome};

/// The sandbox's own service.
pub const SANDBOX: &str = "railzSandbox";

/// Picks a service, passes the screen before the window, and waits for the window.
pub async fn start_sign_in<'a>(context: &'a Context, service: &str) -> Outcome<Popup<'a>> {
    let widget = context.widget();
    widget.shows("picker").await?;
    widget.pick(service).await?;
    widget.shows("before").await?;
    widget.act("continue").await?;
    Popup::opened(&context.browser).await
}

/// Picks a service, signs in and says yes; the window then closes by itself.
pub async fn approve(context: &Context, service: &str) -> Outcome {
    let popup = start_sign_in(context, service).await?;
    popup.press("#approve").await?;
    popup.closes_by_itself().await
}

/// Presses "reauthorise" beside the business's one connection, passes the screen before the window, and waits for it.
pub async fn start_renewal<'a>(context: &'a Context, id: &str) -> Outcome<Popup<'a>> {
    context.widget().shows("picker").await?;
    start_renewal_here(context, id).await
}

/// The same for a connection that has lapsed, which is shown before anything else.
pub async fn start_renewal_of_lapsed<'a>(context: &'a Context, id: &str) -> Outcome<Popup<'a>> {
    context.widget().shows("attention").await?;
    start_renewal_here(context, id).await
}

async fn start_renewal_here<'a>(context: &'a Context, id: &str) -> Outcome<Popup<'a>> {
    let widget = context.widget();
    same("connections of the business", widget.connections().await?, vec![id.to_owned()])?;
    widget.press(&format!("li[data-connection='{id}'] button[data-action='reauthorise']")).await?;
    widget.shows("before").await?;
    widget.act("continue").await?;
    Popup::opened(&context.browser).await
}

/// Waits for the success page and checks every field of it. Gives the connection's id.
pub async fn check_success_page(
    context: &Context,
    service: &str,
    method: &str,
    state: &str,
) -> Outcome<String> {
    let received = SuccessPage::read(&context.browser).await?;
    let address = context.browser.address().await?;
    holds(
        address.starts_with(&format!("{}/success", context.programs()?.host)),
        "where the browser landed",
        "the success page",
        &address,
    )?;
    same("the method", received.method.as_str(), method)?;
    same("serviceName", received.service_name.as_str(), service)?;
    same("businessName", received.business_name.as_str(), context.business.as_str())?;
    same("state", received.state.as_str(), state)?;
    check_id("businessUuid", "BIZ-", &received.business_uuid)?;
    check_id("connectionId", "CON-", &received.connection_id)?;
    Ok(received.connection_id)
}

/// Checks that a text is an id: a prefix and a UUID of 36 characters.
pub fn check_id(what: &str, prefix: &str, found: &str) -> Outcome {
    let uuid = found.strip_prefix(prefix).unwrap_or_default();
    let right = uuid.len() == 36 && uuid.chars().all(|letter| letter == '-' || letter.is_ascii_hexdigit());
    holds(right, what, &format!("{prefix}<uuid>"), found)
}

/// Connects a service with the widget's own success screen at the end, and gives the connection's id.
pub async fn connect_and_stay(context: &Context, service: &str) -> Outcome<String> {
    context.open(&[("successUrl", "")]).await?;
    approve(context, service).await?;
    context.widget().shows("connected").await?;
    let heard = context.host().hears("onSuccess", "authorization").await?;
    let id = heard.payload["connectionUuid"].as_str().unwrap_or_default().to_owned();
    check_id("connectionUuid", "CON-", &id)?;
    Ok(id)
}
