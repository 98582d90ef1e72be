//! Services without a window: credentials are typed beside instructions, and put right where they were wrong.

use e2e::browser::PATIENCE;
use e2e::failure::{holds, same};
use e2e::{Context, Journey, Outcome};

use super::driving::{ACCOUNTING, authorised, choose, fill, kept, open};

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
pub async fn begin(context: &Context, service: &str) -> Outcome {
    open(context, ACCOUNTING).await?;
    let widget = context.widget();
    widget.pick(service).await?;
    widget.shows("credentials").await?;
    instructed(context).await
}

/// Waits for the instructions, which travel by themselves.
pub async fn instructed(context: &Context) -> Outcome {
    let steps = "const root = document.querySelector('#railz-connect-base').shadowRoot;\
        return root.querySelectorAll('.guide > ol > li').length > 1\
            && root.querySelectorAll('.guide svg').length > 0;";
    context.browser.until_script("the instructions with their pictures", steps).await.map(drop)
}

/// Sends the form, and waits for words.
async fn told(context: &Context, words: &str) -> Outcome {
    context.widget().act("submit").await?;
    context.widget().says(words).await
}

async fn netsuite(context: &Context) -> Outcome {
    begin(context, NETSUITE).await?;
    told(context, "Enter a whole number").await?;
    // An account of this journey's own: it connects once in a world.
    let account = account(context);
    let address = format!("{}/netsuite/{account}", context.world()?.provider);
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
        .until("words about what went wrong", PATIENCE, || async {
            let Some(told) = context.widget().find("form > .problem[role='alert']").await? else {
                return Ok(None);
            };
            Ok((!told.text().await?.is_empty()).then_some(()))
        })
        .await?;
    let typed = context.widget().element("input[name='accountId']").await?.value().await?;
    same("the address that was typed", typed.as_deref(), Some(address.as_str()))?;
    let heard = context.host().heard().await?;
    holds(heard.iter().all(|heard| heard.event == "load"), "what the host heard", "only load", &heard)?;
    fill(context, "tokenSecret", "practice-token-secret").await?;
    context.widget().act("submit").await?;
    let payload = authorised(context, NETSUITE).await?;
    same("the account", payload["serviceAccountRef"]["id"].as_str(), Some(account.as_str()))?;
    kept(context, &payload).await.map(drop)
}

/// The number of this journey's business as an account's.
fn account(context: &Context) -> String {
    let number: String = context.business.chars().filter(char::is_ascii_digit).collect();
    format!("77{number:0>5}")
}

/// Gives the credentials of a company.
async fn give(context: &Context, company: &str) -> Outcome {
    begin(context, INTACCT).await?;
    for (field, text) in [("companyId", company), ("userId", "owner"), ("userPassword", "practice-password")]
    {
        fill(context, field, text).await?;
    }
    context.widget().act("submit").await
}

async fn entity(context: &Context) -> Outcome {
    give(context, &format!("harbour-{}", account(context))).await?;
    context.widget().says("Which entity?").await?;
    choose(context, "Harbour North").await?;
    let payload = authorised(context, INTACCT).await?;
    same("the entity", payload["serviceAccountRef"]["entityRef"]["id"].as_str(), Some("200"))?;
    kept(context, &payload).await.map(drop)
}

async fn whole_company(context: &Context) -> Outcome {
    let company = format!("solo-{}", account(context));
    give(context, &company).await?;
    let payload = authorised(context, INTACCT).await?;
    same("the company", payload["serviceAccountRef"]["id"].as_str(), Some(company.as_str()))
}
