//! The ways through the widget's steps, as a person goes them.

use e2e::browser::TIMEOUT;
use e2e::connections::only_connection;
use e2e::error::{holds, same};
use e2e::popup::Popup;
use e2e::{Context, Outcome};
use serde_json::{Value, json};

use crate::stories::steps::check_id;

/// The steps by their words in the progress bar.
pub const ACCOUNTING: &str = "Accounting";
pub const BANKING: &str = "Banking";
pub const SALES: &str = "Sales";
pub const SUMMARY: &str = "Summary";

/// Loads the host page, without a success page, so that what it heard can be read; and goes to a step.
pub async fn open(context: &Context, step: &str) -> Outcome {
    open_with(context, step, &[]).await
}

/// The same with further options.
pub async fn open_with(context: &Context, step: &str, options: &[(&str, &str)]) -> Outcome {
    let mut all = vec![("successUrl", "")];
    all.extend_from_slice(options);
    context.open_all_services(&all).await?;
    context.widget().shows("overview").await?;
    go_to(context, step).await
}

/// Loads the host page for another business.
pub async fn open_as(context: &Context, business: &str, step: &str) -> Outcome {
    let server = context.programs()?.all_services_server().await?;
    let options = [("businessName", business), ("endpoint", server), ("successUrl", "")];
    context.open_with(&options).await?;
    context.widget().shows("overview").await?;
    go_to(context, step).await
}

/// Presses a step of the progress bar.
pub async fn go_to(context: &Context, step: &str) -> Outcome {
    context.widget().press(&format!("button.step[aria-label^='{step}']")).await?;
    is_at(context, step).await
}

/// Waits until the progress bar says that this is the step.
pub async fn is_at(context: &Context, step: &str) -> Outcome {
    let here = context.widget();
    context
        .browser
        .until(&format!("the step {step}"), TIMEOUT, || async {
            let Some(current) = here.find("[aria-current='step']").await? else { return Ok(None) };
            Ok((current.text().await? == step).then_some(()))
        })
        .await
}

/// Where a step stands, by the progress bar: `current`, `success`, `skipped` or `pending`.
pub async fn read_steps(context: &Context) -> Outcome<Vec<String>> {
    let script = "const root = document.querySelector('#railz-connect-base').shadowRoot;\
        return [...root.querySelectorAll('.step')].map((step) => step.dataset.state);";
    let states = context.browser.script(script, vec![]).await?;
    Ok(serde_json::from_value(states).unwrap_or_default())
}

/// Picks a service of the step that stands there, and passes the screen before the window.
pub async fn start_sign_in<'a>(context: &'a Context, service: &str) -> Outcome<Popup<'a>> {
    context.widget().pick(service).await?;
    open_window(context).await
}

/// Passes the screen before the window.
pub async fn open_window(context: &Context) -> Outcome<Popup<'_>> {
    context.widget().shows("before").await?;
    context.widget().act("continue").await?;
    Popup::opened(&context.browser).await
}

/// Presses a button of the consent page, behind which the window closes by itself.
pub async fn sign_in(popup: Popup<'_>, button: &str) -> Outcome {
    popup.press(button).await?;
    popup.closes_by_itself().await
}

/// Takes a company, as the consent page names it, from the list of them.
pub async fn choose(context: &Context, company: &str) -> Outcome {
    context.widget().shows("accounts").await?;
    let script = "const root = document.querySelector('#railz-connect-base').shadowRoot;\
        const named = [...root.querySelectorAll('[data-account]')]\
            .find((one) => one.innerText.trim() === arguments[0]);\
        return named ? named.dataset.account : null;";
    let id = context.browser.script(script, vec![json!(company)]).await?;
    holds(id.is_string(), "the companies to choose from", company, context.widget().words().await?)?;
    context.widget().press(&format!("[data-account='{}']", id.as_str().unwrap_or_default())).await
}

/// Types into a form's field, instead of what stands there.
pub async fn fill(context: &Context, field: &str, text: &str) -> Outcome {
    let field = context.widget().element(&format!("input[name='{field}']")).await?;
    field.clear().await?;
    Ok(field.send_keys(text).await?)
}

/// Waits for the success screen, and checks that the host heard of one success with this service and of nothing that went
/// wrong. Gives the payload.
pub async fn check_connected(context: &Context, service: &str) -> Outcome<Value> {
    context.widget().shows("connected").await?;
    let host = context.host();
    let heard = host.hears("onSuccess", "authorization").await?;
    same("serviceName", heard.payload["serviceName"].as_str(), Some(service))?;
    host.check_one_outcome("onSuccess").await?;
    let wrong = host.events().await?.into_iter().filter(|heard| heard.callback == "onError").count();
    same("calls of onError", wrong, 0)?;
    check_id("connectionUuid", "CON-", &connection_id(&heard.payload))?;
    Ok(heard.payload)
}

/// The connection's id in a payload.
pub fn connection_id(payload: &Value) -> String {
    payload["connectionUuid"].as_str().unwrap_or_default().to_owned()
}

/// Checks that the server keeps one active connection, which is the one that the host was told of, and gives it.
pub async fn check_kept(context: &Context, payload: &Value) -> Outcome<Value> {
    let kept = only_connection(
        context.programs()?,
        context.programs()?.all_services_server().await?,
        &context.business,
    )
    .await?;
    same("connectionId", kept["connectionId"].as_str(), Some(connection_id(payload).as_str()))?;
    same("state", kept["state"].as_str(), Some("active"))?;
    Ok(kept)
}

/// Presses "reconnect" beside a connection.
pub async fn reconnect(context: &Context, id: &str) -> Outcome {
    let row = format!("li[data-connection='{id}']");
    context.widget().press(&format!("{row} button[data-action='reauthorise']")).await
}

/// Where a connection of the list stands: `active`, `lapsed` or `open`.
pub async fn read_state(context: &Context, id: &str) -> Outcome<Option<String>> {
    context.widget().attribute(&format!("li[data-connection='{id}']"), "data-state").await
}
