//! What is there already: a company that another business has connected, and a connection that has run out.

use std::time::Duration;

use e2e::browser::TIMEOUT;
use e2e::connections::{list_connections, only_connection};
use e2e::error::{holds, same};
use e2e::{Context, Journey, Outcome};

use super::driving::{
    approve, check_connected, choose, connection_id, open, open_at, open_window, pick, press_in, read_pill,
    says, shows_connected, sign_in,
};
use super::journey;

pub const JOURNEYS: &[Journey] = &[
    journey("the package we replace shows a company that another business has connected", |context| {
        Box::pin(duplicate(context, "Quickbooks Online", None))
    }),
    journey("the package we replace shows a chosen company that another business has connected", |context| {
        Box::pin(duplicate(context, "Freshbooks", Some("Finch Joinery")))
    }),
    journey("the package we replace reconnects what has run out, under the same id", |context| {
        Box::pin(run_out(context, "quickbooks", "Quickbooks Online", None))
    }),
    journey(
        "the package we replace reconnects what has run out, without choosing the company anew",
        |context| Box::pin(run_out(context, "freshbooks", "Freshbooks", Some("Finch Joinery"))),
    ),
];

async fn connect(context: &Context, title: &str, company: Option<&str>) -> Outcome {
    pick(context, title).await?;
    approve(context).await?;
    match company {
        Some(company) => choose(context, company).await,
        None => Ok(()),
    }
}

/// The person is the same at the service, and so are the companies; the second business is another.
async fn duplicate(context: &Context, title: &str, company: Option<&str>) -> Outcome {
    let server = context.programs()?.connect.as_str();
    let page = open(context).await?;
    connect(context, title, company).await?;
    context.host().hears("onSuccess", "authorization").await?;
    drop(page);

    let second = format!("{} too", context.business);
    let _page = open_at(context, server, &[("businessName", &second)]).await?;
    connect(context, title, company).await?;
    let heard = context.host().hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "duplicateAccount")?;
    connection_id(&heard.payload)?;
    says(context, "already linked").await?;
    context.host().check_one_outcome("onError").await?;
    same(
        "connections of the second business",
        list_connections(context.programs()?, server, &second).await?.len(),
        0,
    )?;
    let first = only_connection(context.programs()?, server, &context.business).await?;
    same("the first business's connection", first["state"].as_str(), Some("active"))
}

/// The service gives an access that ends after some seconds, and nothing to renew it with. Then the person signs in
/// with another company, which is refused, and at last with the company of before.
async fn run_out(context: &Context, service: &str, title: &str, company: Option<&str>) -> Outcome {
    let page = open(context).await?;
    pick(context, title).await?;
    sign_in(context, "#brief").await?;
    if let Some(company) = company {
        choose(context, company).await?;
    }
    let first = ran_out(context).await?;
    drop(page);

    let page = open(context).await?;
    shows_disconnected(context).await?;
    pick(context, title).await?;
    let popup = open_window(context).await?;
    popup.press("#company option[value='Marlow Ceramics']").await?;
    press_in(popup, "#approve").await?;
    let heard = context.host().hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "insufficientPermission")?;
    same(
        "the connection that another company was refused for",
        connection_id(&heard.payload)?,
        first.clone(),
    )?;
    drop(page);

    let page = open(context).await?;
    shows_disconnected(context).await?;
    pick(context, title).await?;
    sign_in(context, "#approve").await?;
    let again = check_connected(context, service).await?;
    same("connectionUuid", connection_id(&again)?, first.clone())?;
    drop(page);
    let _page = open(context).await?;
    shows_connected(context).await?;
    let kept = only_connection(context.programs()?, &context.programs()?.connect, &context.business).await?;
    same("the connection's id", kept["connectionId"].as_str(), Some(first.as_str()))?;
    same("its state", kept["state"].as_str(), Some("active"))?;
    match company {
        Some(company) => same("its company", kept["accountName"].as_str(), Some(company)),
        None => Ok(()),
    }
}

/// Waits until the server says that the connection is over, and gives its id.
async fn ran_out(context: &Context) -> Outcome<String> {
    let server = context.programs()?.connect.as_str();
    context
        .browser
        .until("the connection to run out", TIMEOUT, || async {
            let kept = list_connections(context.programs()?, server, &context.business).await?;
            tokio::time::sleep(Duration::from_millis(200)).await;
            let over = kept.iter().find(|kept| kept["state"] == "expired");
            Ok(over.and_then(|over| over["connectionId"].as_str()).map(str::to_owned))
        })
        .await
}

async fn shows_disconnected(context: &Context) -> Outcome {
    let words = read_pill(context).await?;
    holds(words.contains("disconnected"), "the pill of what has run out", "disconnected", &words)
}
