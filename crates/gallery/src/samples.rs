//! The samples, a line each: `plain(content)` for a screen's usual case, `variant("word", content)` for others.

use railz_connect_contract::{ConnectionState, UseCase};
use railz_connect_flow::{Content, Done, FormChoice, Refusal, Screen, Tile, UnavailableCause, WindowWords};

use crate::Sample;
use crate::pieces::{CUSTOMER, all_services, company, connection, named, quickbooks, service, tile, tile_of};

pub(crate) fn all() -> Vec<Sample> {
    vec![
        plain(Content::Loading),
        plain(Content::Unavailable(UnavailableCause::NotAuthorised)),
        variant("business-not-found", Content::Unavailable(UnavailableCause::BusinessNotFound)),
        variant("no-services", Content::Unavailable(UnavailableCause::NoServices)),
        plain(Content::LoadFailed),
        plain(picker(vec![], all_services().into_iter().map(tile).collect())),
        variant("connected", connected_picker()),
        in_sandbox("sandbox", picker(vec![], vec![tile(service("railzSandbox")), tile(quickbooks())])),
        plain(before(CUSTOMER, false)),
        variant("nobody", before("", false)),
        variant("renewing", before(CUSTOMER, true)),
        in_sandbox("", sandbox_form(false)),
        in_sandbox("incomplete", sandbox_form(true)),
        in_sandbox("", Content::Working(service("railzSandbox"))),
        plain(Content::Opening(quickbooks())),
        plain(Content::Waiting { service: quickbooks(), window: WindowWords::Open }),
        variant("closed", Content::Waiting { service: quickbooks(), window: WindowWords::Closed }),
        variant("unwatched", Content::Waiting { service: quickbooks(), window: WindowWords::Unwatched }),
        plain(accounts()),
        plain(Content::Blocked { service: quickbooks(), url: "#sign-in".to_owned() }),
        plain(Content::Expired { service: quickbooks(), still_listening: true }),
        variant("over", Content::Expired { service: quickbooks(), still_listening: false }),
        plain(refused(Refusal::AccessDenied)),
        variant("different-account", refused(Refusal::DifferentAccount)),
        variant("permission", refused(Refusal::InsufficientPermission)),
        variant("credentials", refused(Refusal::UnauthorizedCredentials)),
        variant("client", refused(Refusal::UnauthorizedClientIdKey)),
        plain(Content::Failed { service: quickbooks(), message: None }),
        variant("message", failed_with_a_message()),
        plain(Content::Duplicate(quickbooks())),
        plain(Content::Connected { service: quickbooks(), done: Done::Stay }),
        plain(Content::Connected { service: quickbooks(), done: Done::HandingOver }),
        plain(Content::Connected { service: quickbooks(), done: Done::Stuck }),
    ]
}

/// A screen as a host usually shows it: with a close button.
fn plain(content: Content) -> Sample {
    variant("", content)
}

fn variant(variant: &'static str, content: Content) -> Sample {
    Sample { variant, screen: Screen { sandbox: false, closable: true, content } }
}

fn in_sandbox(name: &'static str, content: Content) -> Sample {
    let mut sample = variant(name, content);
    sample.screen.sandbox = true;
    sample
}

fn picker(connections: Vec<railz_connect_flow::ExistingConnection>, tiles: Vec<Tile>) -> Content {
    Content::Picker { customer_name: CUSTOMER.to_owned(), connections, tiles }
}

fn connected_picker() -> Content {
    let tiles = vec![
        tile_of(ConnectionState::Active, quickbooks()),
        tile_of(ConnectionState::Disconnected, service("xero")),
        tile(service("freshbooks")),
    ];
    let connections = vec![
        connection(ConnectionState::Active, quickbooks()),
        connection(ConnectionState::Expired, service("xero")),
        connection(ConnectionState::Pending, named("harbourBooks", "Harbour Books for Independent Bakeries")),
    ];
    picker(connections, tiles)
}

fn before(customer: &str, renewing: bool) -> Content {
    Content::Before { service: quickbooks(), customer_name: customer.to_owned(), renewing }
}

fn sandbox_form(incomplete: bool) -> Content {
    let providers = [quickbooks(), service("xero")];
    Content::SandboxForm {
        use_cases: UseCase::ALL
            .into_iter()
            .map(|value| FormChoice { value, chosen: value == UseCase::ALL[0] })
            .collect(),
        providers: providers.into_iter().map(|one| FormChoice { value: tile(one), chosen: false }).collect(),
        incomplete,
    }
}

fn accounts() -> Content {
    Content::Accounts {
        service: service("sageBusinessCloud"),
        accounts: vec![
            company("1", "Harbour Bakery Ltd"),
            company("2", "Harbour Bakery and Confectionery Holdings (Northern Ireland) Limited"),
            company("3", "Tide & Sons"),
        ],
    }
}

fn refused(refusal: Refusal) -> Content {
    Content::Refused { service: quickbooks(), refusal }
}

fn failed_with_a_message() -> Content {
    let message = "The company file is locked by another user. Ask them to close it, then try again.";
    Content::Failed { service: quickbooks(), message: Some(message.to_owned()) }
}
