//! QuickBooks Desktop: a connector file and a password over six screens; the practice Web Connector runs with them before
//! the last button, as a person's does who presses *Update Selected* when the screen says so.

use e2e::error::{holds, same};
use e2e::{Context, Journey, Needs, Outcome};

use super::driving::{check_connected, element, open_at, pick, says};
use super::journey;
use super::screens::{pass_screens, wait_for_answer};
use crate::stories::outside_browser::run_web_connector as run;

pub const JOURNEYS: &[Journey] = &[journey(
    "the package we replace connects QuickBooks Desktop by a connector file and its password",
    |context| Box::pin(connector(context)),
)
.needs(Needs::WebConnector)];

async fn connector(context: &Context) -> Outcome {
    let _server = open_at(context, context.programs()?.all_services_server().await?, &[]).await?;
    pick(context, "Quickbooks Desktop").await?;
    let file = connector_file(context).await?;
    pass_screens(context, &["1 of 6", "2 of 6", "3 of 6", "4 of 6"]).await?;
    says(context, "5 of 6").await?;
    let password = password(context).await?;
    holds(!file.contains(&password), "the connector file", "without the password", "it is in there")?;
    pass_screens(context, &["5 of 6"]).await?;
    says(context, "6 of 6").await?;
    let other = run(&file, "wrong", "Finch").await?;
    holds(other.contains("nvu"), "a wrong password", "nvu", &other)?;
    same("the round", run(&file, &password, &context.business).await?.trim(), "done")?;
    pass_screens(context, &["6 of 6"]).await?;
    let payload = check_connected(context, "quickbooksDesktop").await?;
    // It looks in a session that it opened anew since, and such a one is not told the company.
    same("the company", payload["serviceAccountRef"]["id"].as_str(), None)
}

/// Downloads the connector file, and gives its text. The button is there, and fails, a moment before the file is.
async fn connector_file(context: &Context) -> Outcome<String> {
    wait_for_answer(context, "/services/url", 1).await?;
    let script = "const saved = Object.entries(window.downloads);\
        const buttons = window.deep('button').filter((button) => button.textContent === 'Download');\
        return saved.length ? saved[0] : buttons.length === 2 ? buttons[1].click() : null;";
    let file = context.browser.until_script("the connector file", script).await?;
    let name: String = context.business.chars().take(10).collect();
    same("the file's name", file[0].as_str(), Some(format!("ADaaS-{name}.qwc").as_str()))?;
    Ok(file[1].as_str().unwrap_or_default().to_owned())
}

/// The password that the fifth screen shows.
async fn password(context: &Context) -> Outcome<String> {
    element(context, "[data-testid=btn-copy]", "").await?;
    let script = "return window.deep('[data-testid=btn-copy]')[0].parentNode.textContent.trim() || null";
    let shown = context.browser.until_script("the connector's password", script).await?;
    Ok(shown.as_str().unwrap_or_default().to_owned())
}
