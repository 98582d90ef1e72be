//! Banks, linked by Plaid's script; the practice provider's own one is in its place. The package is not touched for that:
//! it does not load the script where a page has it already.

use e2e::browser::TIMEOUT;
use e2e::error::{holds, same};
use e2e::pages::PageServer;
use e2e::{Context, Journey, Outcome};
use serde_json::Value;

use super::driving::{check_connected, connection_id, open_at, press, says, skip_to};
use super::journey;
use super::screens::{wait_for_answer, wait_for_sessions};
use crate::stories::bank_frame::press_in_bank_frame;
use crate::stories::outside_browser::break_bank;

pub const JOURNEYS: &[Journey] = &[
    journey("the package we replace links two banks, and tells the host which", |context| {
        Box::pin(two_banks(context))
    }),
    journey(
        "the package we replace mends banks that ask for a sign-in, and tells the host which",
        |context| Box::pin(mended(context)),
    ),
    journey("the package we replace links a bank anew that was cut off, under the same id", |context| {
        Box::pin(anew(context))
    }),
    journey("the package we replace comes back from the bank link without a bank", |context| {
        Box::pin(leaves(context))
    }),
    journey("the package we replace shows a bank that another business has linked", |context| {
        Box::pin(duplicate(context))
    }),
];

/// In place of a bank's name: a bank that is not linked yet.
const NEW: &str = "";
const FERNWAY: &str = "#practice-bank-1";
const LANTERN: &str = "#practice-bank-2";
/// Has the same accounts for everybody.
const COMMONS: &str = "#practice-bank-4";

/// Loads the page with the practice script, at the step of the banks.
async fn open(context: &Context, business: &str) -> Outcome<PageServer> {
    let programs = context.programs()?;
    let script = format!("{}/plaid/link-initialize.js", programs.provider);
    let options = [("bankLink", script.as_str()), ("businessName", business)];
    let page = open_at(context, programs.all_services_server().await?, &options).await?;
    skip_to(context, "Banking").await?;
    Ok(page)
}

/// Opens the bank link, for a new bank or by the tile of one, and presses a button in it.
async fn link(context: &Context, tile: &str, button: &str) -> Outcome {
    let selector = if tile == NEW { "button[title='Add a Bank']" } else { "button" };
    press(context, selector, tile).await?;
    press_in_bank_frame(context, button).await
}

/// Waits until the host has heard of so many successes, and gives the last one's payload.
async fn told(context: &Context, times: usize) -> Outcome<Value> {
    let host = context.host();
    let payload = context
        .browser
        .until(&format!("success {times} at the host"), TIMEOUT, || async {
            let mut heard = host.events().await?;
            heard.retain(|heard| heard.event == "authorization");
            Ok((heard.len() == times).then(|| heard.pop()).flatten())
        })
        .await?;
    same("the outcome", payload.callback.as_str(), "onSuccess")?;
    same("serviceName", payload.payload["serviceName"].as_str(), Some("plaid"))?;
    Ok(payload.payload)
}

async fn two_banks(context: &Context) -> Outcome {
    let page = open(context, &context.business).await?;
    let (first, second) = both(context).await?;
    holds(connection_id(&first)? != connection_id(&second)?, "the second connection", "another id", &second)?;
    drop(page);
    let _page = open(context, &context.business).await?;
    // A page of nobody's naming is not told the accounts again.
    says(context, "Fernway Bank").await?;
    says(context, "Lantern Credit Union").await
}

/// Links two banks, and gives what the host was told of each.
async fn both(context: &Context) -> Outcome<(Value, Value)> {
    link(context, NEW, FERNWAY).await?;
    says(context, "Your Fernway Bank Account has been securely linked").await?;
    let first = check_connected(context, "plaid").await?;
    press(context, "a", "Add another").await?;
    wait_for_sessions(context, 2).await?;
    link(context, NEW, LANTERN).await?;
    says(context, "Your Lantern Credit Union Account has been securely linked").await?;
    let second = told(context, 2).await?;
    let (_, answer) = wait_for_answer(context, "/plaid/setAccessToken", 2).await?;
    same("the connection of the second bank", &second["connectionUuid"], &answer["connectionId"])?;
    Ok((first, second))
}

async fn mended(context: &Context) -> Outcome {
    let page = open(context, &context.business).await?;
    let (first, second) = both(context).await?;
    break_bank(context, &first, "ITEM_LOGIN_REQUIRED").await?;
    drop(page);
    let page = open(context, &context.business).await?;
    says(context, "Fernway Bank").await?;
    says(context, "Disconnected").await?;
    link(context, "Fernway Bank", "#practice-bank-mend").await?;
    let mended = told(context, 1).await?;
    same("the connection that was mended", &mended["connectionUuid"], &first["connectionUuid"])?;
    let (status, _) = wait_for_answer(context, "/plaid/updateConnection", 1).await?;
    same("the answer's status", status, 200)?;
    drop(page);
    break_bank(context, &second, "ITEM_LOGIN_REQUIRED").await?;
    let _page = open(context, &context.business).await?;
    link(context, "Lantern Credit Union", "#practice-bank-mend").await?;
    let mended = told(context, 1).await?;
    same("the other connection that was mended", &mended["connectionUuid"], &second["connectionUuid"])
}

async fn anew(context: &Context) -> Outcome {
    let page = open(context, &context.business).await?;
    link(context, NEW, LANTERN).await?;
    let before = check_connected(context, "plaid").await?;
    break_bank(context, &before, "USER_PERMISSION_REVOKED").await?;
    drop(page);
    let _page = open(context, &context.business).await?;
    says(context, "Lantern Credit Union").await?;
    says(context, "Disconnected").await?;
    link(context, "Lantern Credit Union", LANTERN).await?;
    let after = check_connected(context, "plaid").await?;
    same("the connection", &after["connectionUuid"], &before["connectionUuid"])?;
    let (status, _) = wait_for_answer(context, "/plaid/setAccessToken", 1).await?;
    same("the answer's status", status, 200)
}

async fn leaves(context: &Context) -> Outcome {
    let _page = open(context, &context.business).await?;
    link(context, NEW, "#practice-bank-exit").await?;
    says(context, "Select Banking Service").await?;
    let heard = context.host().events().await?;
    same("what the host heard", heard.len(), 1)?;
    link(context, NEW, "#practice-bank-error").await?;
    let heard = context.host().hears("onError", "load").await?;
    same("errorCode", heard.code(), "general")?;
    press(context, "railz-button[data-testid=railz-button-try-again] button", "").await?;
    says(context, "Select Banking Service").await?;
    wait_for_sessions(context, 2).await?;
    link(context, NEW, LANTERN).await?;
    told(context, 1).await.map(drop)
}

async fn duplicate(context: &Context) -> Outcome {
    let page = open(context, &context.business).await?;
    link(context, NEW, COMMONS).await?;
    says(context, "Commons Bank Account").await?;
    drop(page);
    let _page = open(context, &format!("{} again", context.business)).await?;
    link(context, NEW, COMMONS).await?;
    says(context, "Your Commons Bank Account is already linked").await?;
    let heard = context.host().hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "duplicateAccount")?;
    context.host().check_one_outcome("onError").await
}
