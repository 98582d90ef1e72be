//! QuickBooks Desktop: a connector file and a password from the widget, which sees by itself when the practice Web Connector
//! has called with them.

use std::time::Duration;

use e2e::error::{holds, same};
use e2e::{Context, Journey, Needs, Outcome};

use super::driving::{ACCOUNTING, check_connected, check_kept, open};
use super::entering::wait_for_instructions;
use crate::stories::outside_browser::run_web_connector as run;

pub const JOURNEYS: &[Journey] = &[Journey::new(
    "QuickBooks Desktop connects while the widget waits, by a connector file and its password",
    |context| Box::pin(connector(context)),
)
.needs(Needs::WebConnector)];

async fn connector(context: &Context) -> Outcome {
    open(context, ACCOUNTING).await?;
    let widget = context.widget();
    widget.pick("quickbooksDesktop").await?;
    widget.shows("connector").await?;
    wait_for_instructions(context).await?;
    let (name, file) = connector_file(context).await?;
    let first: String = context.business.chars().take(10).collect();
    same("the file's name", name, format!("{}.qwc", first.replace(' ', "-").trim_matches('-')))?;
    let password = password(context).await?;
    holds(!file.contains(&password), "the connector file", "without the password", "it is in there")?;
    let other = run(&file, "wrong", "Finch").await?;
    holds(other.contains("nvu"), "a wrong password", "nvu", &other)?;
    // A wrong password settles nothing, and the widget goes on waiting.
    tokio::time::sleep(Duration::from_secs(3)).await;
    widget.says("Waiting for QuickBooks Web Connector").await?;
    same("the round", run(&file, &password, &context.business).await?.trim(), "done")?;
    let payload = check_connected(context, "quickbooksDesktop").await?;
    let company = payload["serviceAccountRef"]["id"].as_str();
    same("the company", company, Some(context.business.as_str()))?;
    check_kept(context, &payload).await.map(drop)
}

/// Presses the button that saves the connector file, and gives the file's name and text instead of saving it.
async fn connector_file(context: &Context) -> Outcome<(String, String)> {
    let listen = "window.saved = [];\
        const made = URL.createObjectURL;\
        URL.createObjectURL = (blob) => { blob.text().then((text) => window.saved.push(text)); return made(blob); };\
        const click = HTMLAnchorElement.prototype.click;\
        HTMLAnchorElement.prototype.click = function () {\
            if (this.download) window.savedAs = this.download; else click.call(this);\
        };";
    context.browser.script(listen, vec![]).await?;
    context.widget().act("save-file").await?;
    let saved = "return window.savedAs && window.saved.length ? [window.savedAs, window.saved[0]] : null;";
    let saved = context.browser.until_script("the connector file", saved).await?;
    let text = |at: usize| saved[at].as_str().unwrap_or_default().to_owned();
    Ok((text(0), text(1)))
}

/// Shows the password as a person does, and reads it.
async fn password(context: &Context) -> Outcome<String> {
    let widget = context.widget();
    let field = "#connector-password";
    same("the password's field", widget.attribute(field, "type").await?.as_deref(), Some("password"))?;
    widget.act("reveal").await?;
    widget.says("The password is shown").await?;
    same("the field when it is shown", widget.attribute(field, "type").await?.as_deref(), Some("text"))?;
    Ok(widget.element(field).await?.value().await?.unwrap_or_default())
}
