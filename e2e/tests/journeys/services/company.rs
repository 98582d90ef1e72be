//! A company is connected; signing in to another one is told and changes nothing; signing in to the first one renews.

use std::collections::BTreeSet;

use e2e::connections::only_connection;
use e2e::error::{holds, same};
use e2e::popup::Popup;
use e2e::{Context, Outcome};
use serde_json::{Value, json};

use super::profile::{CompanyChoice, Profile, SQUARE};
use crate::stories::steps::{check_success_page, start_renewal, start_sign_in};

/// The companies behind the usual sign-in at the practice provider, the one that is connected, and the one behind
/// another sign-in.
const COMPANIES: [&str; 2] = ["Juniper Bakery", "Finch Joinery"];
const OURS: &str = COMPANIES[1];
const ANOTHER: &str = "Marlow Ceramics";

/// The whole story.
pub async fn keeps_to_its_company(context: &Context, service: &Profile) -> Outcome {
    let id = connects(context, service).await?;
    let before = check_kept(context, service, &id).await?;
    check_what_was_asked(context, service).await?;

    open(context, service).await?;
    let answers = Answers::listen(context).await?;
    sign_in(start_renewal(context, &id).await?, ANOTHER).await?;
    check_refusal(context, service, &answers).await?;
    same("the connection after another company's sign-in", check_kept(context, service, &id).await?, before)?;

    open(context, service).await?;
    sign_in(start_renewal(context, &id).await?, OURS).await?;
    let again = read_connection_id(context, service).await?;
    same("connectionId after renewing", &again, &id)?;
    check_kept(context, service, &id).await.map(drop)
}

/// Connects the second company, wherever the person picks it, and gives the connection's id.
async fn connects(context: &Context, service: &Profile) -> Outcome<String> {
    open(context, service).await?;
    let popup = start_sign_in(context, service.id).await?;
    let picked = if service.company_choice == CompanyChoice::InTheWidget { COMPANIES[0] } else { OURS };
    sign_in(popup, picked).await?;
    match service.company_choice {
        CompanyChoice::InTheWidget => choose(context, &COMPANIES).await?,
        CompanyChoice::Confirmed => choose(context, &[OURS]).await?,
        CompanyChoice::AtTheService | CompanyChoice::AtTheServiceNamed => {}
    }
    read_connection_id(context, service).await
}

/// Loads the host page with the services of this one's kind.
async fn open(context: &Context, service: &Profile) -> Outcome {
    let options = json!({ "services": { "exclude": service.left_out() } }).to_string();
    context.open_all_services(&[("options", &options)]).await
}

/// Waits for the success page, and gives the connection's id. Where there may be a second connection, a person goes on.
async fn read_connection_id(context: &Context, service: &Profile) -> Outcome<String> {
    if service.id == SQUARE.id {
        context.widget().shows("connected").await?;
        context.widget().act("done").await?;
    }
    check_success_page(context, service.id, "POST", "").await
}

/// Picks a company on the consent page and says yes.
async fn sign_in(popup: Popup<'_>, company: &str) -> Outcome {
    popup.press(&format!("#company option[value='{company}']")).await?;
    popup.press("#approve").await?;
    popup.closes_by_itself().await
}

/// Takes our company from a list that must be exactly this one.
async fn choose(context: &Context, due: &[&str]) -> Outcome {
    let widget = context.widget();
    widget.shows("accounts").await?;
    let script = "const root = document.querySelector('#railz-connect-base').shadowRoot;\
        return [...root.querySelectorAll('[data-account]')].map((one) => [one.dataset.account, one.innerText.trim()]);";
    let listed = context.browser.script(script, vec![]).await?;
    let listed: Vec<(String, String)> = serde_json::from_value(listed.clone()).unwrap_or_default();
    // They come in the order of their ids, which are each person's own.
    let names: BTreeSet<&str> = listed.iter().map(|(_, name)| name.as_str()).collect();
    same("the companies to choose from", names, due.iter().copied().collect::<BTreeSet<_>>())?;
    same("how many", listed.len(), due.len())?;
    let ours = listed.iter().find(|(_, name)| name == OURS).map_or("", |(id, _)| id);
    widget.press(&format!("[data-account='{ours}']")).await
}

/// What the server keeps: one active connection under this id, which stands for our company.
async fn check_kept(context: &Context, service: &Profile, id: &str) -> Outcome<Value> {
    let mut connection = only_connection(
        context.programs()?,
        context.programs()?.all_services_server().await?,
        &context.business,
    )
    .await?;
    same("the connectionId that the server keeps", connection["connectionId"].as_str(), Some(id))?;
    same("its service", connection["name"].as_str(), Some(service.id))?;
    same("its state", connection["state"].as_str(), Some("active"))?;
    // Those that choose at the service tell it too: it is asked for with the token.
    same("its company's name", &connection["accountName"], &json!(OURS))?;
    Ok(connection.take())
}

/// What the provider was sent.
async fn check_what_was_asked(context: &Context, service: &Profile) -> Outcome {
    let log = context.programs()?.all_services_log(service.id).await?;
    let last = |event: &str| log.iter().rfind(|entry| entry["event"] == event).unwrap_or(&Value::Null);
    let (asked, exchanged) = (last("authorise"), last("token"));
    same("the scope", asked["scope"].as_str(), Some(service.scope))?;
    same("the challenge", asked["pkce"].as_str(), Some(service.pkce))?;
    same("the client's proof", exchanged["clientAuthentication"].as_str(), Some(service.authentication))
}

/// Person and host are told that it is another company, and nothing is handed over.
async fn check_refusal(context: &Context, service: &Profile, answers: &Answers<'_>) -> Outcome {
    context.widget().shows("refused").await?;
    let last = answers.last().await?;
    same("what the poll says", &last["state"], &json!("invalid"))?;
    same(
        "why",
        (&last["error"], &last["reason"]),
        (&json!("insufficientPermission"), &json!("differentAccount")),
    )?;
    let host = context.host();
    let heard = host.hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "insufficientPermission")?;
    same("serviceName", heard.payload["serviceName"].as_str(), Some(service.id))?;
    host.check_one_outcome("onError").await?;
    let address = context.browser.address().await?;
    holds(!address.contains("/success"), "where the browser is", "still the host page", &address)
}

/// The answers that the widget's polls get, overheard on the page.
struct Answers<'a>(&'a Context);

impl<'a> Answers<'a> {
    async fn listen(context: &'a Context) -> Outcome<Self> {
        let script = "const fetched = window.fetch; window.polls = [];\
            window.fetch = async (...asked) => {\
                const answer = await fetched(...asked);\
                if (answer.url.includes('/widget/connection/updates/'))\
                    window.polls.push(await answer.clone().text());\
                return answer;\
            };";
        context.browser.script(script, vec![]).await?;
        Ok(Self(context))
    }

    async fn last(&self) -> Outcome<Value> {
        let last = self.0.browser.until_script("an answer to a poll", "return window.polls.at(-1);").await?;
        Ok(serde_json::from_str(last.as_str().unwrap_or_default()).unwrap_or_default())
    }
}
