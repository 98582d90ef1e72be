//! Services without a window: credentials are typed beside instructions, and put right where they were wrong.

use e2e::browser::TIMEOUT;
use e2e::error::{holds, same};
use e2e::{Context, Journey, Outcome};

use super::driving::{ACCOUNTING, check_connected, check_kept, choose, fill, open};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("NetSuite tells of wrong credentials, keeps what was typed, and then connects", |context| {
        Box::pin(netsuite(context))
    }),
    Journey::new("an entity of a Sage Intacct company is chosen and connected", |context| {
        Box::pin(entity(context))
    }),
    Journey::new("a Sage Intacct company without entities connects at once", |context| {
        Box::pin(whole_company(context))
    }),
];

const NETSUITE: &str = "oracleNetsuite";
const INTACCT: &str = "sageIntacct";

/// Picks a service, and waits for its form and its instructions.
pub async fn start_sign_in(context: &Context, service: &str) -> Outcome {
    open(context, ACCOUNTING).await?;
    let widget = context.widget();
    widget.pick(service).await?;
    widget.shows("credentials").await?;
    wait_for_instructions(context).await
}

/// Waits for the instructions, which travel by themselves.
pub async fn wait_for_instructions(context: &Context) -> Outcome {
    let steps = "const root = document.querySelector('#railz-connect-base').shadowRoot;\
        return root.querySelectorAll('.guide > ol > li').length > 1\
            && root.querySelectorAll('.guide svg').length > 0;";
    context.browser.until_script("the instructions with their pictures", steps).await.map(drop)
}

/// Sends the form, and waits for words.
async fn submit_and_wait_for(context: &Context, words: &str) -> Outcome {
    context.widget().act("submit").await?;
    context.widget().says(words).await
}

async fn netsuite(context: &Context) -> Outcome {
    start_sign_in(context, NETSUITE).await?;
    submit_and_wait_for(context, "Enter a whole number").await?;
    // An account of this journey's own: it connects once at one server.
    let account = account_number(context);
    let address = format!("{}/netsuite/{account}", context.programs()?.provider);
    for (field, text) in [
        ("accountId", address.as_str()),
        ("concurrency", "5"),
        ("tokenId", "practice-token"),
        ("tokenSecret", "wrong"),
    ] {
        fill(context, field, text).await?;
    }
    context.widget().act("submit").await?;
    context
        .browser
        .until("words about what went wrong", TIMEOUT, || async {
            let Some(told) = context.widget().find("form > .problem[role='alert']").await? else {
                return Ok(None);
            };
            Ok((!told.text().await?.is_empty()).then_some(()))
        })
        .await?;
    let typed = context.widget().element("input[name='accountId']").await?.value().await?;
    same("the address that was typed", typed.as_deref(), Some(address.as_str()))?;
    let heard = context.host().events().await?;
    holds(heard.iter().all(|heard| heard.event == "load"), "what the host heard", "only load", &heard)?;
    fill(context, "tokenSecret", "practice-token-secret").await?;
    context.widget().act("submit").await?;
    let payload = check_connected(context, NETSUITE).await?;
    same("the account", payload["serviceAccountRef"]["id"].as_str(), Some(account.as_str()))?;
    check_kept(context, &payload).await.map(drop)
}

/// The number of this journey's business as an account's.
fn account_number(context: &Context) -> String {
    let number: String = context.business.chars().filter(char::is_ascii_digit).collect();
    format!("77{number:0>5}")
}

/// Gives the credentials of a company.
async fn give_credentials(context: &Context, company: &str) -> Outcome {
    start_sign_in(context, INTACCT).await?;
    for (field, text) in [("companyId", company), ("userId", "owner"), ("userPassword", "practice-password")]
    {
        fill(context, field, text).await?;
    }
    context.widget().act("submit").await
}

async fn entity(context: &Context) -> Outcome {
    give_credentials(context, &format!("harbour-{}", account_number(context))).await?;
    context.widget().says("Which entity?").await?;
    choose(context, "Harbour North").await?;
    let payload = check_connected(context, INTACCT).await?;
    same("the entity", payload["serviceAccountRef"]["entityRef"]["id"].as_str(), Some("200"))?;
    check_kept(context, &payload).await.map(drop)
}

async fn whole_company(context: &Context) -> Outcome {
    let company = format!("solo-{}", account_number(context));
    give_credentials(context, &company).await?;
    let payload = check_connected(context, INTACCT).await?;
    same("the company", payload["serviceAccountRef"]["id"].as_str(), Some(company.as_str()))
}
