//! The part of a `[services.…]` table that says what a service does in its own way.
//!
//! Built-in services bring their habits along; here the operator overrides where companies are listed and which region
//! is meant, or gives a service of the configuration alone the same habits.

use url::Url;

use super::reader::{Problem, Reader};
use super::services::address;
use crate::domain::company::Place;
use crate::domain::origin::is_loopback;
use crate::providers::address::Address;
use crate::providers::habits::{
    Choosing, Habits, ListShape, Listing, Pkce, Region, Revocation, Rotation, Source, Stage,
};
use crate::providers::known::Known;

pub(super) fn read(table: &mut Reader, known: Option<&Known>, problems: &mut Vec<Problem>) -> Habits {
    let practised = table.peek("token_url").is_some_and(is_on_this_machine);
    let mut habits = known.map(|known| (known.habits)()).unwrap_or_default();
    if let Some(pkce) = table.yes_or_no("pkce", problems) {
        habits.pkce = if pkce { Pkce::S256 } else { Pkce::Off };
    }
    revocation(table, known, &mut habits, problems);
    if let Some(rotates) = table.yes_or_no("refresh_tokens_rotate", problems) {
        habits.rotation = if rotates { Rotation::SingleUse } else { Rotation::Kept };
    }
    if let Some(days) = table.number("refresh_token_days", 1..=3660, problems) {
        habits.refresh_token_seconds = Some(days * 24 * 60 * 60);
    }
    if let Some(steps) = &mut habits.steps {
        steps.show_vendor_bank_account_steps =
            table.yes_or_no("vendor_bank_account_steps", problems).unwrap_or_default();
        steps.show_customer_bank_account_steps =
            table.yes_or_no("customer_bank_account_steps", problems).unwrap_or_default();
    }
    regions(table, &mut habits, problems);
    let before = habits.companies.len();
    if let Some(id) = table.text("account_parameter", problems) {
        let name = table.text("account_name_parameter", problems);
        habits.companies.insert(0, Source::Callback { id, name });
    }
    if let Some(id) = table.text("account_token_field", problems) {
        habits.companies.insert(0, Source::Token { id });
    }
    let told = habits.companies.len() > before;
    listings(table, &mut habits, practised && !told, problems);
    if let Some(asks) = table.yes_or_no("choose_account", problems) {
        habits.choosing = match (asks, habits.choosing) {
            (true, Choosing::FirstGranted) => Choosing::ByPerson(ListShape::Items),
            (true, shape) => shape,
            (false, _) => Choosing::FirstGranted,
        };
        if asks && habits.companies.is_empty() {
            let message = "needs accounts_url, to have something to choose from";
            problems.push(Problem::new(table.name("choose_account"), message));
        }
    }
    habits
}

/// What a revocation ends. Where nobody said, it may be the grant that a newer sign-in shares, as at npm's
/// `oidc-provider`: then nothing is given back while it could cut off what is in use.
fn revocation(table: &mut Reader, known: Option<&Known>, habits: &mut Habits, problems: &mut Vec<Problem>) {
    match table.text("revocation_ends", problems).as_deref() {
        None if known.is_some() => {}
        None | Some("access") => habits.revocation = Revocation::WholeAccess,
        Some("grant") => habits.revocation = Revocation::ThisGrant,
        Some(other) => {
            let message = format!("must be \"grant\" or \"access\", not {other:?}");
            problems.push(Problem::new(table.name("revocation_ends"), message));
        }
    }
}

/// The regions as built in or given, the one that is meant in front.
fn regions(table: &mut Reader, habits: &mut Habits, problems: &mut Vec<Problem>) {
    if let Some(mut given) = table.table("regions", problems) {
        habits.regions.clear();
        for name in given.keys() {
            let Some(mut values) = given.table(&name, problems) else { continue };
            let mut place = Place::default();
            for variable in values.keys() {
                let Some(value) = values.text(&variable, problems) else { continue };
                if value.contains("://") && !may_be_gone_to(&value) {
                    let message =
                        format!("must be an https address (http on loopback hosts only), not {value:?}");
                    problems.push(Problem::new(values.name(&variable), message));
                }
                place.set(&variable, value);
            }
            habits.regions.push(Region { name, place });
        }
    }
    let Some(name) = table.text("region", problems) else { return };
    if let Some(place) = habits.regions.iter().position(|region| region.name == name) {
        habits.regions[..=place].rotate_right(1);
    } else {
        let names: Vec<_> = habits.regions.iter().map(|region| region.name.as_str()).collect();
        let message = format!("there is no region {name:?}; there are: {}", names.join(", "));
        problems.push(Problem::new(table.name("region"), message));
    }
}

/// Where companies are listed: the built-in stages at other addresses, or a list of the operator's own.
fn listings(table: &mut Reader, habits: &mut Habits, practised: bool, problems: &mut Vec<Problem>) {
    let first = address(table, "accounts_url", None, problems);
    let second = address(table, "companies_url", None, problems);
    let mut stages = habits.companies.iter_mut().filter_map(|source| match source {
        Source::List(listing) => Some(&mut listing.stages),
        Source::Callback { .. } | Source::Token { .. } | Source::Asked => None,
    });
    let mut built_in = false;
    let mut lacking = None;
    for stages in &mut stages {
        built_in = true;
        for (stage, (key, given)) in
            stages.iter_mut().zip([("accounts_url", &first), ("companies_url", &second)])
        {
            match given {
                Some(given) => stage.address = given.clone(),
                None if practised => lacking = Some(key),
                None => {}
            }
        }
    }
    if let Some(key) = lacking {
        let message =
            "is missing; token_url leads to this machine, so say where the companies are listed here";
        problems.push(Problem::new(table.name(key), message));
    }
    let (Some(address), false) = (first, built_in) else { return };
    let position = |table: &mut Reader, key, problems: &mut Vec<Problem>| {
        let text = table.text_as_is(key, problems);
        table.demanded(key, text, "a JSON pointer such as /companies or /id", problems).unwrap_or_default()
    };
    let stage = Stage {
        address,
        query: Vec::new(),
        items: position(table, "accounts_items", problems),
        id: vec![position(table, "account_id", problems)],
        label: vec![position(table, "account_label", problems)],
        number: None,
        keep: Vec::new(),
    };
    habits.companies.push(Source::List(Listing {
        stages: vec![stage],
        scheme: "Bearer".to_owned(),
        headers: Vec::new(),
    }));
}

/// Checks an address with variables in it, by filling them with something harmless.
pub(super) fn checked(text: &str) -> Option<Address> {
    let mut sample = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let (_, after) = behind.split_once('}')?;
        sample.push_str(before);
        sample.push_str(if sample.is_empty() { "https://variable.example" } else { "variable" });
        rest = after;
    }
    sample.push_str(rest);
    may_be_gone_to(&sample).then(|| Address::new(text))
}

/// Whether an address leads to a practice provider, whose tokens must not go to the real service.
fn is_on_this_machine(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| is_loopback(url.host().as_ref()))
}

fn may_be_gone_to(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url.host().as_ref()))
    })
}
