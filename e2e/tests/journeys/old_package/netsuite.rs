//! Oracle NetSuite: eight screens, a token pair on the last, and no window.

use e2e::error::same;
use e2e::{Context, Journey, Outcome};

use super::driving::{check_connected, open_at, pick, says};
use super::journey;
use super::screens::{fill_in, pass_screens, wait_for_answer};

pub const JOURNEYS: &[Journey] = &[
    journey("the package we replace connects NetSuite, after a token secret that was wrong", |context| {
        Box::pin(second_try(context))
    }),
    journey("the package we replace gives NetSuite up after two wrong token secrets", |context| {
        Box::pin(wrong_twice(context))
    }),
];

const CREDENTIALS: &str = "/oracleNetsuite/account";

/// Goes through the screens before the last.
async fn to_the_last_screen(context: &Context, account: &str) -> Outcome {
    pick(context, "Oracle Netsuite").await?;
    pass_screens(context, &["1a of 4", "1b of 4"]).await?;
    fill_in(context, "Input Account ID", account).await?;
    pass_screens(context, &["2 of 4", "3a of 4"]).await?;
    fill_in(context, "Concurrency limit", "5").await?;
    pass_screens(context, &["3b of 4", "3c of 4", "4a of 4"]).await?;
    fill_in(context, "Input Token ID", "practice-token").await
}

/// Gives a token secret on the last screen. Checks whether the server says that it is good.
async fn give(context: &Context, secret: &str, (time, success): (usize, bool)) -> Outcome {
    says(context, "4b of 4").await?;
    fill_in(context, "Input Token Secret", secret).await?;
    pass_screens(context, &["4b of 4"]).await?;
    let (status, answer) = wait_for_answer(context, CREDENTIALS, time).await?;
    same("the answer's status", status, 200)?;
    same("success", answer["success"].as_bool(), Some(success))
}

async fn second_try(context: &Context) -> Outcome {
    let programs = context.programs()?;
    let _server = open_at(context, programs.all_services_server().await?, &[]).await?;
    // An account of this journey's own: it connects once at one server.
    to_the_last_screen(context, &format!("{}/netsuite/2023001", programs.provider)).await?;
    give(context, "wrong", (1, false)).await?;
    give(context, "practice-token-secret", (2, true)).await?;
    let payload = check_connected(context, "oracleNetsuite").await?;
    same("the account", payload["serviceAccountRef"]["id"].as_str(), Some("2023001"))
}

async fn wrong_twice(context: &Context) -> Outcome {
    let _server = open_at(context, context.programs()?.all_services_server().await?, &[]).await?;
    // The id alone, as the screen asks for it.
    to_the_last_screen(context, "2023002").await?;
    give(context, "wrong", (1, false)).await?;
    give(context, "wrong again", (2, false)).await?;
    let heard = context.host().hears("onError", "load").await?;
    same("errorCode", heard.code(), "general")?;
    same("serviceName", heard.payload["serviceName"].as_str(), Some("oracleNetsuite"))
}
